package propose

import (
	"context"
	"fmt"
	"sync"

	"akhra.dev/akhra"
)

// Room says what of the model is shown. It is safe for concurrent use.
type Room struct {
	store Store
	model Model

	mu       sync.Mutex
	projects map[akhra.Tenant]*project
}

// project is what the room remembers of one project; all of it can be read again.
type project struct {
	mu       sync.Mutex
	stale    bool // answers came since it was read
	unread   bool // its rules are not those of now
	settings akhra.Settings
	seen     akhra.Seq // blind answers up to here are in blind
	blind    map[akhra.ClassID][]bool
	plants   []akhra.Plant
	report   Report
}

// New makes the room over a store and the model's say.
func New(store Store, model Model) *Room {
	return &Room{store: store, model: model, projects: map[akhra.Tenant]*project{}}
}

func (r *Room) project(t akhra.Tenant) *project {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.projects[t]
	if !ok {
		p = &project{stale: true, unread: true, blind: map[akhra.ClassID][]bool{}}
		r.projects[t] = p
	}
	return p
}

// Notice hears of events: what they changed is read when next needed.
func (r *Room) Notice(events []akhra.Event) {
	for _, e := range events {
		switch e.Kind {
		case akhra.EventAnswerStored, akhra.EventProjectChanged, akhra.EventLabelsChanged:
			p := r.project(akhra.Tenant{Org: e.Org, Project: e.Project})
			p.mu.Lock()
			p.stale, p.unread = true, p.unread || e.Kind != akhra.EventAnswerStored
			p.mu.Unlock()
		}
	}
}

// fresh returns a project as the store has it, locked. Cost: the blind answers
// since the last time, and the newest wrong proposals.
func (r *Room) fresh(ctx context.Context, t akhra.Tenant) (*project, error) {
	p := r.project(t)
	p.mu.Lock()
	if !p.stale {
		return p, nil
	}
	if err := r.read(ctx, t, p); err != nil {
		p.mu.Unlock()
		return nil, err
	}
	return p, nil
}

func (r *Room) read(ctx context.Context, t akhra.Tenant, p *project) error {
	if p.unread {
		its, labels, err := r.store.Project(ctx, t)
		if err != nil {
			return fmt.Errorf("read the project's rules: %w", err)
		}
		p.settings, p.report.Classes = its.Settings, nil
		for _, c := range labels.Classes {
			if !c.Deleted {
				p.report.Classes = append(p.report.Classes, ClassReport{Class: c.ID})
			}
		}
	}
	err := r.store.BlindProposals(ctx, t, p.seen, func(b akhra.Blind) error {
		recent := append(p.blind[b.Thought], b.Said == b.Thought)
		p.blind[b.Thought], p.seen = recent[max(0, len(recent)-akhra.ProposeRecent):], b.Seq
		return nil
	})
	if err != nil {
		return fmt.Errorf("read blind answers: %w", err)
	}
	if p.plants, err = r.store.Plants(ctx, t); err != nil {
		return fmt.Errorf("read wrong proposals: %w", err)
	}
	p.weigh()
	p.stale, p.unread = false, false
	return nil
}
