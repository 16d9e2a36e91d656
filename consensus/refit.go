package consensus

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"akhra.dev/akhra"
)

// When a project without a new model is fitted again: soon while it is small
// and a fit costs milliseconds, later as docs/TRUTH.md 4 says.
const (
	leastAnswers = 20 // that make a first fit
	leastGrowth  = 10
	smallGrowth  = 0.05 // while that is fewer answers than muchGrowth
	muchGrowth   = 200
	growth       = 0.02
)

// grown tells whether enough new answers have come since the last fit.
func (p *project) grown() bool {
	fresh, fitted := float64(p.fresh), float64(p.fitted)
	return p.named >= leastAnswers && fresh >= min(max(leastGrowth, smallGrowth*fitted), max(muchGrowth, growth*fitted))
}

// Due tells whether [Room.Fit] has something to do.
func (r *Room) Due(t akhra.Tenant) bool { return r.peek(t, (*project).wantsFit) }

// Hurry makes a fit due if anything was said since the last one, and tells so:
// when nobody answers there is time for it, and what was believed of people
// before the last answers may have ended the asking too soon.
func (r *Room) Hurry(t akhra.Tenant) bool {
	return r.peek(t, func(p *project) bool {
		if p.fresh == 0 || p.named < leastAnswers {
			return false
		}
		p.due = true
		return true
	})
}

// peek asks a project that is in memory; false for one that is not.
func (r *Room) peek(t akhra.Tenant, ask func(*project) bool) bool {
	r.mu.Lock()
	h := r.projects[t]
	r.mu.Unlock()
	if h == nil {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.project != nil && ask(h.project)
}

// wantsFit tells whether a fit is due or under way, or tasks are left to be
// judged after one.
func (p *project) wantsFit() bool { return p.due || p.grown() || p.busy || p.all }

// Fit estimates the annotators and the truth of a project together, from all
// answers, if that is due, and stores what has changed. It works beside Apply:
// the project is held only while its answers are copied out, while the result
// is taken over with the answers that came meanwhile, and for some tasks at a
// time while they are judged. A fit that was overtaken by new rules is dropped.
func (r *Room) Fit(ctx context.Context, t akhra.Tenant) error {
	h := r.held(t)
	h.fitting.Lock()
	defer h.fitting.Unlock()
	if err := r.refit(ctx, h); err != nil {
		return err
	}
	return r.sweep(ctx, h)
}

// refit does the fit itself. What fails stays due.
func (r *Room) refit(ctx context.Context, h *held) (err error) {
	p, model := h.begin()
	if p == nil {
		return nil
	}
	defer func() {
		if err != nil {
			h.mu.Lock()
			p.due, p.busy, p.since = true, false, nil
			h.mu.Unlock()
		}
	}()
	said, err := r.newest(ctx, p.tenant, p.version, len(p.classes), model)
	if err != nil {
		return err
	}
	accepts, err := r.accepted(ctx, p.tenant)
	if err != nil {
		return err
	}
	h.mu.Lock()
	p.accepts = accepts
	s := p.snapshot(said)
	h.mu.Unlock()
	f, err := s.fit()
	if err != nil {
		return fmt.Errorf("infer truth: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.project != p {
		return nil // overtaken
	}
	return r.adopt(ctx, p, s, f)
}

// begin returns a project that wants a fit, nil when it does not, and the
// version of the model it has heard.
func (h *held) begin() (*project, int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.project
	if p == nil || !p.due && !p.grown() {
		return nil, 0
	}
	p.due, p.busy = false, true
	return p, p.model
}

// adopt takes a fit over, tells it what has happened since its snapshot, and
// stores what is newly known of the annotators.
func (r *Room) adopt(ctx context.Context, p *project, s *snapshot, f fitted) error {
	p.judges, p.model = f.judges, s.model
	p.fix()
	for i, prior := range s.priors {
		p.tasks[i].prior = prior
	}
	for _, i := range slices.Sorted(maps.Keys(p.since)) {
		p.judges.move(i, &p.tasks[i], p.since[i], p.said(nil, i))
	}
	p.since, p.busy, p.all, p.swept = nil, false, true, 0
	for _, n := range f.notices {
		if !slices.Contains(p.notices, n) {
			r.log.Warn(noticeWords[n], "project", p.tenant.Project)
		}
	}
	p.notices = f.notices
	skills := p.changedSkills(f)
	if len(skills) == 0 {
		return nil
	}
	if err := r.store.PutSkills(ctx, p.tenant, skills); err != nil {
		return fmt.Errorf("store skills: %w", err)
	}
	return nil
}

// sweepStep is how many tasks are judged at most while a project is held.
const sweepStep = 4096

// sweep judges every task after a fit, some at a time.
func (r *Room) sweep(ctx context.Context, h *held) error {
	for {
		if left, err := r.sweepSome(ctx, h); err != nil || !left {
			return err
		}
	}
}

// sweepSome tells the log when the last task is judged.
func (r *Room) sweepSome(ctx context.Context, h *held) (left bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.project
	if p == nil || !p.all {
		return false, nil
	}
	rows, at := p.judgeSome()
	if err := r.put(ctx, p, rows); err != nil {
		return false, err
	}
	if at == len(p.tasks) {
		_, err := r.store.Append(ctx, akhra.Event{Org: p.tenant.Org, Project: p.tenant.Project, Kind: akhra.EventFitted, Subject: string(p.tenant.Project)})
		if err != nil {
			return false, fmt.Errorf("tell of a fit: %w", err)
		}
	}
	p.swept, p.all = at, at < len(p.tasks)
	h.left(h.owed)
	return p.all, nil
}

// judgeSome judges the next tasks of a sweep; it gives the rows that the store
// does not have, at most maxWrite, and where the sweep goes on.
func (p *project) judgeSome() (rows []akhra.Consensus, at int) {
	for at = p.swept; at < min(p.swept+sweepStep, len(p.tasks)) && len(rows) < maxWrite; at++ {
		if c := p.judge(at); !p.tasks[at].kept.tells(&c) {
			rows = append(rows, c)
		}
	}
	return rows, at
}
