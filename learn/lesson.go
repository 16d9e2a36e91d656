package learn

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"akhra.dev/akhra/numeric"
)

// The numbers of one round of teaching (docs/LEARNING.md 1, 3).
const (
	Folds  = 3    // heads that speak about each other's rows
	Surest = 0.99 // no say is surer unless it is proved, so that one answer can contradict it

	coldRows    = 20    // before there is a head
	coldClasses = 2     // seen before there is a head
	firstC      = 3.0   // of a first head
	whole       = 20000 // rows up to which all are always gone through
)

// candidatesC are the strengths of the data from which out-of-fold log loss
// chooses when the answers have doubled.
var candidatesC = []float64{3, 10, 30}

// Lesson is all that one round of teaching reads. Rows of the same place belong
// together in all lists.
type Lesson struct {
	Classes int
	Seed    uint64
	Rows    [][]float32
	Fold    []int       // in 0..Folds-1: only heads that did not see a row speak of it
	Class   []int       // to teach
	Weight  []float64   // how far to trust it
	Target  [][]float64 // posterior over classes
	Said    [][]int     // classes that answers name, -1 for none: the temperature is fitted on them instead of on Target; nil
	Echo    []bool      // answered with the model's opinion in view alone: no temperature is fitted on them; nil means none
	New     []bool      // not in the lesson before; nil means all

	Warm     [Folds]*Head // the last heads, nil without
	WarmFull *Head
	C        float64 // 0 for a first head
	ChosenAt int     // rows when C was chosen
	Surest   float64 // no say is surer
	Long     bool    // go through all rows even where they are many
}

// Taught is what a lesson gives.
type Taught struct {
	Head        *Head // taught by all rows
	Folds       [Folds]*Head
	Temperature float64
	Surest      float64
	C           float64
	ChosenAt    int
	Rows        int
	Whole       bool // all rows were gone through
}

// Temper brings a raw say to what is believed of it, into out, which may be p.
func (t *Taught) Temper(p, out []float64) { Temper(p, t.Temperature, t.Surest, out) }

// Ready tells whether there is enough to learn from at all: 20 rows of two classes.
func (l *Lesson) Ready() bool {
	seen := map[int]bool{}
	for _, k := range l.Class {
		seen[k] = true
	}
	return len(l.Class) >= coldRows && len(seen) >= coldClasses
}

// Teach fits a head for each fold and one for all rows, chooses C anew when the
// rows have doubled, and tempers. out holds the tempered, capped out-of-fold
// probabilities of the rows. It uses every core. Cost, warm: 2,000 rows of 256
// values and 10 classes take some 0.2 s of two cores.
func (l *Lesson) Teach() (t Taught, out [][]float64, err error) {
	t.Rows, t.ChosenAt, t.C, t.Surest = len(l.Class), l.ChosenAt, l.C, l.Surest
	if t.C == 0 {
		t.C = firstC
	}
	strengths := []float64{t.C}
	if t.Rows >= 2*max(coldRows, l.ChosenAt) {
		strengths, t.ChosenAt = candidatesC, t.Rows
	}
	t.Whole = l.Long || t.Rows <= whole || l.WarmFull == nil || l.Warm[0] == nil || len(strengths) > 1
	best, raw := math.Inf(1), [][]float64(nil)
	for _, c := range strengths {
		heads, err := l.heads(c, t.Whole, len(strengths) == 1)
		if err != nil {
			return t, nil, err
		}
		p := l.outOfFold(heads)
		if loss := logLoss(p, l.Target); loss < best || raw == nil {
			best, raw, t.C, t.Head = loss, p, c, heads[Folds]
			copy(t.Folds[:], heads[:Folds])
		}
	}
	if t.Head == nil {
		if t.Head, err = l.head(Folds, t.C, t.Whole); err != nil {
			return t, nil, err
		}
	}
	t.Temperature = l.temperature(raw)
	out = make([][]float64, len(raw))
	numeric.Share(len(raw), func(i int) {
		out[i] = make([]float64, l.Classes)
		t.Temper(raw[i], out[i])
	})
	return t, out, nil
}

func (l *Lesson) temperature(p [][]float64) float64 {
	p, target := l.unasked(p), l.unasked(l.Target)
	if l.Said != nil {
		return MarginalTemperature(p, l.unasked(likelihoods(l.Said, l.Target)))
	}
	return Temperature(p, target)
}

// unasked leaves out the rows whose answers echo the model.
func (l *Lesson) unasked(rows [][]float64) (kept [][]float64) {
	if !slices.Contains(l.Echo, true) {
		return rows
	}
	for i, row := range rows {
		if !l.Echo[i] {
			kept = append(kept, row)
		}
	}
	return kept
}

// heads fits the head of each fold and, where it is wanted, that of all rows.
func (l *Lesson) heads(c float64, whole, full bool) (heads [Folds + 1]*Head, err error) {
	n := Folds
	if full {
		n++
	}
	var errs [Folds + 1]error
	numeric.Share(n, func(f int) { heads[f], errs[f] = l.head(f, c, whole) })
	return heads, errors.Join(errs[:]...)
}

// head fits the head of one fold: on the rows of the others. Fold number Folds
// has no rows, so its head is taught by all.
func (l *Lesson) head(fold int, c float64, whole bool) (*Head, error) {
	warm := l.WarmFull
	if fold < Folds {
		warm = l.Warm[fold]
	}
	at := make([]int, 0, len(l.Class))
	for i, f := range l.Fold {
		if f != fold {
			at = append(at, i)
		}
	}
	if !whole {
		at = l.some(at, fold)
	}
	dim := len(l.Rows[0])
	x, y, w := numeric.NewMatrix(len(at), dim), make([]int, len(at)), make([]float64, len(at))
	for j, i := range at {
		copy(x.Row(j), l.Rows[i])
		y[j], w[j] = l.Class[i], l.Weight[i]
	}
	if warm != nil && (warm.Dim != dim || warm.Classes != l.Classes) {
		warm = nil
	}
	o := FitOptions{C: c, Warm: warm}
	if !whole && warm != nil {
		return Improve(x, y, w, len(l.Class), l.Seed, o)
	}
	h, err := Fit(x, y, w, l.Classes, o)
	if err != nil {
		return nil, fmt.Errorf("fit head: %w", err)
	}
	return h, nil
}

// some keeps the new rows and as many old ones, drawn by chance.
func (l *Lesson) some(at []int, fold int) []int {
	var fresh, old []int
	for _, i := range at {
		if l.New == nil || l.New[i] {
			fresh = append(fresh, i)
		} else {
			old = append(old, i)
		}
	}
	chance := rand.New(rand.NewPCG(l.Seed, uint64(fold)<<32|uint64(len(at))))
	chance.Shuffle(len(old), func(i, j int) { old[i], old[j] = old[j], old[i] })
	return append(fresh, old[:min(len(old), max(len(fresh), batchRows))]...)
}

// outOfFold lets every head speak of the rows it did not see.
func (l *Lesson) outOfFold(heads [Folds + 1]*Head) [][]float64 {
	p := make([][]float64, len(l.Class))
	numeric.Share(len(p), func(i int) {
		p[i] = make([]float64, l.Classes)
		heads[l.Fold[i]].Probabilities(l.Rows[i], p[i])
	})
	return p
}

// logLoss is the mean loss of p under the targets z.
func logLoss(p, z [][]float64) float64 {
	sum := 0.0
	for i := range p {
		for k, share := range z[i] {
			if share > 0 {
				sum -= share * math.Log(max(p[i][k], smallest))
			}
		}
	}
	return sum / float64(max(1, len(p)))
}
