package queue

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// Sizes of the queue.
const (
	Places     = 500    // open places kept ready per project
	mostPlaces = 20_000 // where they are taken quickly
	MaxLease   = 200    // tasks one call may lease
	quickly    = 5 * time.Second
)

// LeaseTime is how long a task stays with the person who leased it.
const LeaseTime = akhra.DefaultLeaseMin * time.Minute

// Room gives out tasks. It is safe for concurrent use.
type Room struct {
	store Store
	rank  Ranking
	hints Proposer
	now   func() time.Time
	log   *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*project
}

// New makes the room over a store, the order it asks in and what goes with the
// places.
func New(store Store, rank Ranking, hints Proposer, now func() time.Time, log *slog.Logger) *Room {
	return &Room{store: store, rank: rank, hints: hints, now: now, log: log, projects: map[akhra.Tenant]*project{}}
}

// Lease gives a person up to n tasks: those she holds already in no pack and no grid,
// their time renewed, then the most useful ones that she never had.
func (r *Room) Lease(ctx context.Context, t akhra.Tenant, user akhra.UserID, n int) ([]akhra.Assignment, error) {
	n = min(n, MaxLease)
	if n < 1 {
		return nil, akhra.InvalidField("n", "Ask for at least one picture.")
	}
	until := akhra.MillisOf(r.now().Add(LeaseTime))
	return r.give(ctx, t, user, terms{n: n, until: until}, func(places []akhra.Slot) ([]akhra.Assignment, error) {
		return r.store.Lease(ctx, t, user, n, until, places)
	})
}

// give offers a person places until she has as many as the terms say, or there
// are none left for her; take makes them hers and tells all that she has.
func (r *Room) give(ctx context.Context, t akhra.Tenant, user akhra.UserID, on terms, take func([]akhra.Slot) ([]akhra.Assignment, error)) ([]akhra.Assignment, error) {
	p, err := r.project(ctx, t)
	if err != nil {
		return nil, err
	}
	if err := r.knownShare(ctx, t, p); err != nil {
		return nil, err
	}
	for {
		seen := p.round()
		got, dry, err := r.claim(ctx, t, p, user, on, take)
		if err != nil || len(got) >= on.n {
			return got, err
		}
		if !dry {
			continue // some places were of tasks she had answered: there are more
		}
		if more, err := r.more(ctx, t, p, user, seen); err != nil || !more {
			return got, err
		}
	}
}

// more makes places for somebody who found too few, false when there are none
// to be made: everybody's when something changed since round seen, else hers.
// Who comes while a top-up is under way waits for it.
func (r *Room) more(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID, seen int) (bool, error) {
	p.filling.Lock()
	defer p.filling.Unlock()
	switch {
	case p.round() != seen:
		return true, nil
	case p.wants(true):
		return true, r.fill(ctx, t, p)
	case !p.beyond():
		return false, nil
	}
	ranked, err := r.rank.Rank(ctx, t, Places, user)
	if err != nil {
		return false, fmt.Errorf("rank tasks: %w", err)
	}
	return p.offer(ranked), nil
}

// claim takes what it can of the places there are. dry tells that it came to
// their end.
func (r *Room) claim(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID, on terms, take func([]akhra.Slot) ([]akhra.Assignment, error)) (got []akhra.Assignment, dry bool, err error) {
	reserved, dry := p.reserve(user, on)
	if err = r.mix(ctx, t, p, user, on, reserved); err == nil {
		err = r.hints.Propose(ctx, t, user, reserved)
	}
	if err == nil {
		got, err = take(reserved)
	}
	if err != nil {
		p.unreserve(user, reserved)
		return nil, dry, fmt.Errorf("lease tasks: %w", err)
	}
	p.settle(user, on, reserved, got)
	return got, dry, nil
}

