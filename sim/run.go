package sim

import (
	"context"
	"fmt"
	"time"

	"akhra.dev/akhra"
)

const (
	batchShare = 0.02 // of the pool, per round
	leaseMost  = 100
	answerTime = 3 * time.Second
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
	r := Result{Items: len(d.pool), Classes: len(d.classes), Seed: o.Seed, Embedder: o.Embedder, Strategy: o.Strategy,
		Rungs: rungs[o.Strategy], Points: []Point{}, Target: o.Target, Delta: o.Delta}
	if err := w.replay(ctx, &r); err != nil {
		return Result{}, err
	}
	r.Seconds = o.Wall().Sub(start).Seconds()
	return r, nil
}

// replay asks in rounds: people take turns, then the engine drains.
func (w *world) replay(ctx context.Context, r *Result) error {
	if err := w.engine.Drain(ctx); err != nil {
		return err
	}
	batch, total := max(1, int(batchShare*float64(len(w.data.pool)))), 0
	for round := 0; ; round++ {
		n, err := w.round(ctx, round, batch)
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		total += n
		if err := w.engine.Drain(ctx); err != nil {
			return err
		}
		p, err := w.score(ctx, total)
		if err != nil {
			return err
		}
		r.Points = append(r.Points, p)
		if r.ReachedAt == nil && r.Target > 0 && p.LabelAccuracy >= r.Target {
			at := p.AnswersPerItem
			r.ReachedAt, r.ReachedAtL = &at, &at
		}
		if w.o.Progress != nil {
			w.o.Progress(total, len(w.data.pool))
		}
	}
}

// round lets people answer about a batch in all, starting with whose turn it
// is; it returns how many answers were given.
func (w *world) round(ctx context.Context, round, batch int) (int, error) {
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
	answers := make([]akhra.Annotation, 0, len(tasks))
	for _, task := range tasks {
		w.clock.advance(answerTime)
		answer := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: task.ID, Task: task.Task,
			Answer: akhra.AnswerClass, TookMillis: answerTime.Milliseconds()}
		k := w.says(w.at[task.Item])
		if answer.Class = w.class(max(0, k)); k < 0 {
			answer.Answer, answer.Class = akhra.AnswerNotSure, "" // its recorded answers are used up
		}
		answers = append(answers, answer)
	}
	if len(answers) == 0 {
		return 0, nil
	}
	verdicts, err := w.db.Submit(ctx, w.tenant, who, answers)
	if err != nil {
		return 0, fmt.Errorf("submit answers: %w", err)
	}
	for _, v := range verdicts {
		if v.Outcome == akhra.Refused {
			return 0, fmt.Errorf("an answer was refused: %w", v.Problem)
		}
	}
	return len(answers), nil
}

// says is the next answer to a picture, -1 when none is left.
func (w *world) says(i int) int {
	p := &w.data.pool[i]
	turn := w.given[i]
	w.given[i]++
	switch {
	case w.data.recorded && turn < len(p.answers):
		return p.answers[turn].class
	case w.data.recorded:
		return -1
	case w.o.Noisy && w.dice.Float64() < w.o.Noise:
		return (p.truth + 1 + w.dice.IntN(len(w.data.classes)-1)) % len(w.data.classes)
	}
	return p.truth
}
