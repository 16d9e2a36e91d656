package loop

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Train teaches a project anew by all its answers and swaps the model in. It
// works beside answering: the project is locked only while the lesson is
// copied out and while the result is taken over. A retrain that was overtaken
// (the classes or the recipe changed under it) is dropped. Too few answers
// are no error: nothing is stored.
func (r *Room) Train(ctx context.Context, t akhra.Tenant) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	p.mu.Unlock()
	p.training.Lock()
	defer p.training.Unlock()
	if err := r.regroup(ctx, p); err != nil {
		return err
	}
	run, err := r.begin(ctx, p)
	if err != nil || run == nil {
		return err
	}
	defer func() {
		p.mu.Lock()
		p.busy = false
		p.mu.Unlock()
	}()
	model, out, err := run.lesson.Teach()
	if err != nil {
		return fmt.Errorf("teach project %s: %w", t.Project, err)
	}
	return r.swap(ctx, p, run, model, out)
}

// retrain is one run of Train: what it learns from and what it stands on.
type retrain struct {
	lesson learn.Lesson
	items  []*item // of the lesson's rows
	labels int     // label set version
	recipe int64
	seen   akhra.Seq
	fresh  int
}

// begin copies the lesson out, nil when there is too little to learn from.
func (r *Room) begin(ctx context.Context, p *project) (*retrain, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := r.load(ctx, p); err != nil {
		return nil, err
	}
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	run := &retrain{labels: p.labels.Version, recipe: p.version, seen: p.seen, fresh: p.fresh}
	run.lesson, run.items = p.lesson(r.now())
	p.fresh = 0
	if !run.lesson.Ready() || !p.rungs.Has(akhra.RungModel) {
		return nil, nil
	}
	p.busy = true
	return run, nil
}

// swap stores the model with its out-of-fold probabilities and takes it over,
// unless the ground it stands on changed.
func (r *Room) swap(ctx context.Context, p *project, run *retrain, t learn.Taught, out [][]float64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.loaded || p.labels.Version != run.labels || p.version != run.recipe {
		p.fresh += max(run.fresh, 1)
		return nil // overtaken
	}
	m := taught{Taught: t, version: p.model.version + 1, recipe: run.recipe, wholeAt: p.model.wholeAt}
	if t.Whole {
		m.wholeAt = r.now()
	}
	head, err := m.Head.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	now := akhra.MillisOf(r.now())
	row := akhra.Model{Version: m.version, Head: head, Recipe: p.blob, LabelSet: run.labels, Temperature: m.Temperature,
		Taught: m.Rows, Seq: run.seen, Created: now}
	point := p.point(m.version, now)
	if err := r.store.SwapModel(ctx, p.tenant, row, predictions(run.items, m.version, out), &point); err != nil {
		return fmt.Errorf("swap model: %w", err)
	}
	p.curve = append(p.curve, point)
	p.adopt(m, run.items, out)
	return nil
}

func predictions(items []*item, version int64, out [][]float64) []akhra.Prediction {
	list := make([]akhra.Prediction, len(items))
	for i, it := range items {
		list[i] = akhra.Prediction{Item: it.id, Version: version, Probabilities: out[i], OutOfFold: true}
	}
	return list
}

// readModel takes the newest stored model back into force after a restart.
func (r *Room) readModel(ctx context.Context, p *project) error {
	var err error
	if p.curve, err = r.store.Curve(ctx, p.tenant); err != nil {
		return fmt.Errorf("read curve: %w", err)
	}
	if p.blinds, err = r.store.Blinds(ctx, p.tenant); err != nil {
		return fmt.Errorf("read blind answers: %w", err)
	}
	p.blind = map[akhra.Seq]bool{}
	for _, b := range p.blinds {
		p.blind[b.Seq] = true
	}
	row, err := r.store.Model(ctx, p.tenant)
	if akhra.CodeOf(err) == akhra.NotFound {
		p.fresh = p.answers
		return nil
	}
	if err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	p.model = taught{version: row.Version}
	if row.LabelSet != p.labels.Version || row.Recipe != p.blob {
		p.fresh = p.answers // it speaks of other classes or reads other vectors
		return nil
	}
	return r.revive(ctx, p, row)
}

func (r *Room) revive(ctx context.Context, p *project, row akhra.Model) error {
	head := new(learn.Head)
	if err := head.UnmarshalBinary(row.Head); err != nil {
		return fmt.Errorf("read head: %w", err)
	}
	m := taught{version: row.Version, recipe: p.version,
		Taught: learn.Taught{Head: head, Temperature: row.Temperature, Rows: row.Taught, Surest: p.surest()}}
	var items []*item
	var out [][]float64
	err := r.store.OutOfFold(ctx, p.tenant, row.Version, func(q akhra.Prediction) error {
		if it := p.at[q.Item]; it != nil && len(q.Probabilities) == len(p.classes) {
			items, out = append(items, it), append(out, q.Probabilities)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read out-of-fold probabilities: %w", err)
	}
	p.adopt(m, items, out)
	if p.seen > row.Seq {
		p.fresh = 1 // answers came after it; how many does not matter
	}
	return nil
}
