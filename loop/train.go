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
	run, err := r.begin(ctx, p)
	if err != nil || run == nil {
		return err
	}
	defer func() {
		p.mu.Lock()
		p.busy = false
		p.mu.Unlock()
	}()
	model, out, err := run.lesson.teach()
	if err != nil {
		return fmt.Errorf("teach project %s: %w", t.Project, err)
	}
	return r.swap(ctx, p, run, model, out)
}

// retrain is one run of Train: what it learns from and what it stands on.
type retrain struct {
	lesson lesson
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
	run.lesson, run.items = p.lesson()
	p.fresh = 0
	if !run.lesson.ready() {
		return nil, nil
	}
	p.busy = true
	return run, nil
}

// lesson collects the training rows: pictures with answers and a vector that
// are not audit pictures.
func (p *project) lesson() (lesson, []*item) {
	l := lesson{classes: len(p.classes), seed: p.settings.Seed, c: p.model.c}
	var items []*item
	for _, it := range p.items {
		if it.audit || it.vector == nil || it.named() == 0 {
			continue
		}
		class, weight := it.target(l.classes, p.settings.Cap)
		if class < 0 {
			continue
		}
		l.ids, l.rows = append(l.ids, string(it.id)), append(l.rows, it.vector)
		l.y, l.w, l.z = append(l.y, class), append(l.w, weight), append(l.z, it.soft(l.classes, p.settings.Cap))
		l.dim = len(it.vector)
		items = append(items, it)
	}
	if l.c == 0 {
		l.c = startC
	}
	l.choose = len(l.y) >= 2*max(coldAnswers, p.model.chosenAt)
	if p.model.recipe == p.version {
		copy(l.warm[:], append(append([]*learn.Head(nil), p.model.folds[:]...), p.model.head))
	}
	return l, items
}

// swap stores the model with its out-of-fold probabilities and takes it over,
// unless the ground it stands on changed.
func (r *Room) swap(ctx context.Context, p *project, run *retrain, m taught, out [][]float64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.loaded || p.labels.Version != run.labels || p.version != run.recipe {
		p.fresh += max(run.fresh, 1)
		return nil // overtaken
	}
	m.version, m.recipe = p.model.version+1, run.recipe
	m.chosenAt = p.model.chosenAt
	if run.lesson.choose {
		m.chosenAt = m.items
	}
	head, err := m.head.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	now := akhra.MillisOf(r.now())
	row := akhra.Model{Version: m.version, Head: head, Recipe: p.blob, LabelSet: run.labels, Temperature: m.temperature,
		Taught: m.items, Seq: run.seen, Created: now}
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

// adopt puts a model in force: pictures it was taught by keep their
// out-of-fold say, all others get the full head's.
func (p *project) adopt(m taught, items []*item, out [][]float64) {
	p.model = m
	taughtBy := make(map[*item]bool, len(items))
	for i, it := range items {
		taughtBy[it] = true
		it.hear(out[i])
	}
	var rest []*item
	for _, it := range p.items {
		if !taughtBy[it] && it.vector != nil {
			rest = append(rest, it)
		}
	}
	each(len(rest), func(i int) { rest[i].hear(m.probabilities(m.head, rest[i].vector)) })
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
	m := taught{version: row.Version, recipe: p.version, head: head, temperature: row.Temperature, items: row.Taught}
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
