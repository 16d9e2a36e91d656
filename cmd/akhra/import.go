package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
	"akhra.dev/akhra/ingest"
)

// pollEvery is how often progress is asked for.
const pollEvery = 200 * time.Millisecond

type importCommand struct {
	Images importImagesCommand `cmd:"" help:"Bring in the pictures of a folder or zip file. The same picture twice is one."`
	CSV    importCSVCommand    `cmd:"" name:"csv" help:"Bring in a table of answers, decisions, known answers or predictions."`
}

type importImagesCommand struct {
	Path    string   `arg:"" help:"Folder or zip file."`
	Project string   `help:"Name of the project; made when there is none." required:"" placeholder:"P"`
	Classes []string `help:"Classes of a new project; else the folder names." placeholder:"a,b,c"`
	Batch   string   `help:"Batch that the new pictures come into; made when there is none. Pictures that are in stay where they are." placeholder:"NAME"`
	Several bool     `help:"A new project asks about each class by itself, yes or no: one picture may show several."`
	Data    string   `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
}

// Run brings the pictures in. Stopped half-way, it goes on where it stood when
// run again.
func (i *importImagesCommand) Run(ctx context.Context, c *console.Console) (err error) {
	path, kind, err := readable(i.Path)
	if err != nil {
		return err
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: i.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	into, err := i.project(ctx, cl, path, kind)
	if err != nil {
		return err
	}
	batch, err := i.batch(ctx, cl, into)
	if err != nil {
		return err
	}
	var started project.StartedJob
	if err := cl.Ask(ctx, "POST", "/api/projects/"+string(into)+"/folder", project.FolderBody{Path: path, Kind: kind, Batch: batch}, &started); err != nil {
		return err
	}
	job, err := follow(ctx, c, cl, into, func(j project.JobView) bool { return j.ID == started.Job }, "Bringing in pictures")
	if err != nil {
		return err
	}
	if _, err := follow(ctx, c, cl, into, func(j project.JobView) bool { return j.Kind == akhra.JobEmbed }, "Looking at pictures"); err != nil {
		return err
	}
	return i.tell(c, job)
}

// readable finds the absolute path of a folder or file and says which it is.
func readable(path string) (absolute, kind string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", "", akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", path, console.Reason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", "", fmt.Errorf("look at %s: %w", path, err)
	}
	if absolute, err = filepath.Abs(path); err != nil {
		return "", "", fmt.Errorf("find %s: %w", path, err)
	}
	if info.IsDir() {
		if _, err := f.ReadDir(1); err != nil && !strings.Contains(err.Error(), "EOF") {
			return "", "", akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", path, console.Reason(err))
		}
		return absolute, "dir", nil
	}
	return absolute, "zip", nil
}

// project finds the project by name or makes it.
func (i *importImagesCommand) project(ctx context.Context, cl *client.Client, path, kind string) (akhra.ProjectID, error) {
	p, err := cl.ProjectNamed(ctx, i.Project)
	if err == nil {
		return p.ID, nil
	}
	if akhra.CodeOf(err) != akhra.NotFound {
		return "", err
	}
	names := i.Classes
	if len(names) == 0 && kind == "dir" {
		if names, err = ingest.Folders(path); err != nil {
			return "", err
		}
	}
	if len(names) < 2 {
		return "", usage("project %q is new and needs its classes: --classes a,b,c, or a folder with one sub-folder for each class", i.Project)
	}
	classes, err := akhra.NewClasses(names, time.Now(), rand.Reader)
	if err != nil {
		return "", err
	}
	id, err := akhra.NewID(time.Now(), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	in := project.NewProject{ID: akhra.ProjectID(id), Name: i.Project, Question: "What is it?", Classes: classes}
	if err := cl.Ask(ctx, "POST", "/api/projects", in, nil); err != nil || !i.Several {
		return in.ID, err
	}
	return in.ID, cl.Ask(ctx, "POST", "/api/projects/"+id+"/family", project.FamilyBody{Classes: classes}, &project.ProjectList{})
}

// batch finds the batch by name or makes it; none is named by nothing.
func (i *importImagesCommand) batch(ctx context.Context, cl *client.Client, in akhra.ProjectID) (akhra.BatchID, error) {
	name := strings.TrimSpace(i.Batch)
	if name == "" {
		return "", nil
	}
	at := "/api/projects/" + string(in) + "/batches"
	var all item.BatchList
	if err := cl.Ask(ctx, "GET", at, nil, &all); err != nil {
		return "", err
	}
	if at := slices.IndexFunc(all.Batches, func(b item.BatchView) bool { return b.Name == name }); at >= 0 {
		return all.Batches[at].ID, nil
	}
	id, err := akhra.NewID(time.Now(), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return akhra.BatchID(id), cl.Ask(ctx, "PUT", at+"/"+id, item.BatchBody{Name: name, Priority: akhra.PriorityNormal}, nil)
}

// follow shows the progress of the newest job that is meant until it ends.
// When there is none it returns at once.
func follow(ctx context.Context, c *console.Console, cl *client.Client, in akhra.ProjectID, meant func(project.JobView) bool, what string) (project.JobView, error) {
	bar := c.Bar(what)
	defer bar.End()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		var list project.JobList
		if err := cl.Ask(ctx, "GET", "/api/projects/"+string(in)+"/jobs", nil, &list); err != nil {
			return project.JobView{}, err
		}
		at := slices.IndexFunc(list.Jobs, meant)
		if at < 0 {
			return project.JobView{}, nil
		}
		job := list.Jobs[at]
		bar.Show(job.Done, job.Total)
		switch job.State {
		case akhra.JobDone:
			return job, nil
		case akhra.JobCancelled:
			return job, akhra.Errorf(akhra.Conflict, "The work was stopped by someone else.")
		case akhra.JobFailed:
			return job, akhra.Errorf(akhra.Conflict, "The work could not be finished: %s", job.Note)
		}
		select {
		case <-ctx.Done():
			return job, akhra.Errorf(akhra.Unavailable, "Stopped. Run the same command again to go on; what is in stays in.")
		case <-poll.C:
		}
	}
}

// tell ends with what became of the pictures.
func (i *importImagesCommand) tell(c *console.Console, job project.JobView) error {
	if job.Report == nil {
		return fmt.Errorf("the import left no report")
	}
	r := job.Report
	fmt.Fprintf(c.Out, "%d imported, %d known already, %d refused\n", r.Imported, r.Known, r.Refused)
	list := c.Refusals()
	for _, one := range r.Reasons {
		list.Add(one.Name, one.Reason)
	}
	list.Count(r.Refused) // the report tells the first ones
	return list.End()
}
