package loop

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/learn"
)

// project is the learner's memory of one project. mu guards every field;
// training and embedding copy what they need and work without it.
type project struct {
	tenant   akhra.Tenant
	training sync.Mutex // one retrain at a time

	mu       sync.Mutex
	loaded   bool
	settings akhra.Settings
	rungs    akhra.Rungs
	labels   akhra.LabelSet
	classes  []akhra.ClassID // live, in order
	classAt  map[akhra.ClassID]int

	items   []*item // by order of arrival
	last    int64   // place of the last picture that was read
	at      map[akhra.ItemID]*item
	byTask  map[akhra.TaskID]*item
	batches map[akhra.BatchID]*akhra.Batch
	removed map[akhra.ItemID]bool
	late    map[akhra.ItemID][]akhra.Annotation // answers that came before their picture was read
	behind  bool                                // pictures or tasks were added since they were read
	recall  bool                                // every posterior may have changed
	retold  bool                                // pending holds more than the last answers: it is worth reading
	pending []*item                             // their posterior changed since it was read

	recipe   *embed.Recipe
	blob     string // hash of the recipe
	version  int64  // of the recipe
	fittedOn int

	promise akhra.PromiseState // of the newest promise, "" without one

	model   taught
	start   start
	groups  groups
	weights weights
	curve   []akhra.CurvePoint
	blinds  []akhra.Blind
	blind   map[akhra.Seq]bool

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
	p.items, p.last, p.at, p.byTask, p.removed = nil, 0, map[akhra.ItemID]*item{}, map[akhra.TaskID]*item{}, map[akhra.ItemID]bool{}
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
	p.groups, p.start, p.weights = groups{}, start{}, strangers()
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
	p.settings, p.rungs, p.labels = project.Settings, project.Settings.Rungs(), labels
	p.classes, p.classAt = labels.Live(), labels.Places()
	return nil
}

const itemPage = 2000

// readItems reads the pictures that are new since the last time, and the
// tasks when a picture lacks one.
func (r *Room) readItems(ctx context.Context, p *project) error {
	if len(p.items) > len(p.at) {
		p.prune()
	}
	if err := r.readBatches(ctx, p); err != nil {
		return err
	}
	last := p.last
	for {
		page, err := r.store.Items(ctx, p.tenant, last, itemPage)
		if err != nil {
			return fmt.Errorf("read items: %w", err)
		}
		for _, i := range page {
			last, p.last = i.Seq, i.Seq
			if i.Removed > 0 {
				p.removed[i.ID] = true
				continue
			}
			it := &item{id: i.ID, seq: i.Seq, thumb: i.Thumb, picture: i.Variants[0], round: -1, batch: p.batch(i.Batch)}
			p.items = append(p.items, it)
			p.at[i.ID] = it
		}
		if len(page) < itemPage {
			break
		}
	}
	err := r.store.Tasks(ctx, p.tenant, func(task akhra.Task) error {
		if it := p.at[task.Item]; it != nil {
			p.ask(it, task)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read tasks: %w", err)
	}
	if err := r.readPromise(ctx, p); err != nil {
		return err
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

// answer applies one answer to the memory and tells whether it was new. One of
// an earlier round than the picture's newest is history.
func (p *project) answer(a akhra.Annotation) bool {
	it := p.at[a.Item]
	if it == nil && p.removed[a.Item] {
		return false
	}
	if it == nil {
		p.late[a.Item] = append(p.late[a.Item], a)
		return false
	}
	if p.byTask[a.Task] == it && a.Task != it.task {
		return false
	}
	class := unsure
	if a.Answer == akhra.AnswerClass && !a.Fooled() {
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
	if fresh {
		p.wait(it)
		it.touched = true
	}
	return fresh
}

// wait has the posterior of an item read before it is next needed.
func (p *project) wait(it *item) {
	if !it.touched && !it.retold {
		p.pending = append(p.pending, it)
	}
}

// retell notes the posteriors that a consensus.changed event names. Those of
// new answers wait for the next fit, or until too few tasks are known to want
// an answer: reading each at once would cost as much as the answers.
func (p *project) retell(e akhra.Event) error {
	var body struct {
		Tasks []akhra.TaskID `json:"tasks"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read consensus event %d: %w", e.Seq, err)
	}
	if len(body.Tasks) == 0 {
		p.recall = true // too many to be named
	}
	for _, id := range body.Tasks {
		if it := p.byTask[id]; it != nil && it.task == id && !it.touched {
			p.wait(it)
			it.retold, p.retold = true, true
		}
	}
	return nil
}

// refresh reads the posteriors that may have changed.
func (r *Room) refresh(ctx context.Context, p *project) error {
	p.retold = false
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			return err
		}
	}
	if p.recall || len(p.pending) > max(recallFrom, len(p.items)/recallShare) {
		return r.recallAll(ctx, p)
	}
	tasks := make([]akhra.TaskID, len(p.pending))
	for i, it := range p.pending {
		tasks[i] = it.task
	}
	return p.readPosteriors(func(fn func(akhra.Consensus) error) error { return r.store.Consensus(ctx, p.tenant, tasks, fn) })
}

// settle keeps the items pending whose posterior is older than their answers.
func (p *project) settle() {
	p.pending = slices.DeleteFunc(p.pending, func(it *item) bool { return !it.touched && !it.retold })
}

// How many changed posteriors make reading all of them cheaper: at least
// recallFrom, and one in recallShare of the pictures.
const (
	recallFrom  = 1000
	recallShare = 8
)

func (r *Room) recallAll(ctx context.Context, p *project) error {
	err := p.readPosteriors(func(fn func(akhra.Consensus) error) error { return r.store.AllConsensus(ctx, p.tenant, fn) })
	if err == nil {
		p.recall = false
	}
	return err
}

func (p *project) readPosteriors(stream func(func(akhra.Consensus) error) error) error {
	err := stream(func(c akhra.Consensus) error {
		if it := p.byTask[c.Task]; it != nil && it.task == c.Task {
			p.believe(it, c)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read posteriors: %w", err)
	}
	p.settle()
	return nil
}

// believe takes over a consensus, unless it is older than the answers known.
func (p *project) believe(it *item, c akhra.Consensus) {
	if it.retold = false; c.Answers < it.named() {
		return
	}
	truth := &posterior{class: -1, tempered: c.Tempered, state: c.State, wants: c.Wants, value: c.Value,
		decided: c.Method == akhra.MethodGold || c.Method == akhra.MethodReview}
	if k, ok := p.classAt[c.Class]; ok {
		truth.class = k
		truth.z = c.Posterior
		if first, _, _, _ := learn.Top(c.Posterior); len(c.Posterior) != len(p.classes) || c.Version != p.labels.Version && first != k {
			truth.z = make([]float64, len(p.classes))
			truth.z[k] = 1
		}
	}
	it.truth, it.touched = truth, false
}
