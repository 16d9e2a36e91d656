package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"akhra.dev/akhra"
)

// endings keeps jobs that are over while the store cannot be told, as on a
// full disk. They are told to whoever asks and stored as soon as that works.
type endings struct {
	mu   sync.Mutex
	jobs map[akhra.JobID]ending
}

type ending struct {
	tenant akhra.Tenant
	job    akhra.Job
}

// Ended returns a job as it stands: over when it is, even where the store
// could not be told yet.
func (e *Engine) Ended(j akhra.Job) akhra.Job {
	e.endings.mu.Lock()
	defer e.endings.mu.Unlock()
	if kept, over := e.endings.jobs[j.ID]; over {
		return kept.job
	}
	return j
}

// storeEnd stores how a job ended, or keeps it until that is possible.
func (e *Engine) storeEnd(ctx context.Context, one ending) error {
	j := one.job
	_, err := e.db.BeatJob(ctx, one.tenant, j.ID, j.Done, j.Total, j.Note)
	if err == nil {
		err = e.db.EndJob(ctx, one.tenant, j.ID, j.State, j.Note)
	}
	e.endings.mu.Lock()
	defer e.endings.mu.Unlock()
	if err != nil {
		e.endings.jobs[j.ID] = one
		return fmt.Errorf("end job: %w", err)
	}
	delete(e.endings.jobs, j.ID)
	return nil
}

// storeEnds tries again to store what is kept.
func (e *Engine) storeEnds(ctx context.Context) error {
	e.endings.mu.Lock()
	kept := slices.Collect(maps.Values(e.endings.jobs))
	e.endings.mu.Unlock()
	for _, one := range kept {
		if err := e.storeEnd(ctx, one); err != nil {
			return err
		}
	}
	return nil
}
