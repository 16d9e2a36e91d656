package learn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"akhra.dev/akhra/numeric"
)

// The numbers of Adam (Kingma and Ba, 2015). Weights of vectors of mean length 1
// are tens, so steps are long; they shrink to nothing along the pass.
const (
	batchRows  = 1024
	leastSteps = 16 // of a pass: few rows go in smaller batches
	adamRate   = 0.1
	adamFirst  = 0.9
	adamSecond = 0.999
	adamLeast  = 1e-8
)

// Improve moves the head o.Warm by one pass of Adam over the rows of x in
// batches of at most 1,024, as if they spoke for `of` rows in all; it costs what the rows
// cost, however many were learnt before. Where Fit goes to the optimum, this
// goes towards it. Rows of a class that the head never saw teach it that class.
func Improve(x *numeric.Matrix, y []int, w []float64, of int, seed uint64, o FitOptions) (*Head, error) {
	if o.Warm == nil || o.Warm.Dim != x.Cols {
		return nil, fmt.Errorf("learn: there is no head of %d values to improve", x.Cols)
	}
	classes := o.Warm.Classes
	if err := check(x, y, w, classes); err != nil {
		return nil, err
	}
	if o.C <= 0 {
		o.C = defaultC
	}
	h := &Head{Classes: classes, Dim: x.Cols, W: append([]float64(nil), o.Warm.W...), Seen: append([]bool(nil), o.Warm.Seen...)}
	weights := balanced(y, w, classes, h.Seen, o.Plain)
	present := indices(h.Seen)
	if len(present) < 2 || x.Rows == 0 {
		return h, nil
	}
	order := rand.New(rand.NewPCG(seed, uint64(x.Rows))).Perm(x.Rows)
	a := newAdam(len(present) * (x.Cols + 1))
	var theta []float64
	size := max(1, min(batchRows, len(order)/leastSteps))
	for low := 0; low < len(order); low += size {
		p := batch(x, y, weights, order[low:min(low+size, len(order))], present, classes, o.C*float64(of))
		if theta == nil {
			theta = p.start(h)
		}
		a.step(p, theta, adamRate*(1-float64(low)/float64(len(order))))
		p.unpack(theta, h)
	}
	return h, nil
}

// batch is the problem of some rows. The penalty counts once for all rows there
// are, so a batch bears its share.
func batch(x *numeric.Matrix, y []int, w []float64, rows, present []int, classes int, strength float64) *problem {
	bx, by, bw := numeric.NewMatrix(len(rows), x.Cols), make([]int, len(rows)), make([]float64, len(rows))
	sum := 0.0
	for j, i := range rows {
		copy(bx.Row(j), x.Row(i))
		by[j], bw[j] = y[i], w[i]
		sum += w[i]
	}
	return newProblem(bx, by, bw, present, classes, strength/max(1, sum))
}

// adam is the memory of one run.
type adam struct {
	first, second, grad []float64
	steps               int
}

func newAdam(n int) *adam {
	return &adam{first: make([]float64, n), second: make([]float64, n), grad: make([]float64, n)}
}

// step moves theta against the gradient of p, every value by some rate.
func (a *adam) step(p *problem, theta []float64, rate float64) {
	if p.scale = finite(p.scale); p.scale == 0 {
		return // rows of no weight
	}
	p.loss(theta, a.grad)
	a.steps++
	one, two := 1-math.Pow(adamFirst, float64(a.steps)), 1-math.Pow(adamSecond, float64(a.steps))
	for i, g := range a.grad {
		a.first[i] = adamFirst*a.first[i] + (1-adamFirst)*g
		a.second[i] = adamSecond*a.second[i] + (1-adamSecond)*g*g
		theta[i] -= rate * a.first[i] / one / (math.Sqrt(a.second[i]/two) + adamLeast)
	}
}

// finite is x, or 0 when it is no number.
func finite(x float64) float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return 0
	}
	return x
}
