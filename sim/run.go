package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"akhra.dev/akhra"
)

const (
	batchShare = 0.02 // of the pool, per round
	leaseMost  = 100
	answerTime = 3 * time.Second
	leaseTime  = akhra.DefaultLeaseMin * time.Minute
)

// Run simulates until nothing is left to ask and returns a point per round.
// Same options and files: the same result, Seconds apart.
func Run(ctx context.Context, o Options) (Result, error) {
	if err := o.fill(); err != nil {
		return Result{}, err
	}
	start := o.Wall()
	d, err := read(o)
	if err != nil {
		return Result{}, err
	}
	if len(d.pool) == 0 {
		return Result{}, akhra.InvalidField("labels", "No picture is left to ask about.")
	}
	w, err := newWorld(ctx, o, d)
	if err != nil {
		return Result{}, err
	}
	defer w.close()
	rungs, err := akhra.ParseStrategy(o.Strategy)
	if err != nil {
		return Result{}, err
	}
	r := Result{Items: len(d.pool), Classes: len(d.classes), Seed: o.Seed, Embedder: o.Embedder, Strategy: o.Strategy,
		Rungs: rungs, Points: []Point{}, Target: o.Target, Delta: o.Delta, Majority: d.majorities()}
	if w.noise != nil {
		r.Majority = d.imagine(w.noise, len(w.people), rand.New(rand.NewPCG(o.Seed, 3)))
	}
	if err := w.replay(ctx, &r); err != nil {
		return Result{}, err
	}
	if o.Propose {
		r.Proposals = &w.proposals
	}
	r.Seconds = o.Wall().Sub(start).Seconds()
	return r, nil
}

// replay asks in rounds: people take turns, then the engine drains.
func (w *world) replay(ctx context.Context, r *Result) error {
	if err := w.engine.Drain(ctx); err != nil {
		return err
	}
	if err := w.findAudit(ctx); err != nil {
		return err
	}
	batch, total := max(1, int(batchShare*float64(len(w.data.pool)))), 0
	for round := 0; ; round++ {
		n, err := w.round(ctx, round, batch)
		if err != nil {
			return err
		}
		if n == 0 {
			if on, err := w.end(ctx, r, total); err != nil || !on {
				return err
			}
			continue
		}
		if w.o.Most > 0 && float64(total) >= w.o.Most*float64(len(w.data.pool)) {
			return nil
		}
		total += n
		if err := w.engine.Drain(ctx); err != nil {
			return err
		}
		if err := w.adjudicate(ctx); err != nil {
			return err
		}
		p, err := w.score(ctx, total)
		if err != nil {
			return err
		}
		r.Points = append(r.Points, p)
		if r.ReachedAt == nil && r.Target > 0 && p.LabelAccuracy >= r.Target {
			r.ReachedAt = &p.AnswersPerItem
		}
		if r.ReachedAtL == nil && r.Target > 0 && p.LoopLabelAccuracy >= r.Target {
			r.ReachedAtL = &p.LoopAnswersPerItem
			if w.delivered {
				return nil
			}
		}
		if w.o.Progress != nil {
			w.o.Progress(total, len(w.data.pool))
		}
	}
}

// round lets people answer about a batch in all, starting with whose turn it
// is; it returns how many answers were given.
func (w *world) round(ctx context.Context, round, batch int) (int, error) {
	if w.data.byName() {
		return w.recall(ctx, batch)
	}
	given := 0
	for turn := 0; turn < len(w.people) && given < batch; turn++ {
		who := w.people[(round+turn)%len(w.people)]
		for given < batch {
			n, err := w.answer(ctx, who, min(leaseMost, batch-given))
			if err != nil {
				return given, err
			}
			if n == 0 {
				break
			}
			given += n
		}
	}
	return given, nil
}

// answer lets one person lease tasks and answer them in one go.
func (w *world) answer(ctx context.Context, who akhra.UserID, n int) (int, error) {
	tasks, err := w.engine.Queue.Lease(ctx, w.tenant, who, n)
	if err != nil {
		return 0, err
	}
	person := slices.Index(w.people, who)
	return len(tasks), w.submit(ctx, who, tasks, func(i int) int { return w.says(person, i) })
}

// submit answers leased tasks as say tells, -1 for no class.
func (w *world) submit(ctx context.Context, who akhra.UserID, tasks []akhra.Assignment, say func(i int) int) error {
	answers := make([]akhra.Annotation, 0, len(tasks))
	for _, task := range tasks {
		w.clock.advance(answerTime)
		answer := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: task.ID, Task: task.Task,
			Answer: akhra.AnswerClass, TookMillis: answerTime.Milliseconds()}
		k := w.shown(task.Proposal, say(w.at[task.Item]))
		if answer.Class = w.class(max(0, k)); k < 0 {
			answer.Answer, answer.Class = akhra.AnswerNotSure, "" // its recorded answers are used up
		}
		answers = append(answers, answer)
		if w.audit[w.at[task.Item]] {
			w.audited++
		}
	}
	if len(answers) == 0 {
		return nil
	}
	verdicts, err := w.db.Submit(ctx, w.tenant, who, answers)
	if err != nil {
		return fmt.Errorf("submit answers: %w", err)
	}
	for _, v := range verdicts {
		if v.Outcome == akhra.Refused {
			return fmt.Errorf("an answer was refused: %w", v.Problem)
		}
	}
	return nil
}

// shown is what somebody answers who sees a proposal and would say k by
// herself.
func (w *world) shown(p *akhra.Proposal, k int) int {
	if p == nil || !p.Shown || k < 0 {
		return k
	}
	w.proposals.Shown++
	if p.Class == w.class(k) {
		return k
	}
	w.proposals.Wrong++
	if w.dice.Float64() >= w.o.Echo {
		return k
	}
	w.proposals.Accepted++
	k = 0
	for p.Class != w.class(k) {
		k++
	}
	return k
}

// says is a person's answer to a picture, -1 when no recorded one is left.
func (w *world) says(person, i int) int {
	p := &w.data.pool[i]
	turn := w.given[i]
	w.given[i]++
	switch {
	case w.data.recorded && turn < len(p.answers):
		return p.answers[turn].class
	case w.data.recorded:
		return -1
	case w.noise != nil:
		return w.noise.say(w.dice, person, p.truth, len(w.data.classes))
	}
	return p.truth
}
