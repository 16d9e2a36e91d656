package sim

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// score reads the truth: how many of the pool's classes are right now, and how
// good the model is.
func (w *world) score(ctx context.Context, answers int) (Point, error) {
	n := len(w.data.pool)
	per := float64(answers) / float64(n)
	right := make([]float64, n) // chance that a picture's class is the true one
	for i := range right {
		right[i] = 1 / float64(len(w.data.classes)) // of a guess
	}
	modelRight, modelSays := 0, 0
	err := w.engine.Loop.Says(ctx, w.tenant, func(item akhra.ItemID, p []float64) {
		i := w.at[item]
		right[i] = 0
		modelSays++
		if argmax(p) == w.data.pool[i].truth {
			right[i] = 1
			modelRight++
		}
	})
	if err != nil {
		return Point{}, err
	}
	err = w.db.AllConsensus(ctx, w.tenant, func(c akhra.Consensus) error {
		if c.Class != "" && c.Answers > 0 {
			i := w.at[c.Item]
			right[i] = w.right(&c, w.data.pool[i].truth)
		}
		return nil
	})
	if err != nil {
		return Point{}, fmt.Errorf("read posteriors: %w", err)
	}
	all, loop, others := 0.0, 0.0, 0
	for i, chance := range right {
		all += chance / float64(n)
		if !w.audit[i] {
			loop, others = loop+chance, others+1
		}
	}
	p := Point{AnswersPerItem: per, LabelAccuracy: all}
	if others > 0 {
		p.LoopAnswersPerItem, p.LoopLabelAccuracy = float64(answers-w.audited)/float64(others), loop/float64(others)
	}
	if err := w.promised(ctx, &p); err != nil {
		return p, err
	}
	p.ModelAccuracy, err = w.modelAccuracy(ctx, modelRight, modelSays)
	return p, err
}

// modelAccuracy is that on the test pictures, or out of sample on the pool
// when there are none; nil without a model.
func (w *world) modelAccuracy(ctx context.Context, right, says int) (*float64, error) {
	if says == 0 {
		return nil, nil
	}
	if w.test != nil {
		out, err := w.engine.Loop.Predict(ctx, w.tenant, w.test)
		if err != nil {
			return nil, err
		}
		right, says = 0, len(out)
		for i, p := range out {
			if argmax(p) == w.data.test[i].truth {
				right++
			}
		}
	}
	share := float64(right) / float64(max(1, says))
	return &share, nil
}

// right is the chance that a consensus names the true class: among tied
// classes each is as likely.
func (w *world) right(c *akhra.Consensus, truth int) float64 {
	if !c.Tied {
		if c.Class == w.class(truth) {
			return 1
		}
		return 0
	}
	most, ties := slices.Max(c.Posterior), 0
	for _, z := range c.Posterior {
		if z > most-tie {
			ties++
		}
	}
	if c.Posterior[truth] > most-tie {
		return 1 / float64(ties)
	}
	return 0
}

// tie is how near two posteriors count as equal.
const tie = 1e-9

func argmax(p []float64) int {
	best := -1
	for k, v := range p {
		if best < 0 || v > p[best] {
			best = k
		}
	}
	return best
}
