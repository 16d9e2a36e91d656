package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
)

type exportCommand struct {
	Data    string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Project string `help:"Name of the project." required:"" placeholder:"P"`
	Format  string `help:"csv (consensus) or votes (every answer)." default:"csv" placeholder:"F"`
	Out     string `help:"File to write; - for standard output." default:"-" placeholder:"PATH"`
}

// Run writes the project's data, streaming. A file appears only when it is whole.
func (e *exportCommand) Run(ctx context.Context, c *console) (err error) {
	if e.Format != "csv" && e.Format != "votes" {
		return usage("there is no format %q; there are csv and votes", e.Format)
	}
	cl, leave, err := enter(ctx, e.Data, c)
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	p, err := cl.projectNamed(ctx, e.Project)
	if err != nil {
		return err
	}
	body, err := cl.send(ctx, "GET", "/api/projects/"+string(p.ID)+"/export?format="+url.QueryEscape(e.Format), "", nil)
	if err != nil {
		return err
	}
	defer body.Close()
	if e.Out == "-" {
		_, err = io.Copy(c.out, body)
		return err
	}
	return writeWhole(e.Out, body)
}

// writeWhole writes a file beside its place and moves it there at the end.
func writeWhole(path string, from io.Reader) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".akhra-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	defer os.Remove(f.Name())
	_, err = io.Copy(f, from)
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
