package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"akhra.dev/akhra"
)

// Sizes and times of erasing. Files are taken away later than the rows that
// named them, so that a backup under way, which copies the rows first, finds them.
const (
	eraseLot  = 2000
	freeLot   = 200_000
	freeAfter = time.Hour
)

// EraseArgs are the arguments of a job that erases a project.
type EraseArgs struct {
	Project akhra.ProjectID `json:"project"`
	Head    akhra.Seq       `json:"head"` // of the log when it was asked for
}

// Erase erases a project for good, as a job: from now on nobody finds it.
func (e *Engine) Erase(ctx context.Context, t akhra.Tenant, by akhra.UserID) error {
	head, err := e.db.Head(ctx, t.Org)
	if err != nil {
		return fmt.Errorf("read the head of the log: %w", err)
	}
	return e.db.EraseLater(ctx, t, by, e.newJob(akhra.JobErase, EraseArgs{t.Project, head}, 0))
}

// newJob is a job that waits for some time.
func (e *Engine) newJob(kind string, args any, wait time.Duration) akhra.Job {
	text, _ := json.Marshal(args) // plain strings and numbers always encode
	now := e.now()
	return akhra.Job{ID: akhra.JobID(e.db.NewID()), Kind: kind, Args: string(text), State: akhra.JobWaiting,
		RunAt: akhra.MillisOf(now.Add(wait)), Created: akhra.MillisOf(now)}
}

// eraseLate erases the projects that were removed too long ago to come back.
func (e *Engine) eraseLate(ctx context.Context) error {
	projects, err := e.db.Projects(ctx, e.org)
	if err != nil {
		return fmt.Errorf("read projects: %w", err)
	}
	for _, p := range projects {
		if p.State == akhra.ProjectRemoved && e.now().Sub(p.StateAt.Time()) > akhra.KeptProject {
			if err := e.Erase(ctx, akhra.Tenant{Org: e.org, Project: p.ID}, ""); err != nil {
				return fmt.Errorf("erase a project that was removed: %w", err)
			}
		}
	}
	return nil
}

// eraseProject is the job: nobody works on the project any more, then its rows
// go, its vectors, and an hour later the files that nobody else uses.
func (r *jobRun) eraseProject() (string, error) {
	var args EraseArgs
	if err := json.Unmarshal([]byte(r.job.Args), &args); err != nil {
		return "", fmt.Errorf("read job arguments: %w", err)
	}
	e, t := r.engine, akhra.Tenant{Org: r.tenant.Org, Project: args.Project}
	if err := e.retire(r.ctx, t, args.Head); err != nil {
		return "", err
	}
	for steps := 1; ; steps++ {
		more, err := e.db.EraseProject(r.ctx, t, eraseLot)
		if err != nil {
			return "", fmt.Errorf("erase rows: %w", err)
		}
		if !more {
			break
		}
		r.progress(steps*eraseLot, 0, "")
	}
	if err := e.blobs.RemoveVectors(string(t.Org), string(t.Project)); err != nil {
		return "", err
	}
	if err := e.db.AddJob(r.ctx, r.tenant, e.newJob(akhra.JobFree, struct{}{}, freeAfter)); err != nil {
		return "", fmt.Errorf("add the job that frees files: %w", err)
	}
	return "", nil
}

// retire waits until nobody works on a project any more: what the log said of it
// before head is dealt with, and its learner rests for ever.
func (e *Engine) retire(ctx context.Context, t akhra.Tenant, head akhra.Seq) error {
	for {
		e.follow.Lock()
		behind := e.behind() < head
		e.follow.Unlock()
		if !behind {
			break
		}
		if !pause(ctx, 50*time.Millisecond) {
			return ctx.Err()
		}
	}
	if done := e.learner(t).retire(); done != nil {
		select {
		case <-done:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// freeFiles is the job that takes away files that erased projects named and
// nobody else does.
func (r *jobRun) freeFiles() (string, error) {
	db, freed := r.engine.db, 0
	for {
		lot, err := db.FreeBlobs(r.ctx, r.tenant.Org, freeLot)
		if err != nil || len(lot) == 0 {
			return "", err
		}
		unused := make(map[string]bool, len(lot))
		for _, hash := range lot {
			unused[hash] = true
		}
		if err := db.Blobs(r.ctx, func(hash string) error { delete(unused, hash); return nil }); err != nil {
			return "", fmt.Errorf("read which files are used: %w", err)
		}
		for hash := range unused {
			if _, err := r.engine.blobs.Remove(hash, r.engine.now().Add(-freeAfter)); err != nil {
				return "", err
			}
			freed++
		}
		if err := db.Freed(r.ctx, r.tenant.Org, lot[len(lot)-1]); err != nil {
			return "", fmt.Errorf("note what was freed: %w", err)
		}
		r.progress(freed, 0, "")
	}
}
