package truth

import "math"

// DawidSkene estimates a confusion matrix per annotator together with the
// truth (A. P. Dawid and A. M. Skene, "Maximum likelihood estimation of
// observer error-rates using the EM algorithm", 1979), as maximum a posteriori
// with Dirichlet pseudo-counts 4 on and min(1, 4/(K-1)) off the diagonal: they
// keep few answers from making anybody infallible. Cost per iteration: one
// pass over answers x classes, and one over annotators x classes squared.
type DawidSkene struct{ Settings }

// diagonal is the pseudo-count of a right answer per class.
const diagonal = 4

// Fit fails when the settings do not match the votes.
func (d DawidSkene) Fit(v *Votes) (*Result, error) {
	e, err := newEM(d.Settings, v)
	if err != nil {
		return nil, err
	}
	return e.run(e.absolute, e.logPrior), nil
}

// offDiagonal is the pseudo-count of each wrong answer per class.
func offDiagonal(classes int) float64 { return math.Min(1, diagonal/math.Max(1, float64(classes-1))) }

func (e *em) absolute() { e.dirichlet(offDiagonal(e.k)) }

// dirichlet adds the same pseudo-counts to every annotator.
func (e *em) dirichlet(off float64) {
	for at := range e.mu {
		if at/e.k%e.k == at%e.k {
			e.mu[at] += diagonal
		} else {
			e.mu[at] += off
		}
	}
}

// logPrior is the part of F that priors and history contribute.
func (e *em) logPrior() (sum float64) {
	for at, m := range e.mu {
		sum += (m - e.counts[at]) * math.Log(e.pi[at])
	}
	for _, p := range e.share {
		sum += e.ClassCount * math.Log(p)
	}
	return sum
}
