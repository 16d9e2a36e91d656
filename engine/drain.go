package engine

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// Drain works until every consumer stands at the head of the log, no job
// waits, every picture has its vector and no project has answers it was not
// taught by. It works in the caller's goroutine, so without Run the order of
// everything is fixed; beside Run it is safe too.
func (e *Engine) Drain(ctx context.Context) error {
	if err := e.begin(ctx); err != nil {
		return err
	}
	for {
		idle, err := e.drainOnce(context.WithValue(ctx, drainKey{}, true))
		if err != nil {
			return fmt.Errorf("drain: %w", err)
		}
		if idle {
			return e.save(ctx)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (e *Engine) drainOnce(ctx context.Context) (idle bool, err error) {
	idle = true
	for {
		n, err := e.step(ctx)
		if err != nil {
			return false, err
		}
		if n == 0 {
			break
		}
		idle = false
	}
	for {
		ran, err := e.runJob(ctx)
		if err != nil {
			return false, err
		}
		if !ran {
			break
		}
		idle = false
	}
	for _, t := range e.tenants() {
		worked, err := e.catchUp(ctx, t)
		if err != nil {
			return false, err
		}
		idle = idle && !worked
	}
	return idle, nil
}

func (e *Engine) tenants() []akhra.Tenant {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]akhra.Tenant, 0, len(e.learners))
	for t, l := range e.learners {
		if !l.isRetired() {
			list = append(list, t)
		}
	}
	return list
}

// catchUp embeds, fits and trains one project if there is anything to do.
func (e *Engine) catchUp(ctx context.Context, t akhra.Tenant) (worked bool, err error) {
	e.mu.Lock()
	l := e.learners[t]
	e.mu.Unlock()
	if l.takePictures(true) {
		worked = true
		if err := e.wantVectors(ctx, t); err != nil {
			return false, err
		}
		if _, err := e.runJob(ctx); err != nil {
			return false, err
		}
	}
	if e.Consensus.Due(t) {
		worked = true
		if err := e.Consensus.Fit(ctx, t); err != nil {
			return false, err
		}
	}
	if e.Loop.Waiting(t) > 0 {
		worked = true
		if err := e.Loop.Train(ctx, t); err != nil {
			return false, err
		}
	}
	if worked || e.Consensus.Hurry(t) {
		return true, nil
	}
	return e.Certify.Tend(ctx, t)
}
