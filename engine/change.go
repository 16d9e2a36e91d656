package engine

import (
	"context"
	"encoding/json"
	"fmt"

	"akhra.dev/akhra"
)

// AtOnce is how many pictures are changed while whoever asks waits; more are a
// job.
const AtOnce = 300

// changeLot is how many pictures one transaction changes, so that answers that
// arrive meanwhile do not wait.
const changeLot = 150

// ChangeArgs are the arguments of a job that changes pictures: those a search
// finds, unless they are planned, or those it was done to when it is undone.
type ChangeArgs struct {
	Change akhra.ChangeID `json:"change"`
	Search *akhra.Search  `json:"search,omitempty"`
	Undo   bool           `json:"undo,omitempty"`
}

// Change does something to pictures: to the given ones, or with a search to all
// that it finds. Up to AtOnce are changed before it returns; more are left to
// the job that it names.
func (e *Engine) Change(ctx context.Context, t akhra.Tenant, c akhra.Change, items []akhra.ItemID, search *akhra.Search) (akhra.Changed, akhra.JobID, error) {
	if search != nil {
		found, err := e.Catalogue.All(ctx, t, *search)
		if err != nil {
			return akhra.Changed{}, "", err
		}
		items = found
	}
	fresh, err := e.db.AddChange(ctx, t, c)
	if err != nil {
		return akhra.Changed{}, "", fmt.Errorf("store a change: %w", err)
	}
	if fresh && len(items) > AtOnce {
		return e.changeLater(ctx, t, ChangeArgs{Change: c.ID, Search: search}, items)
	}
	if fresh {
		if err := e.db.PlanChange(ctx, t, c.ID, items, true); err != nil {
			return akhra.Changed{}, "", fmt.Errorf("plan a change: %w", err)
		}
	}
	n, err := e.changeAll(ctx, func() (akhra.Changed, error) { return e.db.DoChange(ctx, t, c.ID, changeLot) }, nil)
	return n, "", err
}

func (e *Engine) changeLater(ctx context.Context, t akhra.Tenant, args ChangeArgs, items []akhra.ItemID) (n akhra.Changed, id akhra.JobID, err error) {
	if args.Search == nil && !args.Undo {
		if err := e.db.PlanChange(ctx, t, args.Change, items, true); err != nil {
			return n, "", fmt.Errorf("plan a change: %w", err)
		}
	}
	text, err := json.Marshal(args)
	if err != nil {
		return n, "", fmt.Errorf("write a job's arguments: %w", err)
	}
	now := akhra.MillisOf(e.now())
	job := akhra.Job{ID: akhra.JobID(e.db.NewID()), Project: t.Project, Kind: akhra.JobChange, Args: string(text), Total: len(items), State: akhra.JobWaiting, RunAt: now, Created: now}
	if err := e.db.AddJob(ctx, t, job); err != nil {
		return n, "", fmt.Errorf("add a job: %w", err)
	}
	return akhra.Changed{Planned: len(items)}, job.ID, nil
}

// Undo takes a change back, as far as that can be done.
func (e *Engine) Undo(ctx context.Context, t akhra.Tenant, id akhra.ChangeID) (akhra.Changed, akhra.JobID, error) {
	_, n, err := e.db.Change(ctx, t, id)
	if err != nil {
		return n, "", err
	}
	if n.Done > AtOnce {
		return e.changeLater(ctx, t, ChangeArgs{Change: id, Undo: true}, make([]akhra.ItemID, n.Done))
	}
	n, err = e.changeAll(ctx, func() (akhra.Changed, error) { return e.db.UndoChange(ctx, t, id, changeLot) }, nil)
	return n, "", err
}

// changeAll repeats a step until it changes nothing more.
func (e *Engine) changeAll(ctx context.Context, step func() (akhra.Changed, error), progress func(akhra.Changed)) (n akhra.Changed, err error) {
	for before := (akhra.Changed{Planned: -1}); n != before && ctx.Err() == nil; {
		before = n
		if n, err = step(); err != nil {
			return n, fmt.Errorf("change pictures: %w", err)
		}
		if progress != nil {
			progress(n)
		}
	}
	return n, ctx.Err()
}

// changePictures is the job.
func (r *jobRun) changePictures() (string, error) {
	var args ChangeArgs
	if err := json.Unmarshal([]byte(r.job.Args), &args); err != nil {
		return "", fmt.Errorf("read job arguments: %w", err)
	}
	db := r.engine.db
	if args.Search != nil {
		if err := r.planChange(args); err != nil {
			return "", err
		}
	}
	var n akhra.Changed
	var err error
	if args.Undo {
		n, err = r.engine.changeAll(r.ctx, func() (akhra.Changed, error) { return db.UndoChange(r.ctx, r.tenant, args.Change, changeLot) },
			func(n akhra.Changed) { r.progress(n.Undone+n.Left, n.Planned, "") })
	} else {
		n, err = r.engine.changeAll(r.ctx, func() (akhra.Changed, error) { return db.DoChange(r.ctx, r.tenant, args.Change, changeLot) },
			func(n akhra.Changed) { r.progress(n.Done+n.Left, n.Planned, "") })
	}
	r.progress(n.Done+n.Left+n.Undone, n.Planned, "")
	return "", err
}

// planChange notes which pictures a search finds, once: a job that goes on
// after a kill changes those it noted.
func (r *jobRun) planChange(args ChangeArgs) error {
	items, err := r.engine.Catalogue.All(r.ctx, r.tenant, *args.Search)
	if err != nil {
		return err
	}
	for first := 0; ; first += changeLot {
		end := min(first+changeLot, len(items))
		if err := r.engine.db.PlanChange(r.ctx, r.tenant, args.Change, items[first:end], end == len(items)); err != nil {
			return fmt.Errorf("plan a change: %w", err)
		}
		if end == len(items) {
			return nil
		}
		r.progress(0, len(items), "")
	}
}
