package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/deliver"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type exportCommand struct {
	Data    string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Project string `help:"Name of the project." required:"" placeholder:"P"`
	Format  string `help:"csv (consensus), votes (every answer), jsonl (both), imagenet (zip of pictures by class), family (csv, two columns for each class of a project that asks about each) or certificate (JSON)." default:"csv" placeholder:"F"`
	Name    string `help:"Name of the frozen version; else the next number." placeholder:"NAME"`
	Licence string `help:"What others may do with it, for its card." placeholder:"TEXT"`
	Out     string `help:"File to write; - for standard output." default:"-" placeholder:"PATH"`
}

// Run freezes what the project delivers and writes it, streaming. A file
// appears only when it is whole; the frozen version stays in the project.
func (e *exportCommand) Run(ctx context.Context, c *console.Console) (err error) {
	if !akhra.Format(e.Format).Valid() && e.Format != "certificate" && e.Format != "family" {
		return usage("there is no format %q; there are csv, votes, jsonl, imagenet, family and certificate", e.Format)
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: e.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	p, err := cl.ProjectNamed(ctx, e.Project)
	if err != nil {
		return err
	}
	from := "/api/projects/" + string(p.ID)
	if e.Format == "certificate" {
		return e.fetch(ctx, c, cl, from+"/export?format=certificate")
	}
	if e.Format == "family" {
		return e.fetch(ctx, c, cl, from+"/family")
	}
	version, err := e.freeze(ctx, c, cl, from)
	if err != nil {
		return err
	}
	if err := e.fetch(ctx, c, cl, from+"/datasets/"+string(version)+"/file"); err != nil || e.Out == "-" {
		return err
	}
	var d deliver.DatasetDetail
	if err := cl.Ask(ctx, "GET", from+"/datasets/"+string(version), nil, &d); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%s: %s, %d pictures, %d with a class, sha256 %s\n", e.Out, d.Name, d.Pictures, d.Classed, d.SHA256)
	return nil
}

// freeze waits until the version is frozen.
func (e *exportCommand) freeze(ctx context.Context, c *console.Console, cl *client.Client, from string) (akhra.DatasetID, error) {
	var started deliver.FreezeStarted
	in := deliver.FreezeBody{Format: akhra.Format(e.Format), Name: e.Name, Licence: e.Licence}
	if err := cl.Ask(ctx, "POST", from+"/datasets", in, &started); err != nil {
		return "", err
	}
	bar := c.Bar("Freezing")
	defer bar.End()
	for {
		var v deliver.FreezeView
		if err := cl.Ask(ctx, "GET", from+"/freezing/"+string(started.Freezing), nil, &v); err != nil {
			return "", err
		}
		switch v.State {
		case akhra.JobDone:
			return v.Dataset, nil
		case akhra.JobFailed, akhra.JobCancelled:
			return "", akhra.Errorf(akhra.Conflict, "Nothing was frozen. %s", v.Note)
		}
		bar.Show(v.Done, v.Total)
		select {
		case <-ctx.Done():
			return "", akhra.Errorf(akhra.Unavailable, "Stopped.")
		case <-time.After(pollEvery / 4):
		}
	}
}

func (e *exportCommand) fetch(ctx context.Context, c *console.Console, cl *client.Client, path string) error {
	body, err := cl.Send(ctx, "GET", path, "", nil)
	if err != nil {
		return err
	}
	defer body.Close()
	if e.Out == "-" {
		_, err = io.Copy(c.Out, body)
		return err
	}
	return writeWhole(e.Out, func(w io.Writer) error { _, err := io.Copy(w, body); return err })
}

// writeWhole writes a file beside its place and moves it there at the end.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".akhra-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, console.Reason(err))
	}
	defer os.Remove(f.Name())
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
