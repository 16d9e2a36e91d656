package engine

import (
	"context"
	"encoding/json"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
)

// child is what dataset asks of the rooms that know the model and the promise.
type child struct{ e *Engine }

func (c child) Version(ctx context.Context, t akhra.Tenant) (int64, error) {
	m, err := c.e.db.Model(ctx, t)
	if akhra.CodeOf(err) == akhra.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the model: %w", err)
	}
	return m.Version, nil
}

func (c child) Says(ctx context.Context, t akhra.Tenant, fn func(akhra.ItemID, []float64)) error {
	return c.e.Loop.Says(ctx, t, fn)
}

func (c child) Foreseen(ctx context.Context, t akhra.Tenant) (map[akhra.ClassID][2]int, error) {
	report, err := c.e.Portrait.ReportCard(ctx, t)
	if err != nil {
		return nil, err
	}
	of := make(map[akhra.ClassID][2]int, len(report.Classes))
	for _, one := range report.Classes {
		of[one.Class] = [2]int{one.Right, one.Of}
	}
	return of, nil
}

func (c child) Certificate(ctx context.Context, t akhra.Tenant) (akhra.Certificate, error) {
	return c.e.Certify.Certificate(ctx, t)
}

// StartFreeze adds a job that freezes what a project delivers. What is wrong
// with the order is said at once.
func (e *Engine) StartFreeze(ctx context.Context, t akhra.Tenant, o dataset.Order) (akhra.JobID, error) {
	d := akhra.Dataset{Name: o.Name, Format: o.Format, Card: akhra.Card{Licence: o.Licence}}
	if err := d.Validate(); err != nil {
		return "", err
	}
	return e.addJob(ctx, t, akhra.JobFreeze, o)
}

// addJob stores a job that may run at once.
func (e *Engine) addJob(ctx context.Context, t akhra.Tenant, kind string, args any) (akhra.JobID, error) {
	text, err := json.Marshal(args)
	if err != nil {
		return "", fmt.Errorf("write a job's arguments: %w", err)
	}
	now := akhra.MillisOf(e.now())
	job := akhra.Job{ID: akhra.JobID(e.db.NewID()), Project: t.Project, Kind: kind, Args: string(text), State: akhra.JobWaiting, RunAt: now, Created: now}
	if err := e.db.AddJob(ctx, t, job); err != nil {
		return "", fmt.Errorf("add job: %w", err)
	}
	return job.ID, nil
}

// FreezeNote is the note of a freeze job that is done.
type FreezeNote struct {
	Dataset akhra.DatasetID `json:"dataset,omitempty"`
	Error   string          `json:"error,omitempty"`
}

func (r *jobRun) freeze() (string, error) {
	var o dataset.Order
	if err := json.Unmarshal([]byte(r.job.Args), &o); err != nil {
		return "", fmt.Errorf("read job arguments: %w", err)
	}
	counts, err := r.engine.db.Counts(r.ctx, r.tenant)
	if err != nil {
		return "", fmt.Errorf("count what is to be written: %w", err)
	}
	total := counts.Items
	if o.Format == akhra.FormatVotes {
		total = counts.Answers
	}
	d, err := r.engine.Dataset.Freeze(r.ctx, r.tenant, o, func(done int) { r.progress(done, max(done, total), "") })
	if err != nil {
		return "", err
	}
	note, err := json.Marshal(FreezeNote{Dataset: d.ID})
	return string(note), err
}
