package project

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
)

// JobList is the long work of a project, newest first.
type JobList struct {
	Jobs []JobView `json:"jobs"`
}

// JobView is one long piece of work and how far it is.
type JobView struct {
	ID     akhra.JobID    `json:"id"`
	Kind   string         `json:"kind"`
	State  akhra.JobState `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Done   int            `json:"done"`
	Total  int            `json:"total"`
	Note   string         `json:"note"`
	Report *ImportView    `json:"report,omitempty"`
}

// ImportView is what became of the pictures brought in.
type ImportView struct {
	Imported int           `json:"imported"`
	Known    int           `json:"known"`
	Refused  int           `json:"refused"`
	Reasons  []RefusalView `json:"reasons"`
}

// RefusalView is one file that was not taken, and why.
type RefusalView struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// StartedJob names a job that was started.
type StartedJob struct {
	Job akhra.JobID `json:"job"`
}

// FolderBody names a folder or zip file on the server's own disk.
type FolderBody struct {
	Path  string        `json:"path"`
	Kind  string        `json:"kind" enum:"dir,zip"`
	Batch akhra.BatchID `json:"batch,omitempty" doc:"That the pictures come into"`
}

func (a *room) routeJobs() {
	door.Register(a.Door, "jobs", func(ctx context.Context, in *door.InProject) (*door.Body[JobList], error) {
		return door.Answer(a.jobs(ctx, door.CallerIn(ctx).Tenant(in.Project)))
	})
	type one struct {
		door.InProject
		Job akhra.JobID `path:"job" maxLength:"40"`
	}
	door.Register(a.Door, "cancel-job", func(ctx context.Context, in *one) (*struct{}, error) {
		t := door.CallerIn(ctx).Tenant(in.Project)
		if _, err := a.Known(ctx, t); err != nil {
			return nil, err
		}
		return nil, a.DB.CancelJob(ctx, t, in.Job)
	})
	type folder struct {
		door.InProject
		Body FolderBody
	}
	door.Register(a.Door, "add-folder", func(ctx context.Context, in *folder) (*door.Body[StartedJob], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.addFolder(ctx, c, c.Tenant(in.Project), in.Body))
	})
	a.Plain("add-zip", a.addZip, door.Shapes(door.Params("path", "project"), door.Params("query", "name", "batch"), door.BytesIn("application/zip"), door.Answers[StartedJob](a.Door)))
}

func (a *room) jobs(ctx context.Context, t akhra.Tenant) (JobList, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return JobList{}, err
	}
	jobs, err := a.DB.Jobs(ctx, t)
	if err != nil {
		return JobList{}, fmt.Errorf("list jobs: %w", err)
	}
	out := JobList{Jobs: make([]JobView, 0, len(jobs))}
	for _, j := range jobs {
		out.Jobs = append(out.Jobs, viewJob(a.Engine.Ended(j)))
	}
	return out, nil
}

func viewJob(j akhra.Job) JobView {
	v := JobView{ID: j.ID, Kind: j.Kind, State: j.State, Done: j.Done, Total: j.Total, Note: j.Note}
	var note struct {
		ImportView
		Error string
	}
	if json.Unmarshal([]byte(j.Note), &note) != nil {
		return v
	}
	v.Note = note.Error
	if j.Kind == akhra.JobImport {
		if note.Reasons == nil {
			note.Reasons = []RefusalView{}
		}
		v.Report = &note.ImportView
	}
	return v
}

// addZip streams the upload to a scratch file and leaves the rest to a job.
func (a *room) addZip(w http.ResponseWriter, r *http.Request) error {
	t := door.CallerIn(r.Context()).Tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.Known(r.Context(), t); err != nil {
		return err
	}
	batch := akhra.BatchID(r.URL.Query().Get("batch"))
	if err := a.KnownBatch(r.Context(), t, batch); err != nil {
		return err
	}
	id, err := a.NewID()
	if err != nil {
		return fmt.Errorf("make a job's id: %w", err)
	}
	path, err := a.scratch(id+".zip", r.Body)
	if err != nil {
		return err
	}
	if err := a.startImport(r.Context(), t, id, engine.ImportArgs{Path: path, Kind: "zip", Remove: true, Batch: batch}); err != nil {
		os.Remove(path)
		return err
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, StartedJob{Job: akhra.JobID(id)})
	return nil
}

// addFolder starts bringing in a folder or zip file of the server's own disk.
// Only the command line of this machine may ask; for all others it is not there.
func (a *room) addFolder(ctx context.Context, c *door.Caller, t akhra.Tenant, in FolderBody) (StartedJob, error) {
	if !c.Local {
		return StartedJob{}, door.ProblemFor(http.StatusNotFound)
	}
	if _, err := a.Known(ctx, t); err != nil {
		return StartedJob{}, err
	}
	if err := a.KnownBatch(ctx, t, in.Batch); err != nil {
		return StartedJob{}, err
	}
	id, err := a.NewID()
	if err != nil {
		return StartedJob{}, fmt.Errorf("make a job's id: %w", err)
	}
	return StartedJob{Job: akhra.JobID(id)}, a.startImport(ctx, t, id, engine.ImportArgs{Path: in.Path, Kind: in.Kind, Batch: in.Batch})
}

func (a *room) startImport(ctx context.Context, t akhra.Tenant, id string, args engine.ImportArgs) error {
	text, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("write a job's arguments: %w", err)
	}
	now := akhra.MillisOf(a.Now())
	job := akhra.Job{ID: akhra.JobID(id), Project: t.Project, Kind: akhra.JobImport, Args: string(text), State: akhra.JobWaiting, RunAt: now, Created: now}
	if err := a.DB.AddJob(ctx, t, job); err != nil {
		return fmt.Errorf("add job: %w", err)
	}
	return nil
}

// scratch writes a stream durably to a file beside the data.
func (a *room) scratch(name string, from io.Reader) (path string, err error) {
	dir := filepath.Join(a.DataDir, "scratch")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make scratch folder: %w", err)
	}
	path = filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("make scratch file: %w", err)
	}
	_, err = io.Copy(f, from)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
		if blob.IsFull(err) {
			return "", akhra.Errorf(akhra.Unavailable, "The server's disk is full. What is in stays in; add the zip again when there is space.")
		}
		return "", fmt.Errorf("receive the upload: %w", err)
	}
	return path, nil
}
