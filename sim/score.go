package sim

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// score reads the truth: how many of the pool's classes are right now, and how
// good the model is.
func (w *world) score(ctx context.Context, answers int) (Point, error) {
	n := len(w.data.pool)
	per := float64(answers) / float64(n)
	said := make([]int, n) // best class per picture, -1 for none
	for i := range said {
		said[i] = -1
	}
	modelRight, modelSays := 0, 0
	err := w.engine.Loop.Says(ctx, w.tenant, func(item akhra.ItemID, p []float64) {
		i := w.at[item]
		said[i] = argmax(p)
		modelSays++
		if said[i] == w.data.pool[i].truth {
			modelRight++
		}
	})
	if err != nil {
		return Point{}, err
	}
	err = w.db.AllConsensus(ctx, w.tenant, func(c akhra.Consensus) error {
		if c.Class != "" && c.Answers > 0 {
			said[w.at[c.Item]] = w.classIndex(c.Class)
		}
		return nil
	})
	if err != nil {
		return Point{}, fmt.Errorf("read posteriors: %w", err)
	}
	right := 0.0
	for i, k := range said {
		switch {
		case k < 0:
			right += 1 / float64(len(w.data.classes)) // by expectation of a guess
		case k == w.data.pool[i].truth:
			right++
		}
	}
	p := Point{AnswersPerItem: per, LoopAnswersPerItem: per, LabelAccuracy: right / float64(n), LoopLabelAccuracy: right / float64(n)}
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

func (w *world) classIndex(c akhra.ClassID) int {
	for k := range w.data.classes {
		if w.class(k) == c {
			return k
		}
	}
	return -1
}

func argmax(p []float64) int {
	best := -1
	for k, v := range p {
		if best < 0 || v > p[best] {
			best = k
		}
	}
	return best
}
