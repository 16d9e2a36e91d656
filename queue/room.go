package queue

import (
	"context"
	"encoding/json"
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
	now   func() time.Time
	log   *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*project
}

// New makes the room over a store and the order it asks in.
func New(store Store, rank Ranking, now func() time.Time, log *slog.Logger) *Room {
	return &Room{store: store, rank: rank, now: now, log: log, projects: map[akhra.Tenant]*project{}}
}

// Lease gives a person up to n tasks: those she holds already, their time
// renewed, then the most useful ones that she never had.
func (r *Room) Lease(ctx context.Context, t akhra.Tenant, user akhra.UserID, n int) ([]akhra.Assignment, error) {
	n = min(n, MaxLease)
	if n < 1 {
		return nil, akhra.InvalidField("n", "Ask for at least one picture.")
	}
	p, err := r.project(ctx, t)
	if err != nil {
		return nil, err
	}
	for {
		seen := p.round()
		got, dry, err := r.claim(ctx, t, p, user, n)
		switch {
		case err != nil || len(got) == n:
			return got, err
		case !dry: // some places were of tasks she had answered: there are more
		case !p.wants(true) && p.round() == seen:
			return got, nil
		default:
			if err := r.topUp(ctx, t, p, seen); err != nil {
				return nil, err
			}
		}
	}
}

// claim leases what it can of the places there are. dry tells that it came to
// their end.
func (r *Room) claim(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID, n int) (got []akhra.Assignment, dry bool, err error) {
	until := akhra.MillisOf(r.now().Add(LeaseTime))
	reserved, dry := p.reserve(user, n, until)
	got, err = r.store.Lease(ctx, t, user, n, until, reserved)
	p.settle(user, n, reserved, got)
	if err != nil {
		return nil, dry, fmt.Errorf("lease tasks: %w", err)
	}
	return got, dry, nil
}

// TopUp swaps the open places of a project for the most useful ones of now.
// Tasks that open leases will settle get none.
func (r *Room) TopUp(ctx context.Context, t akhra.Tenant) error {
	p, err := r.project(ctx, t)
	if err != nil {
		return err
	}
	return r.topUp(ctx, t, p, p.round())
}

// topUp fills the places unless somebody did since round seen.
func (r *Room) topUp(ctx context.Context, t akhra.Tenant, p *project, seen int) error {
	p.filling.Lock()
	defer p.filling.Unlock()
	if p.round() != seen {
		return nil
	}
	p.expire(akhra.MillisOf(r.now()))
	ranked, err := r.rank.Rank(ctx, t, p.starting(r.now()))
	if err != nil {
		p.failed()
		return fmt.Errorf("rank tasks: %w", err)
	}
	p.fill(ranked)
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

// Apply follows the log: an answer ends a lease, a new model, new pictures or
// new rules change the order. Applying an event twice changes nothing.
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
			var a answer
			if err := json.Unmarshal([]byte(e.Body), &a); err != nil {
				return fmt.Errorf("read answer event %d: %w", e.Seq, err)
			}
			p.answered(a, e.Actor, akhra.MillisOf(r.now().Add(LeaseTime)))
			reorder[t] = reorder[t] || false
		case akhra.EventModelSwapped, akhra.EventLabelsChanged, akhra.EventProjectChanged:
			reorder[t] = true
		case akhra.EventItemsAdded, akhra.EventVectorsReady, akhra.EventAuditDrawn:
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

// answer is what the queue reads of an answer.stored event.
type answer struct {
	Task   akhra.TaskID `json:"task"`
	Answer akhra.Answer `json:"answer"`
}

// project returns the memory of a project, read from the store the first time.
func (r *Room) project(ctx context.Context, t akhra.Tenant) (*project, error) {
	r.mu.Lock()
	p, ok := r.projects[t]
	if !ok {
		p = &project{holds: newHolds(), had: map[akhra.TaskID]map[akhra.UserID]bool{}, stale: true, size: Places}
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
		p.holds.add(a.Task, a.Annotator, a.LeaseUntil)
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
