package sim

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// findAudit notes which pictures were drawn for the audit.
func (w *world) findAudit(ctx context.Context) error {
	err := w.db.Tasks(ctx, w.tenant, func(t akhra.Task) error {
		w.audit[w.at[t.Item]] = t.Purpose == akhra.ForAudit
		return nil
	})
	if err != nil {
		return fmt.Errorf("read tasks: %w", err)
	}
	return nil
}

// adjudicate lets the expert decide the audit pictures that people could not
// settle. She knows the true class; no other picture reaches her.
func (w *world) adjudicate(ctx context.Context) error {
	var waiting []akhra.Consensus
	err := w.db.AllConsensus(ctx, w.tenant, func(c akhra.Consensus) error {
		if w.audit[w.at[c.Item]] && c.State == akhra.TaskReview {
			waiting = append(waiting, c)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read posteriors: %w", err)
	}
	for _, c := range waiting {
		review := akhra.Review{ID: akhra.ReviewID(w.db.NewID()), Task: c.Task, Reviewer: w.expert, Class: w.class(w.data.pool[w.at[c.Item]].truth)}
		if err := w.db.Settle(ctx, w.tenant, review); err != nil {
			return fmt.Errorf("adjudicate an audit picture: %w", err)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	return w.engine.Drain(ctx)
}

// promise is the newest promise, nil without one.
func (w *world) promise(ctx context.Context) (*akhra.Promise, error) {
	all, err := w.db.Promises(ctx, w.tenant)
	if err != nil {
		return nil, fmt.Errorf("read promises: %w", err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return &all[len(all)-1], nil
}

// promised adds to a point what a look has shown, or the forecast before it.
func (w *world) promised(ctx context.Context, p *Point) error {
	promise, err := w.promise(ctx)
	if err != nil || promise == nil {
		return err
	}
	accepted := w.engine.Certify.Outlook(w.tenant).Accepted
	if n := len(promise.Taken); n > 0 {
		accepted, p.Bound = promise.Taken[n-1].Accepted, &promise.Taken[n-1].Bound
	}
	p.AutoAccepted = float64(accepted) / float64(len(w.data.pool))
	return nil
}

// deliver closes a simulation: nothing is left to ask.
func (w *world) deliver(ctx context.Context, r *Result, answers int) error {
	promise, err := w.promise(ctx)
	if err != nil || promise == nil || len(promise.Taken) == 0 {
		return err
	}
	look := promise.Taken[len(promise.Taken)-1]
	r.Certificate = &Certificate{Audit: look.Audit, Wrong: look.Wrong, People: look.People, Bound: look.Bound, Threshold: look.Threshold,
		Accepted: look.Accepted, Looks: len(promise.Taken), Passed: look.Passed}
	right := 0
	err = w.db.Rows(ctx, w.tenant, func(row akhra.Row) error {
		if row.Class == w.data.classes[w.data.pool[w.at[row.Item]].truth] {
			right++
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what is delivered: %w", err)
	}
	share := float64(right) / float64(len(w.data.pool))
	if r.Delivered = &share; look.Passed {
		at := float64(answers) / float64(len(w.data.pool))
		r.Certified = &at
	}
	return nil
}

// end delivers when nothing is left to ask, once. It tells to go on where a kept
// promise ended the asking before the loop reached its target: reached_at_loop
// is what the loop takes, so the pictures that were accepted are asked after
// all. The audit stays out of teaching.
func (w *world) end(ctx context.Context, r *Result, answers int) (on bool, err error) {
	if w.delivered {
		return false, nil
	}
	w.delivered = true
	if err := w.deliver(ctx, r, answers); err != nil {
		return false, err
	}
	if r.Certified == nil || r.ReachedAtL != nil {
		return false, nil
	}
	promise, err := w.promise(ctx)
	if err != nil {
		return false, err
	}
	promise.State = akhra.PromiseVoid
	if err := w.db.DrawAudit(ctx, w.tenant, []akhra.Promise{*promise}, nil, nil); err != nil {
		return false, fmt.Errorf("take the promise back: %w", err)
	}
	project, _, err := w.db.Project(ctx, w.tenant)
	if err != nil {
		return false, fmt.Errorf("read the project: %w", err)
	}
	project.Settings.Target = 0
	if err := w.db.UpdateProject(ctx, w.tenant, project); err != nil {
		return false, fmt.Errorf("change the project: %w", err)
	}
	return true, w.engine.Drain(ctx)
}
