package main

import (
	"context"
	"fmt"
	"io"

	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type modelExportCommand struct {
	Project string `help:"Name of the project." required:"" placeholder:"P"`
	Format  string `help:"akhra (for akhra predict) or onnx (for other programs)." default:"akhra" placeholder:"F"`
	Out     string `help:"File to write." required:"" placeholder:"FILE"`
}

// Run writes the taught model of a project into one file, which appears only when it is
// whole.
func (m *modelExportCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	if m.Format != "akhra" && m.Format != "onnx" {
		return usage("there is no format %q; there are akhra and onnx", m.Format)
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.Model.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	p, err := cl.ProjectNamed(ctx, m.Project)
	if err != nil {
		return err
	}
	body, err := cl.Send(ctx, "GET", "/api/projects/"+string(p.ID)+"/model?format="+m.Format, "", nil)
	if err != nil {
		return err
	}
	defer body.Close()
	var size int64
	err = writeWhole(m.Out, func(w io.Writer) (err error) { size, err = io.Copy(w, body); return err })
	if err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%s: the model of %s, %d bytes\n", m.Out, p.Name, size)
	return nil
}
