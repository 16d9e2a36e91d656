package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/table"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/house"
)

type importCSVCommand struct {
	Path    string `arg:"" help:"The table: a CSV whose first line names the columns, packed by gzip or not."`
	Project string `help:"Name of the project whose pictures it names." required:"" placeholder:"P"`
	As      string `help:"What the table holds: answers (columns file, annotator, class), consensus, gold or predictions (columns file, class; probability if there is one)." required:"" enum:"answers,consensus,gold,predictions" placeholder:"KIND"`
	Classes string `help:"What becomes of classes the project lacks: refuse their lines, make them, or leave them out." default:"refuse" enum:"refuse,make,leave" placeholder:"WHAT"`
	Refused string `help:"File for all refused lines with their reasons." placeholder:"PATH"`
	DryRun  bool   `help:"Tell what would happen, change nothing."`
	Data    string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
}

// Run brings the table in. Lines that cannot be used are listed and the rest
// goes in; running it again changes nothing.
func (i *importCSVCommand) Run(ctx context.Context, c *console.Console) (err error) {
	file, err := os.Open(i.Path)
	if err != nil {
		return akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", i.Path, console.Reason(err))
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || info.IsDir() {
		return akhra.Errorf(akhra.NotFound, "%s is a folder, not a table.", i.Path)
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: i.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	p, err := cl.ProjectNamed(ctx, i.Project)
	if err != nil {
		return err
	}
	from := "/api/projects/" + string(p.ID)
	body, err := cl.Send(ctx, "POST", from+"/tables?name="+url.QueryEscape(filepath.Base(i.Path)), "text/csv", file)
	if err != nil {
		return err
	}
	defer body.Close()
	var brought table.TableView
	if err := json.NewDecoder(body).Decode(&brought); err != nil {
		return fmt.Errorf("read the beginning of the table: %w", err)
	}
	plan := brought.Guess
	plan.As = akhra.RecordedKind(i.As)
	at := from + "/tables/" + string(brought.Table)
	if err := i.choose(ctx, c, cl, at, &plan); err != nil || i.DryRun {
		return err
	}
	return i.take(ctx, c, cl, from, at, plan)
}

// choose decides about classes that the project lacks; a dry run tells what it
// saw.
func (i *importCSVCommand) choose(ctx context.Context, c *console.Console, cl *client.Client, at string, plan *table.PlanBody) error {
	var look dataset.Look
	if err := cl.Ask(ctx, "POST", at+"/look", plan, &look); err != nil {
		return err
	}
	if i.Classes != "refuse" {
		plan.Classes = map[string]string{}
		for _, class := range look.Classes {
			if class.Class == "" {
				plan.Classes[class.Name] = i.Classes
			}
		}
	}
	if !i.DryRun {
		return nil
	}
	if err := cl.Ask(ctx, "POST", at+"/look", plan, &look); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%d of %d lines can be used, %d are of unknown pictures, %d are left out, %d have other faults\n", look.Ready, look.Lines, look.Unknown, look.Left, look.Faults.Count)
	for _, name := range look.Pictures {
		fmt.Fprintf(c.Out, "unknown picture %s\n", name)
	}
	for _, class := range look.Classes {
		if class.Class == "" {
			fmt.Fprintf(c.Out, "unknown class %s: %d lines\n", class.Name, class.Lines)
		}
	}
	return nil
}

// take waits until the table is in and ends with what became of its lines.
func (i *importCSVCommand) take(ctx context.Context, c *console.Console, cl *client.Client, from, at string, plan table.PlanBody) error {
	var started table.TakingStarted
	if err := cl.Ask(ctx, "POST", at+"/take", plan, &started); err != nil {
		return err
	}
	job := from + "/taking/" + string(started.Taking)
	bar := c.Bar("Taking the table in, kB")
	defer bar.End()
	for {
		var v table.TakingView
		if err := cl.Ask(ctx, "GET", job, nil, &v); err != nil {
			return err
		}
		bar.Show(v.Done, v.Total)
		switch v.State {
		case akhra.JobDone:
			return i.tell(ctx, c, cl, job, v)
		case akhra.JobFailed, akhra.JobCancelled:
			return akhra.Errorf(akhra.Conflict, "%s", v.Note)
		}
		select {
		case <-ctx.Done():
			return akhra.Errorf(akhra.Unavailable, "Stopped. Run the same command again to go on; what is in stays in.")
		case <-time.After(pollEvery / 4):
		}
	}
}

func (i *importCSVCommand) tell(ctx context.Context, c *console.Console, cl *client.Client, job string, v table.TakingView) error {
	left := ""
	if v.Left > 0 {
		left = fmt.Sprintf(", %d left out", v.Left)
	}
	fmt.Fprintf(c.Out, "%d set, %d known already, %d refused%s\n", v.Set, v.Known, v.Refused, left)
	if v.Refused == 0 {
		return nil
	}
	for _, one := range v.Reasons {
		fmt.Fprintf(c.Err, "refused line %d: %s\n", one.Line, one.Reason)
	}
	if more := v.Refused - len(v.Reasons); more > 0 {
		fmt.Fprintf(c.Err, "and %d more\n", more)
	}
	if i.Refused != "" {
		fetch := exportCommand{Out: i.Refused}
		if err := fetch.fetch(ctx, c, cl, job+"/refused"); err != nil {
			return err
		}
	}
	return console.ErrPartly
}
