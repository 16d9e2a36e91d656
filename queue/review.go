package queue

import (
	"context"
	"fmt"
	"time"

	"akhra.dev/akhra"
)

const (
	mostReviews = 1000            // tasks a list of reviews is chosen from
	lookTime    = 5 * time.Minute // how long a task stays with the reviewer who opened it
)

// look is a reviewer who has a task open.
type look struct {
	reviewer akhra.UserID
	until    akhra.Millis
}

// Reviews lists the tasks that a reviewer may decide: those somebody asked
// a person to look at, longest waiting first, then those people could not
// settle, most valuable first. What another reviewer has open is left out, and
// so is what she answered herself. At most 1,000 are considered.
func (r *Room) Reviews(ctx context.Context, t akhra.Tenant, reviewer akhra.UserID) ([]akhra.Slot, error) {
	p, err := r.project(ctx, t)
	if err != nil {
		return nil, err
	}
	list, err := r.askedFor(ctx, t)
	if err != nil {
		return nil, err
	}
	contested, err := r.rank.Contested(ctx, t, mostReviews)
	if err != nil {
		return nil, fmt.Errorf("list contested tasks: %w", err)
	}
	list = append(list, contested...)
	tasks := make([]akhra.TaskID, len(list))
	for i, s := range list {
		tasks[i] = s.Task
	}
	hers, err := r.store.Reviewable(ctx, t, reviewer, tasks)
	if err != nil {
		return nil, fmt.Errorf("choose reviews: %w", err)
	}
	return p.reviewable(list, hers, reviewer, akhra.MillisOf(r.now())), nil
}

// askedFor are the tasks with an open appeal.
func (r *Room) askedFor(ctx context.Context, t akhra.Tenant) (list []akhra.Slot, err error) {
	err = r.store.Appeals(ctx, t, func(a akhra.Appeal) error {
		list = append(list, akhra.Slot{Task: a.Task, Item: a.Item, Why: akhra.WhyAppeal})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read appeals: %w", err)
	}
	return list, nil
}

// reviewable leaves out of a list what a reviewer may not decide, what another has
// open, and what stands there twice.
func (p *project) reviewable(list []akhra.Slot, hers map[akhra.TaskID]bool, reviewer akhra.UserID, now akhra.Millis) []akhra.Slot {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := list[:0]
	for _, s := range list {
		if l, open := p.looks[s.Task]; !hers[s.Task] || open && l.reviewer != reviewer && l.until > now {
			continue
		}
		hers[s.Task] = false
		out = append(out, s)
	}
	return out
}

// Look keeps a task for a reviewer who has opened it, so that nobody else is
// offered it meanwhile. A restart forgets that.
func (r *Room) Look(ctx context.Context, t akhra.Tenant, reviewer akhra.UserID, task akhra.TaskID) error {
	p, err := r.project(ctx, t)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := akhra.MillisOf(r.now())
	for task, l := range p.looks {
		if l.until <= now {
			delete(p.looks, task)
		}
	}
	p.looks[task] = look{reviewer, akhra.MillisOf(r.now().Add(lookTime))}
	return nil
}
