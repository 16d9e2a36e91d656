package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"akhra.dev/akhra"
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
	Path string `json:"path"`
	Kind string `json:"kind" enum:"dir,zip"`
}

func (a *API) routeJobs() {
	register(a, "jobs", func(ctx context.Context, in *InProject) (*body[JobList], error) {
		return answer(a.jobs(ctx, callerIn(ctx).tenant(in.Project)))
	})
	type one struct {
		InProject
		Job akhra.JobID `path:"job" maxLength:"40"`
	}
	register(a, "cancel-job", func(ctx context.Context, in *one) (*struct{}, error) {
		t := callerIn(ctx).tenant(in.Project)
		if _, err := a.known(ctx, t); err != nil {
			return nil, err
		}
		return nil, a.DB.CancelJob(ctx, t, in.Job)
	})
	type folder struct {
		InProject
		Body FolderBody
	}
	register(a, "add-folder", func(ctx context.Context, in *folder) (*body[StartedJob], error) {
		c := callerIn(ctx)
		return answer(a.addFolder(ctx, c, c.tenant(in.Project), in.Body))
	})
	a.plain("add-zip", a.addZip, shapes(params("path", "project"), params("query", "name"), bytesIn("application/zip"), answers[StartedJob](a)))
}

func (a *API) jobs(ctx context.Context, t akhra.Tenant) (JobList, error) {
	if _, err := a.known(ctx, t); err != nil {
		return JobList{}, err
	}
	jobs, err := a.DB.Jobs(ctx, t)
	if err != nil {
		return JobList{}, fmt.Errorf("list jobs: %w", err)
	}
	out := JobList{Jobs: make([]JobView, 0, len(jobs))}
	for _, j := range jobs {
		out.Jobs = append(out.Jobs, viewJob(j))
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
	if j.Kind == akhra.JobImport && note.Error == "" {
		if note.Reasons == nil {
			note.Reasons = []RefusalView{}
		}
		v.Report = &note.ImportView
	}
	return v
}

// addZip streams the upload to a scratch file and leaves the rest to a job.
func (a *API) addZip(w http.ResponseWriter, r *http.Request) error {
	t := callerIn(r.Context()).tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.known(r.Context(), t); err != nil {
		return err
	}
	id, err := a.id()
	if err != nil {
		return fmt.Errorf("make a job's id: %w", err)
	}
	path, err := a.scratch(id+".zip", r.Body)
	if err != nil {
		return err
	}
	if err := a.startImport(r.Context(), t, id, engine.ImportArgs{Path: path, Kind: "zip", Remove: true}); err != nil {
		os.Remove(path)
		return err
	}
	writeJSON(w, http.StatusOK, jsonType, StartedJob{Job: akhra.JobID(id)})
	return nil
}

// addFolder starts bringing in a folder or zip file of the server's own disk.
// Only the command line of this machine may ask; for all others it is not there.
func (a *API) addFolder(ctx context.Context, c *caller, t akhra.Tenant, in FolderBody) (StartedJob, error) {
	if !c.local {
		return StartedJob{}, problemFor(http.StatusNotFound)
	}
	if _, err := a.known(ctx, t); err != nil {
		return StartedJob{}, err
	}
	id, err := a.id()
	if err != nil {
		return StartedJob{}, fmt.Errorf("make a job's id: %w", err)
	}
	return StartedJob{Job: akhra.JobID(id)}, a.startImport(ctx, t, id, engine.ImportArgs{Path: in.Path, Kind: in.Kind})
}

func (a *API) startImport(ctx context.Context, t akhra.Tenant, id string, args engine.ImportArgs) error {
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
func (a *API) scratch(name string, from io.Reader) (path string, err error) {
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
		return "", fmt.Errorf("receive the upload: %w", err)
	}
	return path, nil
}
