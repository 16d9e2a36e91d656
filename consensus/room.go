package consensus

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"akhra.dev/akhra"
)

// Room keeps the posteriors of every project that has answers. It follows one
// log and is not safe for concurrent use.
type Room struct {
	store    Store
	log      *slog.Logger
	projects map[akhra.Tenant]*project
}

// New makes the room over a store.
func New(store Store, log *slog.Logger) *Room {
	return &Room{store: store, log: log, projects: map[akhra.Tenant]*project{}}
}

// Apply takes in events of one organisation, in the order of the log, and
// stores what they change. Applying an event twice changes nothing: the second
// time finds the answer there. Cost per answer: one posterior; with a new
// model, or a tenth more answers, a fit over all answers of the project.
func (r *Room) Apply(ctx context.Context, events []akhra.Event) error {
	touched := map[akhra.Tenant]*project{}
	for _, e := range events {
		p, err := r.take(ctx, e)
		if err != nil {
			r.forget(touched)
			return err
		}
		if p != nil {
			touched[p.tenant] = p
		}
	}
	for _, p := range touched {
		if err := r.settle(ctx, p); err != nil {
			r.forget(touched)
			return err
		}
	}
	return nil
}

// forget drops what is known of projects; the next event reads it again.
func (r *Room) forget(projects map[akhra.Tenant]*project) {
	for t := range projects {
		delete(r.projects, t)
	}
}

// take applies one event and returns the project it changed, nil for none.
func (r *Room) take(ctx context.Context, e akhra.Event) (*project, error) {
	t := akhra.Tenant{Org: e.Org, Project: e.Project}
	switch e.Kind {
	case akhra.EventAnswerStored:
		p, err := r.project(ctx, t)
		if err != nil {
			return nil, err
		}
		return p, p.answer(e)
	case akhra.EventModelSwapped:
		p, err := r.project(ctx, t)
		if err != nil {
			return nil, err
		}
		return p, r.readModel(ctx, p)
	case akhra.EventLabelsChanged, akhra.EventProjectChanged:
		delete(r.projects, t)
		return r.project(ctx, t)
	}
	return nil, nil
}

// project returns what is known of a project, read from the store the first
// time.
func (r *Room) project(ctx context.Context, t akhra.Tenant) (*project, error) {
	if p, ok := r.projects[t]; ok {
		return p, nil
	}
	row, labels, err := r.store.Project(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read project: %w", err)
	}
	p := newProject(t, row.Settings, labels)
	err = r.store.Standing(ctx, t, func(a akhra.Annotation) error { p.add(a); return nil })
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	err = r.store.AllConsensus(ctx, t, func(c akhra.Consensus) error { p.remember(&c); return nil })
	if err != nil {
		return nil, fmt.Errorf("read posteriors: %w", err)
	}
	if err := r.readModel(ctx, p); err != nil {
		return nil, err
	}
	p.due = true
	r.projects[t] = p
	return p, nil
}

// readModel takes over the newest model's out-of-fold say.
func (r *Room) readModel(ctx context.Context, p *project) error {
	m, err := r.store.Model(ctx, p.tenant)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	if m.Version == p.model || m.LabelSet != p.version {
		return nil
	}
	said := map[akhra.ItemID][]float64{}
	err = r.store.OutOfFold(ctx, p.tenant, m.Version, func(q akhra.Prediction) error {
		if len(q.Probabilities) == len(p.classes) {
			said[q.Item] = q.Probabilities
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read out-of-fold probabilities: %w", err)
	}
	p.model, p.due = m.Version, true
	for i := range p.tasks {
		p.tasks[i].prior = said[p.tasks[i].item]
	}
	return nil
}

// settle fits anew when that is due, and stores what has changed.
func (r *Room) settle(ctx context.Context, p *project) error {
	if p.due || p.grown() {
		fit, err := p.fit()
		if err != nil {
			return fmt.Errorf("infer truth: %w", err)
		}
		if fit.collapsed {
			r.log.Warn("posteriors collapsed to one class: the majority is used", "project", p.tenant.Project)
		}
		if skills := p.changedSkills(fit); len(skills) > 0 {
			if err := r.store.PutSkills(ctx, p.tenant, skills); err != nil {
				return fmt.Errorf("store skills: %w", err)
			}
		}
	}
	return r.write(ctx, p)
}

// maxWrite is how many rows one transaction stores, so that answers that
// arrive meanwhile do not wait.
const maxWrite = 100

func (r *Room) write(ctx context.Context, p *project) error {
	var rows []akhra.Consensus
	put := func() error {
		if len(rows) == 0 {
			return nil
		}
		if err := r.store.PutConsensus(ctx, p.tenant, rows); err != nil {
			return fmt.Errorf("store posteriors: %w", err)
		}
		for i := range rows {
			p.remember(&rows[i])
		}
		rows = rows[:0]
		return nil
	}
	for c := range p.changed() {
		if rows = append(rows, c); len(rows) < maxWrite {
			continue
		}
		if err := put(); err != nil {
			return err
		}
	}
	return put()
}

// answer applies an answer.stored event.
func (p *project) answer(e akhra.Event) error {
	if e.Seq <= p.seen {
		return nil // read with the standing answers
	}
	var body struct {
		akhra.Annotation
		Annotator akhra.UserID `json:"annotator"`
		Item      akhra.ItemID `json:"item"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read answer event %d: %w", e.Seq, err)
	}
	a := body.Annotation
	a.Annotator, a.Item, a.Seq = body.Annotator, body.Item, e.Seq
	p.add(a)
	return nil
}
