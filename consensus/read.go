package consensus

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// read takes a project from the store and fits it once, so that what it says
// stands on all answers. Cost: one pass over them and a fit.
func (r *Room) read(ctx context.Context, t akhra.Tenant) (*project, error) {
	row, labels, err := r.store.Project(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read project: %w", err)
	}
	p := newProject(t, row.Settings, labels)
	if err := r.readAudit(ctx, p); err != nil {
		return nil, err
	}
	if p.accepts, err = r.accepted(ctx, t); err != nil {
		return nil, err
	}
	if err := r.readOverlaps(ctx, p, 0); err != nil {
		return nil, err
	}
	if err := r.readFacts(ctx, p); err != nil {
		return nil, err
	}
	if err := r.countPilot(ctx, p); err != nil {
		return nil, err
	}
	said, err := r.newest(ctx, p.tenant, p.version, len(p.classes), 0)
	if err != nil {
		return nil, err
	}
	s := p.snapshot(said)
	f, err := s.fit()
	if err != nil {
		return nil, fmt.Errorf("infer truth: %w", err)
	}
	return p, r.adopt(ctx, p, s, f)
}

// readFacts reads what people said and what the store has made of it.
func (r *Room) readFacts(ctx context.Context, p *project) error {
	if err := r.store.Standing(ctx, p.tenant, func(a akhra.Annotation) error { p.add(a); return nil }); err != nil {
		return fmt.Errorf("read answers: %w", err)
	}
	err := r.store.Gold(ctx, p.tenant, func(g akhra.Gold) error { p.setGold(g.Task, g.Item, g.Class); return nil })
	if err != nil {
		return fmt.Errorf("read known answers: %w", err)
	}
	err = r.store.Reviews(ctx, p.tenant, func(v akhra.Review) error { p.setReview(v.Task, v.Item, v.Class); return nil })
	if err != nil {
		return fmt.Errorf("read reviews: %w", err)
	}
	err = r.store.AllConsensus(ctx, p.tenant, func(c akhra.Consensus) error { p.remember(&c); return nil })
	if err != nil {
		return fmt.Errorf("read posteriors: %w", err)
	}
	p.touched = map[int]struct{}{}
	return nil
}

// opinion is what a model says, out of fold, of the pictures it was taught by.
type opinion struct {
	version int64
	of      map[akhra.ItemID][]float64
}

// newest reads the say of the model in force, nil when it is the one that is
// known already or speaks of other classes.
func (r *Room) newest(ctx context.Context, t akhra.Tenant, labels, classes int, known int64) (*opinion, error) {
	m, err := r.store.Model(ctx, t)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	if m.Version == known || m.LabelSet != labels {
		return nil, nil
	}
	said := &opinion{version: m.Version, of: map[akhra.ItemID][]float64{}}
	err = r.store.OutOfFold(ctx, t, m.Version, func(q akhra.Prediction) error {
		if len(q.Probabilities) == classes {
			said.of[q.Item] = q.Probabilities
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read out-of-fold probabilities: %w", err)
	}
	return said, nil
}
