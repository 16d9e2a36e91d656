package consensus

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"akhra.dev/akhra"
)

// Room keeps the posteriors of every project that has answers. It is safe for
// concurrent use; the events of one log must come one batch after the other.
type Room struct {
	store Store
	log   *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*held
}

// held is one project and who may touch it.
type held struct {
	tenant  akhra.Tenant
	fitting sync.Mutex // one fit at a time

	mu      sync.Mutex
	project *project  // nil until it is read, and again when its rules change
	owed    akhra.Seq // the event since which a fit, or judging after it, is due; 0 for none

	notices atomic.Pointer[[]Notice] // read without waiting for the project
	figures atomic.Pointer[figures]  // likewise
}

// left notes what is due and what is to be told, after the project has changed;
// at is the event that changed it.
func (h *held) left(at akhra.Seq) {
	if !h.project.wantsFit() {
		h.owed = 0
	} else if h.owed == 0 {
		h.owed = at
	}
	notices := h.project.told()
	h.notices.Store(&notices)
	h.figures.Store(h.project.figures)
}

// New makes the room over a store.
func New(store Store, log *slog.Logger) *Room {
	return &Room{store: store, log: log, projects: map[akhra.Tenant]*held{}}
}

// held returns a project's place, made when it has none.
func (r *Room) held(t akhra.Tenant) *held {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.projects[t]
	if !ok {
		h = &held{tenant: t}
		r.projects[t] = h
	}
	return h
}

// Apply takes in events of one organisation, in the order of the log, and
// stores what they change. Applying an event twice changes nothing: the second
// time finds the answer there. Cost per answer: one posterior and the matrices
// of the task's annotators; the first event of a project reads it whole and
// fits it.
func (r *Room) Apply(ctx context.Context, events []akhra.Event) error {
	var order []akhra.Tenant
	of := map[akhra.Tenant][]akhra.Event{}
	for _, e := range events {
		t := akhra.Tenant{Org: e.Org, Project: e.Project}
		if !r.heeds(t, e.Kind) {
			continue
		}
		if of[t] == nil {
			order = append(order, t)
		}
		of[t] = append(of[t], e)
	}
	for _, t := range order {
		if err := r.follow(ctx, t, of[t]); err != nil {
			return err
		}
	}
	return nil
}

// heeds tells whether a kind of event matters to a project. New pictures do
// only to one that is in memory.
func (r *Room) heeds(t akhra.Tenant, kind akhra.EventKind) bool {
	switch kind {
	case akhra.EventAnswerStored, akhra.EventModelSwapped, akhra.EventLabelsChanged, akhra.EventProjectChanged,
		akhra.EventGoldChanged, akhra.EventReviewSettled, akhra.EventAuditDrawn, akhra.EventItemBatched, akhra.EventBatchChanged:
		return true
	case akhra.EventItemsAdded:
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.projects[t] != nil
	}
	return false
}

// follow applies the events of one project. After an error the next event
// reads the project again.
func (r *Room) follow(ctx context.Context, t akhra.Tenant, events []akhra.Event) (err error) {
	h := r.held(t)
	h.mu.Lock()
	defer h.mu.Unlock()
	defer func() {
		if err != nil {
			h.project = nil
		}
	}()
	counted := false // the pilot, with all tasks that these events tell of: the store has them
	for _, e := range events {
		if renews(e) {
			h.project = nil
		}
		if h.project == nil {
			if h.project, err = r.read(ctx, t); err != nil {
				return err
			}
			counted = true
		}
		if e.Kind == akhra.EventItemsAdded && !counted {
			if err = r.countPilot(ctx, h.project); err != nil {
				return err
			}
			counted = true
		}
		if err = r.take(ctx, h.project, e); err != nil {
			return err
		}
	}
	err = r.write(ctx, h.project, h.project.waiting())
	h.project.figures.owe(events[0].Seq)
	h.left(events[0].Seq)
	return err
}

// renews tells whether an event changes so much that the project is read again.
func renews(e akhra.Event) bool {
	switch e.Kind {
	case akhra.EventLabelsChanged, akhra.EventProjectChanged, akhra.EventAuditDrawn:
		return true
	case akhra.EventBatchChanged:
		return asksOthers(e)
	}
	return false
}

// take applies one event to a project.
func (r *Room) take(ctx context.Context, p *project, e akhra.Event) error {
	switch e.Kind {
	case akhra.EventAnswerStored:
		return p.answer(e)
	case akhra.EventGoldChanged:
		return p.goldChanged(e)
	case akhra.EventReviewSettled:
		return p.reviewSettled(e)
	case akhra.EventModelSwapped:
		p.due = true
	case akhra.EventItemBatched:
		return p.batched(e)
	case akhra.EventItemsAdded:
		return r.added(ctx, p, e)
	}
	return nil
}

// Notices tells whoever leads a project what to know about how its people can
// be judged. A project that had no event since the start has none.
func (r *Room) Notices(t akhra.Tenant) []Notice {
	if notices := r.held(t).notices.Load(); notices != nil {
		return *notices
	}
	return nil
}

// Owed is the first event that made a fit due which is not done yet, or of which
// something is not stored, 0 when none is: who follows the log from before it loses nothing if the process ends
// now.
func (r *Room) Owed() (seq akhra.Seq) {
	earliest := func(owed akhra.Seq) {
		if owed > 0 && (seq == 0 || owed < seq) {
			seq = owed
		}
	}
	for _, h := range r.all() {
		h.mu.Lock()
		earliest(h.owed)
		h.mu.Unlock()
		if f := h.figures.Load(); f != nil {
			earliest(f.owed())
		}
	}
	return seq
}

func (r *Room) all() []*held {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.projects))
}

// maxWrite is how many rows one transaction stores, so that answers that
// arrive meanwhile do not wait.
const maxWrite = 100

// write judges tasks and stores what the store does not have.
func (r *Room) write(ctx context.Context, p *project, places iter.Seq[int]) error {
	var rows []akhra.Consensus
	for i := range places {
		if c := p.judge(i); !p.tasks[i].kept.tells(&c) {
			rows = append(rows, c)
		}
		if len(rows) == maxWrite {
			if err := r.put(ctx, p, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if err := r.put(ctx, p, rows); err != nil {
		return err
	}
	p.touched = map[int]struct{}{}
	return nil
}

func (r *Room) put(ctx context.Context, p *project, rows []akhra.Consensus) error {
	if len(rows) == 0 {
		return nil
	}
	if err := r.store.PutConsensus(ctx, p.tenant, rows); err != nil {
		return fmt.Errorf("store posteriors: %w", err)
	}
	for i := range rows {
		p.remember(&rows[i])
	}
	return nil
}
