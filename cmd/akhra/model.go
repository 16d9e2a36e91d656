package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"text/tabwriter"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type modelCommand struct {
	Data   string             `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Add    modelAddCommand    `cmd:"" help:"Check an ONNX network and keep it under a name."`
	List   modelListCommand   `cmd:"" help:"List the networks."`
	Use    modelUseCommand    `cmd:"" help:"Choose what a project sees its pictures with."`
	Export modelExportCommand `cmd:"" help:"Write the taught model of a project into one file."`
}

type modelAddCommand struct {
	Name   string    `arg:"" help:"What it is called from now on."`
	File   string    `arg:"" help:"The ONNX file." placeholder:"FILE.onnx"`
	Side   int       `help:"Side of the pictures it takes, in pixels." default:"224"`
	Mean   []float64 `help:"Taken off each value 0 to 255: one number, or three for red, green, blue." default:"127.5" placeholder:"M,..."`
	Scale  []float64 `help:"Each value is divided by it then: one number or three." default:"127.5" placeholder:"S,..."`
	BGR    bool      `name:"bgr" help:"Blue comes first."`
	Mirror bool      `help:"See each picture a second time as in a mirror: slower and usually better. Not where left and right differ, as in letters." default:"true" negatable:""`
}

// Run checks a network and keeps it. One that cannot be run is refused with the reason.
func (m *modelAddCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	input := akhra.BackboneInput{Side: m.Side, BGR: m.BGR, Mirror: m.Mirror}
	if input.Mean, err = colours("--mean", m.Mean); err != nil {
		return err
	}
	if input.Scale, err = colours("--scale", m.Scale); err != nil {
		return err
	}
	file, err := os.Open(m.File)
	if err != nil {
		return akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", m.File, console.Reason(err))
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || info.IsDir() {
		return akhra.Errorf(akhra.NotFound, "%s is a folder, not a network.", m.File)
	}
	text, err := json.Marshal(input)
	if err != nil {
		return fmt.Errorf("write how pictures are fed: %w", err)
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.Model.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	body, err := cl.Send(ctx, "POST", "/api/networks?"+url.Values{"name": {m.Name}, "input": {string(text)}}.Encode(), "application/octet-stream", file)
	if err != nil {
		return err
	}
	defer body.Close()
	var n project.NetworkView
	if err := json.NewDecoder(body).Decode(&n); err != nil {
		return fmt.Errorf("read what became of the network: %w", err)
	}
	fmt.Fprintf(c.Out, "%s: %d numbers a picture of %d x %d, sha256 %s\n", n.Name, n.Dim, n.Input.Side, n.Input.Side, n.SHA256)
	return nil
}

// colours makes one value for each colour of one or three.
func colours(flag string, values []float64) (out [3]float64, err error) {
	switch len(values) {
	case 1:
		return [3]float64{values[0], values[0], values[0]}, nil
	case 3:
		return [3]float64(values), nil
	}
	return out, usage("%s takes one number or three", flag)
}

type modelListCommand struct{}

// Run lists the networks, one a line.
func (modelListCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.Model.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var list project.NetworkList
	if err := cl.Ask(ctx, "GET", "/api/networks", nil, &list); err != nil {
		return err
	}
	table := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tNUMBERS\tSIDE\tSHA256")
	for _, n := range list.Networks {
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\n", n.Name, n.Dim, n.Input.Side, n.SHA256)
	}
	return table.Flush()
}

type modelUseCommand struct {
	Embedder string `arg:"" help:"builtin, onnx:NAME or several joined by commas; builtin,onnx:NAME is usually best."`
	Project  string `help:"Name of the project." required:"" placeholder:"P"`
}

// Run changes what a project sees its pictures with. The server computes the new
// vectors in the background; the old ones serve until then.
func (m *modelUseCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.Model.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	p, err := cl.ProjectNamed(ctx, m.Project)
	if err != nil {
		return err
	}
	change := project.ProjectChange{Settings: &project.SettingsChange{Embedder: &m.Embedder}}
	if err := cl.Ask(ctx, "PATCH", "/api/projects/"+string(p.ID), change, nil); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%s sees its pictures with %s\n", p.Name, m.Embedder)
	return nil
}
