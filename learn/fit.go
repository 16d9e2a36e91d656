package learn

import (
	"fmt"
	"math"

	"akhra.dev/akhra/numeric"
)

const (
	defaultC       = 3
	defaultMaxIter = 60
	gradientBound  = 1e-4 // of the mean loss
	imbalance      = 5    // ratio of class counts from which rows are reweighted
	maxBalance     = 10   // largest factor of that reweighting
)

// FitOptions sets how a head is fitted; the zero value is ready to use.
type FitOptions struct {
	C       float64 // strength of the data against the penalty; 0 means 3
	Warm    *Head   // start from these weights where the dimensions agree
	MaxIter int     // 0 means 60
	Plain   bool    // no class balance: probabilities keep the shares of the classes
}

// Fit trains a head on the rows of x: row i belongs to class y[i] in 0..classes-1
// with weight w[i] (nil means 1 each; rows of weight 0 are not seen). It minimises
// the weighted cross-entropy plus |W|²/2C, the bias free, by L-BFGS. When one
// class has over five times the rows of another, rows are weighted by n/(K n_k),
// at most tenfold, unless o.Plain. Balance helps rare classes and costs the whole: 1.5
// points of accuracy on photos where one class is seven times another. It needs as much memory again as x.
func Fit(x *numeric.Matrix, y []int, w []float64, classes int, o FitOptions) (*Head, error) {
	if err := check(x, y, w, classes); err != nil {
		return nil, err
	}
	if o.C <= 0 {
		o.C = defaultC
	}
	if o.MaxIter <= 0 {
		o.MaxIter = defaultMaxIter
	}
	h := &Head{Classes: classes, Dim: x.Cols, W: make([]float64, classes*(x.Cols+1)), Seen: make([]bool, classes)}
	weights := balanced(y, w, classes, h.Seen, o.Plain)
	present := indices(h.Seen)
	if len(present) < 2 {
		return h, nil
	}
	p := newProblem(x, y, weights, present, classes, o.C)
	p.unpack(numeric.Minimise(p.loss, p.start(o.Warm), o.MaxIter, gradientBound), h)
	return h, nil
}

func check(x *numeric.Matrix, y []int, w []float64, classes int) error {
	if classes < 1 {
		return fmt.Errorf("learn: fit %d classes", classes)
	}
	if len(y) != x.Rows || (w != nil && len(w) != x.Rows) {
		return fmt.Errorf("learn: fit %d rows with %d classes given and %d weights", x.Rows, len(y), len(w))
	}
	for i, k := range y {
		if k < 0 || k >= classes {
			return fmt.Errorf("learn: row %d has class %d of %d", i, k, classes)
		}
		if w != nil && !(w[i] >= 0 && w[i] < math.MaxFloat64) {
			return fmt.Errorf("learn: row %d has weight %v", i, w[i])
		}
	}
	return nil
}

// balanced returns the weight of every row, after class balance unless plain, and marks the classes seen.
func balanced(y []int, w []float64, classes int, seen []bool, plain bool) []float64 {
	out := make([]float64, len(y))
	counts := make([]float64, classes)
	total := 0.0
	for i, k := range y {
		out[i] = 1
		if w != nil {
			out[i] = w[i]
		}
		if out[i] > 0 {
			counts[k]++
			total++
			seen[k] = true
		}
	}
	low, high, kinds := math.Inf(1), 0.0, 0.0
	for _, c := range counts {
		if c > 0 {
			low, high, kinds = min(low, c), max(high, c), kinds+1
		}
	}
	if plain || high <= imbalance*low {
		return out
	}
	for i, k := range y {
		if counts[k] > 0 {
			out[i] *= min(maxBalance, total/(kinds*counts[k]))
		}
	}
	return out
}

func indices(seen []bool) []int {
	var list []int
	for k, s := range seen {
		if s {
			list = append(list, k)
		}
	}
	return list
}