// TopUp swaps the open places of a project for the most useful ones of now.
// Tasks that open leases will settle get none.
func (r *Room) TopUp(ctx context.Context, t akhra.Tenant) error {
	p, err := r.project(ctx, t)
	if err != nil {
		return err
	}
	seen := p.round()
	p.filling.Lock()
	defer p.filling.Unlock()
	if p.round() != seen {
		return nil // somebody just did
	}
	return r.fill(ctx, t, p)
}

// fill makes the places anew; the caller holds filling.
func (r *Room) fill(ctx context.Context, t akhra.Tenant, p *project) error {
	p.expire(akhra.MillisOf(r.now()))
	want := p.starting(r.now())
	ranked, err := r.rank.Rank(ctx, t, want, "")
	if err != nil {
		p.failed()
		return fmt.Errorf("rank tasks: %w", err)
	}
	p.fill(ranked, want)
	return nil
}

// Sweep ends the leases of an organisation that ran out; their tasks go to
// whoever asks next.
func (r *Room) Sweep(ctx context.Context, org akhra.OrgID) (int, error) {
	now := akhra.MillisOf(r.now())
	n, err := r.store.ReleaseExpired(ctx, org, now)
	if err != nil {
		return 0, fmt.Errorf("release leases: %w", err)
	}
	for t, p := range r.known() {
		if t.Org == org {
			p.expire(now)
		}
	}
	return n, nil
}

// Apply follows the log: an answer ends a lease, a new model, new pictures, other
// batches or new rules change the order. Applying an event twice changes nothing.
func (r *Room) Apply(ctx context.Context, events []akhra.Event) error {
	known, reorder := r.known(), map[akhra.Tenant]bool{}
	for _, e := range events {
		t := akhra.Tenant{Org: e.Org, Project: e.Project}
		p, ok := known[t]
		if !ok {
			continue // nobody works there yet: the first lease will read it
		}
		switch e.Kind {
		case akhra.EventAnswerStored:
			a, err := e.Answer()
			if err != nil {
				return err
			}
			p.answered(a.Annotation, e.Actor, akhra.MillisOf(r.now().Add(LeaseTime)))
			reorder[t] = reorder[t] || false
		case akhra.EventProjectChanged:
			p.rulesChanged()
			reorder[t] = true
		case akhra.EventFitted, akhra.EventLabelsChanged, akhra.EventItemRemoved, akhra.EventWithdrawn,
			akhra.EventBatchChanged, akhra.EventItemBatched:
			reorder[t] = true
		case akhra.EventItemsAdded, akhra.EventVectorsReady, akhra.EventAuditDrawn, akhra.EventLooked, akhra.EventConsensus,
			akhra.EventReasked, akhra.EventItemRestored:
			p.touch()
			reorder[t] = reorder[t] || false
		}
	}
	for t, must := range reorder {
		if must || known[t].wants(false) {
			if err := r.TopUp(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// project returns the memory of a project, read from the store the first time.
func (r *Room) project(ctx context.Context, t akhra.Tenant) (*project, error) {
	r.mu.Lock()
	p, ok := r.projects[t]
	if !ok {
		p = &project{holds: newHolds(), had: map[akhra.TaskID]map[akhra.UserID]bool{}, looks: map[akhra.TaskID]look{}, stale: true, size: Places}
		r.projects[t] = p
	}
	r.mu.Unlock()
	return p, r.load(ctx, t, p)
}

func (r *Room) load(ctx context.Context, t akhra.Tenant, p *project) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loaded {
		return nil
	}
	err := r.store.Leases(ctx, t, func(a akhra.Assignment) error {
		p.holds.add(a.Task, a.Annotator, a.LeaseUntil, a.Pack != "" || a.Grid == akhra.GridTile)
		return nil
	})
	if err != nil {
		p.holds = newHolds()
		return fmt.Errorf("read open leases: %w", err)
	}
	p.loaded = true
	return nil
}

func (r *Room) known() map[akhra.Tenant]*project {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := make(map[akhra.Tenant]*project, len(r.projects))
	for t, p := range r.projects {
		known[t] = p
	}
	return known
}
