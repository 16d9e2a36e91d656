package loop

import (
	"fmt"
	"math"

	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/numeric"
)

// The numbers of one retrain (learning.md 3.1).
const (
	folds        = 3
	surest       = 0.99 // no say is surer until a certificate has passed
	coldAnswers  = 20   // items with answers before there is a model
	coldClasses  = 2    // classes seen before there is a model
	startC       = 3.0
	fitRounds    = 60
	leastOfTruth = 1e-12
)

// candidatesC are the strengths of the head that out-of-fold log loss chooses
// from at each doubling of the answers.
var candidatesC = []float64{3, 10, 30}

// lesson is all that one retrain learns from, copied out of the project.
type lesson struct {
	classes int
	dim     int
	seed    uint64
	ids     []string
	rows    [][]float32
	y       []int
	w       []float64
	z       [][]float64
	warm    [folds + 1]*learn.Head // of the folds, then the full one
	c       float64
	choose  bool // choose C anew
}

// taught is a model in force.
type taught struct {
	version     int64
	recipe      int64 // recipe version its heads read
	head        *learn.Head
	folds       [folds]*learn.Head
	temperature float64
	c           float64
	chosenAt    int // items taught when C was chosen
	items       int // items it was taught by
}

// ready tells whether there is enough to learn from at all.
func (l *lesson) ready() bool {
	seen := map[int]bool{}
	for _, k := range l.y {
		seen[k] = true
	}
	return len(l.y) >= coldAnswers && len(seen) >= coldClasses
}

// teach fits three fold heads and the full head, chooses C when asked to and
// tempers. out holds the tempered out-of-fold probabilities of the rows.
func (l *lesson) teach() (m taught, out [][]float64, err error) {
	fold := make([]int, len(l.ids))
	for i, id := range l.ids {
		fold[i] = learn.Fold(id, l.seed, folds)
	}
	strengths := []float64{l.c}
	if l.choose {
		strengths = candidatesC
	}
	best := math.Inf(1)
	var raw [][]float64
	for _, c := range strengths {
		heads, p, err := l.outOfFold(fold, c)
		if err != nil {
			return m, nil, err
		}
		if loss := logLoss(p, l.z); loss < best || raw == nil {
			best, raw, m.folds, m.c = loss, p, heads, c
		}
	}
	if m.head, err = l.fit(func(int) bool { return true }, m.c, l.warm[folds]); err != nil {
		return m, nil, err
	}
	m.temperature, m.items = learn.Temperature(raw, l.z), len(l.y)
	out = make([][]float64, len(raw))
	for i, p := range raw {
		out[i] = make([]float64, l.classes)
		learn.Temper(p, m.temperature, surest, out[i])
	}
	return m, out, nil
}

// outOfFold fits one head per fold on the other folds' rows and lets it speak
// on its own.
func (l *lesson) outOfFold(fold []int, c float64) (heads [folds]*learn.Head, p [][]float64, err error) {
	var errs [folds]error
	p = make([][]float64, len(l.y))
	each(folds, func(f int) {
		heads[f], errs[f] = l.fit(func(i int) bool { return fold[i] != f }, c, l.warm[f])
		if errs[f] != nil {
			return
		}
		for i, row := range l.rows {
			if fold[i] == f {
				p[i] = make([]float64, l.classes)
				heads[f].Probabilities(row, p[i])
			}
		}
	})
	for _, err := range errs {
		if err != nil {
			return heads, nil, err
		}
	}
	return heads, p, nil
}

func (l *lesson) fit(use func(i int) bool, c float64, warm *learn.Head) (*learn.Head, error) {
	var at []int
	for i := range l.y {
		if use(i) {
			at = append(at, i)
		}
	}
	x, y, w := numeric.NewMatrix(len(at), l.dim), make([]int, len(at)), make([]float64, len(at))
	for j, i := range at {
		copy(x.Row(j), l.rows[i])
		y[j], w[j] = l.y[i], l.w[i]
	}
	if warm != nil && (warm.Dim != l.dim || warm.Classes != l.classes) {
		warm = nil
	}
	head, err := learn.Fit(x, y, w, l.classes, learn.FitOptions{C: c, Warm: warm, MaxIter: fitRounds})
	if err != nil {
		return nil, fmt.Errorf("fit head: %w", err)
	}
	return head, nil
}

// probabilities are a head's tempered, capped say on one vector.
func (m *taught) probabilities(head *learn.Head, row []float32) []float64 {
	raw, p := make([]float64, head.Classes), make([]float64, head.Classes)
	head.Probabilities(row, raw)
	learn.Temper(raw, m.temperature, surest, p)
	return p
}

// logLoss is the mean loss of p under the targets z.
func logLoss(p, z [][]float64) float64 {
	sum := 0.0
	for i := range p {
		for k, share := range z[i] {
			if share > 0 {
				sum -= share * math.Log(max(p[i][k], leastOfTruth))
			}
		}
	}
	return sum / float64(max(1, len(p)))
}
