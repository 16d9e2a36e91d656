package loop

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
)

// project is the learner's memory of one project. mu guards every field;
// training and embedding copy what they need and work without it.
type project struct {
	tenant   akhra.Tenant
	training sync.Mutex // one retrain at a time
	vectors  sync.Mutex // one embedding run at a time

	mu       sync.Mutex
	loaded   bool
	settings akhra.Settings
	labels   akhra.LabelSet
	classes  []akhra.ClassID // live, in order
	classAt  map[akhra.ClassID]int

	items   []*item // by order of arrival
	at      map[akhra.ItemID]*item
	byTask  map[akhra.TaskID]*item
	late    map[akhra.ItemID][]akhra.Annotation // answers that came before their picture was read
	behind  bool                                // pictures or tasks were added since they were read
	recall  bool                                // every posterior may have changed
	pending []*item                             // their posterior changed since it was read

	recipe   *embed.Recipe
	blob     string // hash of the recipe
	version  int64  // of the recipe
	fittedOn int

	model  taught
	curve  []akhra.CurvePoint
	blinds []akhra.Blind
	blind  map[akhra.Seq]bool

	answers int       // standing answers that name a class
	fresh   int       // answers since the last retrain began
	seen    akhra.Seq // answers were applied up to here
	busy    bool      // a retrain is under way
}

// load reads a project from the store the first time it is needed.
func (r *Room) load(ctx context.Context, p *project) error {
	if p.loaded {
		return nil
	}
	if err := r.readRules(ctx, p); err != nil {
		return err
	}
	p.pending = nil
	p.items, p.at, p.byTask = nil, map[akhra.ItemID]*item{}, map[akhra.TaskID]*item{}
	p.late = map[akhra.ItemID][]akhra.Annotation{}
	if err := r.readItems(ctx, p); err != nil {
		return err
	}
	p.answers = 0
	if err := r.store.Standing(ctx, p.tenant, func(a akhra.Annotation) error { p.answer(a); return nil }); err != nil {
		return fmt.Errorf("read standing answers: %w", err)
	}
	p.fresh = 0
	p.recall = true
	if err := r.readVectors(ctx, p); err != nil {
		return err
	}
	if err := r.readModel(ctx, p); err != nil {
		return err
	}
	p.loaded = true
	return nil
}

func (r *Room) readRules(ctx context.Context, p *project) error {
	project, labels, err := r.store.Project(ctx, p.tenant)
	if err != nil {
		return fmt.Errorf("read project: %w", err)
	}
	p.settings, p.labels = project.Settings, labels
	p.classes, p.classAt = nil, map[akhra.ClassID]int{}
	for _, c := range labels.Classes {
		if !c.Deleted {
			p.classAt[c.ID] = len(p.classes)
			p.classes = append(p.classes, c.ID)
		}
	}
	return nil
}

const itemPage = 2000

// readItems reads the pictures that are new since the last time, and the
// tasks when a picture lacks one.
func (r *Room) readItems(ctx context.Context, p *project) error {
	last := int64(0)
	if n := len(p.items); n > 0 {
		last = p.items[n-1].seq
	}
	for {
		page, err := r.store.Items(ctx, p.tenant, last, itemPage)
		if err != nil {
			return fmt.Errorf("read items: %w", err)
		}
		for _, i := range page {
			it := &item{id: i.ID, seq: i.Seq, thumb: i.Thumb, round: -1}
			p.items = append(p.items, it)
			p.at[i.ID] = it
			last = i.Seq
		}
		if len(page) < itemPage {
			break
		}
	}
	err := r.store.Tasks(ctx, p.tenant, func(task akhra.Task) error {
		p.byTask[task.ID] = p.at[task.Item]
		if it := p.at[task.Item]; it != nil && task.Round >= it.round {
			it.task, it.round, it.audit = task.ID, task.Round, task.Purpose == akhra.ForAudit
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read tasks: %w", err)
	}
	p.behind = false
	for id, waiting := range p.late {
		if p.at[id] == nil {
			continue
		}
		delete(p.late, id)
		for _, a := range waiting {
			p.answer(a)
		}
	}
	return nil
}

// answer applies one answer to the memory and tells whether it was new.
func (p *project) answer(a akhra.Annotation) bool {
	it := p.at[a.Item]
	if it == nil {
		p.late[a.Item] = append(p.late[a.Item], a)
		return false
	}
	class := unsure
	if a.Answer == akhra.AnswerClass {
		k, live := p.classAt[a.Class]
		if !live {
			return false // the class is gone, and with it what the answer said
		}
		class = k
	}
	before := it.named()
	fresh := it.add(a, class)
	p.answers += it.named() - before
	p.seen = max(p.seen, a.Seq)
	if fresh {
		p.fresh++
	}
	if fresh && !it.touched {
		it.touched = true
		p.pending = append(p.pending, it)
	}
	return fresh
}

// refresh reads the posteriors that may have changed.
func (r *Room) refresh(ctx context.Context, p *project) error {
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			return err
		}
	}
	if p.recall || len(p.pending) > recallFrom {
		return r.recallAll(ctx, p)
	}
	for _, it := range p.pending {
		c, err := r.store.Consensus(ctx, p.tenant, it.task)
		if akhra.CodeOf(err) == akhra.NotFound {
			continue
		}
		if err != nil {
			return fmt.Errorf("read consensus: %w", err)
		}
		p.believe(it, c)
	}
	p.settle()
	return nil
}

// settle keeps the items pending whose posterior is older than their answers.
func (p *project) settle() {
	p.pending = slices.DeleteFunc(p.pending, func(it *item) bool { return !it.touched })
}

// recallFrom is how many changed posteriors make reading all of them cheaper.
const recallFrom = 1000

func (r *Room) recallAll(ctx context.Context, p *project) error {
	err := r.store.AllConsensus(ctx, p.tenant, func(c akhra.Consensus) error {
		if it := p.byTask[c.Task]; it != nil && it.task == c.Task {
			p.believe(it, c)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read posteriors: %w", err)
	}
	p.recall = false
	p.settle()
	return nil
}

// believe takes over a consensus, unless it is older than the answers known.
func (p *project) believe(it *item, c akhra.Consensus) {
	if c.Answers < it.named() {
		return
	}
	truth := &posterior{class: -1, tempered: c.Tempered, state: c.State}
	if k, ok := p.classAt[c.Class]; ok {
		truth.class = k
		truth.z = c.Posterior
		if first, _, _, _ := top(c.Posterior); len(c.Posterior) != len(p.classes) || c.Version != p.labels.Version && first != k {
			truth.z = make([]float64, len(p.classes))
			truth.z[k] = 1
		}
	}
	it.truth, it.touched = truth, false
}
