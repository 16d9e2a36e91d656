package engine

import (
	"context"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/hook"
	"akhra.dev/akhra/store"
)

var _ hook.Store = (*store.DB)(nil)

// How often webhooks are looked after while nothing happens, and at most while
// much does.
const (
	hookEvery = 5 * time.Second
	hookPause = 200 * time.Millisecond
)

// tellHooks tells webhooks what happens. It runs beside everything else: an
// address that answers slowly holds nobody up.
func (e *Engine) tellHooks(ctx context.Context) error {
	for ctx.Err() == nil {
		head, err := e.db.Head(ctx, e.org)
		worked := false
		if err == nil {
			worked, err = e.Hook.Step(ctx, e.org)
		}
		if err != nil && ctx.Err() == nil {
			e.log.Error("webhooks were not told", "error", err)
		}
		pause(ctx, hookPause)
		if !worked {
			e.waitForHooks(ctx, head)
		}
	}
	return nil
}

func (e *Engine) waitForHooks(ctx context.Context, head akhra.Seq) {
	timer := time.NewTimer(hookEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-e.db.Changed(e.org, head):
	}
}
