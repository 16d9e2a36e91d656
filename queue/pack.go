package queue

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// terms are what tasks are given for: how many at most, until when, and in
// which pack, if in one.
type terms struct {
	n     int
	until akhra.Millis
	pack  akhra.PackID
}

// room is how many more tasks an annotator may have: leases count all that she
// holds in no pack, a pack counts its own.
func (t terms) room(h *holds, annotator akhra.UserID, taken int) int {
	if t.pack == "" {
		return t.n - h.open[annotator]
	}
	return t.n - taken
}

// TakePack gives a person a pack: its tasks that she has not answered, their
// time renewed, then the most useful ones that she never had until it has
// p.Size of them. Her other leases stay as they are. Cost: as one lease of as
// many tasks.
func (r *Room) TakePack(ctx context.Context, t akhra.Tenant, p akhra.Pack) ([]akhra.Assignment, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return r.give(ctx, t, p.Annotator, terms{p.Size, p.Until, p.ID}, func(places []akhra.Slot) ([]akhra.Assignment, error) {
		return r.store.TakePack(ctx, t, p, places)
	})
}

// ReturnPack gives back what a person has not answered of a pack; the tasks go
// to whoever asks next. It tells how many there were.
func (r *Room) ReturnPack(ctx context.Context, t akhra.Tenant, user akhra.UserID, id akhra.PackID) (int, error) {
	p, err := r.project(ctx, t)
	if err != nil {
		return 0, err
	}
	open, err := r.store.ReturnPack(ctx, t, user, id)
	if err != nil {
		return 0, fmt.Errorf("return a pack: %w", err)
	}
	p.returned(user, open)
	return len(open), nil
}

// returned forgets leases whose holder gave them back: she may have the tasks
// again, as anybody.
func (p *project) returned(user akhra.UserID, tasks []akhra.Assignment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range tasks {
		p.holds.drop(a.Task, user)
		delete(p.had[a.Task], user)
	}
	p.stale = p.stale || len(tasks) > 0
}
