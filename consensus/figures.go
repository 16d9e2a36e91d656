package consensus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"akhra.dev/akhra"
	"akhra.dev/akhra/census"
)

// figures are what the standing answers of a project's people add up to. They
// move with every answer, so that nobody has to read all of them, and may be
// read without waiting for the project.
type figures struct {
	version int // of the label set

	mu      sync.Mutex
	at      map[akhra.UserID]int
	people  []akhra.UserID
	sums    []census.Sums
	changed map[int]struct{} // people whose sums are not stored
	kept    bool             // some were: before, what the store has is of an earlier reading
	since   akhra.Seq        // the event since which, 0 for none
	seen    akhra.Seq        // answers up to here are in them
	votes   []census.Vote    // reused
}

func newFigures(version int) *figures {
	return &figures{version: version, at: map[akhra.UserID]int{}, changed: map[int]struct{}{}}
}

// place numbers the people.
func (f *figures) place(id akhra.UserID) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, ok := f.at[id]
	if !ok {
		i = len(f.people)
		f.at[id] = i
		f.people, f.sums = append(f.people, id), append(f.sums, census.Sums{})
	}
	return i
}

// change lets something happen to a task and moves the sums of its people.
func (f *figures) change(p *project, one *task, happen func(*task)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count(p, one, -1)
	happen(one)
	f.count(p, one, 1)
	f.seen = p.seen
}

func (f *figures) count(p *project, one *task, sign int) {
	f.votes = f.votes[:0]
	for _, v := range one.votes {
		seat := &p.people[v.person]
		f.votes = append(f.votes, census.Vote{Person: seat.figures, Class: int(v.named), Blind: seat.view == blind, Took: v.took})
		f.changed[seat.figures] = struct{}{}
	}
	census.Count(f.sums, f.votes, int(one.gold), sign)
}

// owe notes the event since which there is something to store.
func (f *figures) owe(seq akhra.Seq) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.since == 0 && len(f.changed) > 0 {
		f.since = seq
	}
}

func (f *figures) owed() akhra.Seq {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.since
}

// list copies out what some people's answers add up to.
func (f *figures) list(places []int) []akhra.Figures {
	all := make([]akhra.Figures, len(places))
	for n, i := range places {
		s := f.sums[i]
		s.Said, s.Shared, s.Took = slices.Clone(s.Said), slices.Clone(s.Shared), slices.Clone(s.Took)
		all[n] = akhra.Figures{Annotator: f.people[i], Version: f.version, Seq: f.seen, Sums: s}
	}
	return all
}

// take copies out what is not stored, and tells whether that is all there is.
func (f *figures) take() (rows []akhra.Figures, all bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rows = f.list(slices.Sorted(maps.Keys(f.changed)))
	clear(f.changed)
	return rows, !f.kept
}

// stored tells that what was taken is stored, or that it is not.
func (f *figures) stored(taken []akhra.Figures, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ok {
		f.since, f.kept = 0, true
		return
	}
	for i := range taken {
		f.changed[f.at[taken[i].Annotator]] = struct{}{}
	}
}

// all copies out everybody's.
func (f *figures) all() []akhra.Figures {
	f.mu.Lock()
	defer f.mu.Unlock()
	places := make([]int, len(f.people))
	for i := range places {
		places[i] = i
	}
	return f.list(places)
}

// of copies out one person's.
func (f *figures) of(id akhra.UserID) akhra.Figures {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i, met := f.at[id]; met {
		return f.list([]int{i})[0]
	}
	return akhra.Figures{Annotator: id, Version: f.version}
}

// Save stores what people's answers add up to as far as that has changed. Until
// then the events that changed it are owed. It must not run beside Apply.
func (r *Room) Save(ctx context.Context) error {
	for _, h := range r.all() {
		f := h.figures.Load()
		if f == nil {
			continue
		}
		rows, all := f.take()
		if len(rows) == 0 && !all {
			continue
		}
		err := r.store.PutFigures(ctx, h.tenant, rows, all)
		f.stored(rows, err == nil)
		if err != nil {
			return fmt.Errorf("store people's figures: %w", err)
		}
	}
	return nil
}

// Figures lists what the answers of each person of a project add up to, in no
// order; in a project whose answers carry no usable names it is one row of
// nobody. Cost: its people; a project that has none stored, since they were not
// kept when it was answered, is read whole once.
func (r *Room) Figures(ctx context.Context, t akhra.Tenant) ([]akhra.Figures, error) {
	f, kept, err := r.figures(ctx, t)
	if err != nil || f == nil {
		return kept, err
	}
	return f.all(), nil
}

// FiguresOf is what one person's answers in a project add up to.
func (r *Room) FiguresOf(ctx context.Context, t akhra.Tenant, annotator akhra.UserID) (akhra.Figures, error) {
	f, kept, err := r.figures(ctx, t)
	if err != nil {
		return akhra.Figures{}, err
	}
	if f != nil {
		return f.of(annotator), nil
	}
	for _, one := range kept {
		if one.Annotator == annotator {
			return one, nil
		}
	}
	return akhra.Figures{Annotator: annotator}, nil
}

// figures gives those in memory, or, of a project that had no event since the
// start, those that are stored.
func (r *Room) figures(ctx context.Context, t akhra.Tenant) (*figures, []akhra.Figures, error) {
	h := r.held(t)
	if f := h.figures.Load(); f != nil {
		return f, nil, nil
	}
	kept, err := r.store.Figures(ctx, t)
	if err != nil {
		return nil, nil, fmt.Errorf("read people's figures: %w", err)
	}
	if said, err := r.answered(ctx, t); len(kept) > 0 || !said || err != nil {
		return nil, kept, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	err = r.wake(ctx, h)
	return h.figures.Load(), nil, err
}

// answered tells whether anybody said anything in a project.
func (r *Room) answered(ctx context.Context, t akhra.Tenant) (bool, error) {
	err := r.store.Standing(ctx, t, func(akhra.Annotation) error { return errSome })
	if errors.Is(err, errSome) {
		return true, nil
	}
	return false, err
}

// errSome ends the reading of answers at the first.
var errSome = errors.New("there are answers")

// wake reads a project that is not in memory.
func (r *Room) wake(ctx context.Context, h *held) error {
	if h.project != nil {
		return nil
	}
	p, err := r.read(ctx, h.tenant)
	if err == nil {
		h.project = p
		h.figures.Store(p.figures)
	}
	return err
}
