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

func (a *API) routeJobs() {
	register(a, "jobs", func(ctx context.Context, in *inProject) (*body[JobList], error) {
		return answer(a.jobs(ctx, callerIn(ctx).tenant(in.Project)))
	})
	type one struct {
		inProject
		Job akhra.JobID `path:"job" maxLength:"40"`
	}
	register(a, "cancel-job", func(ctx context.Context, in *one) (*struct{}, error) {
		t := callerIn(ctx).tenant(in.Project)
		if _, err := a.known(ctx, t); err != nil {
			return nil, err
		}
		return nil, a.DB.CancelJob(ctx, t, in.Job)
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
	var report ImportView
	if j.Kind == akhra.JobImport && json.Unmarshal([]byte(j.Note), &report) == nil {
		if report.Reasons == nil {
			report.Reasons = []RefusalView{}
		}
		v.Report, v.Note = &report, ""
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
	args, err := json.Marshal(map[string]string{"zip": path})
	if err != nil {
		return fmt.Errorf("write a job's arguments: %w", err)
	}
	job := akhra.Job{ID: akhra.JobID(id), Project: t.Project, Kind: akhra.JobImport, Args: string(args), State: akhra.JobWaiting, Created: akhra.MillisOf(a.Now())}
	if err := a.DB.AddJob(r.Context(), t, job); err != nil {
		os.Remove(path)
		return fmt.Errorf("add job: %w", err)
	}
	writeJSON(w, http.StatusOK, jsonType, StartedJob{Job: job.ID})
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
