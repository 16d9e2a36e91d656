package truth

import "math"

// OneCoin gives each annotator one accuracy and spreads her errors evenly over
// the other classes (Zhang, Chen, Zhou and Jordan, "Spectral methods meet EM",
// 2014, the one-coin model). It is a reference: where errors are not even it
// collapses. Cost per iteration: answers x classes.
type OneCoin struct{ Settings }

// Fit fails when priors or starts do not match the votes. Histories count by
// their right and wrong answers.
func (o OneCoin) Fit(v *Votes) (*Result, error) {
	e, err := newEM(o.Settings, v)
	if err != nil {
		return nil, err
	}
	return e.run(e.evenErrors, nil), nil
}

// evenErrors replaces mu by counts with the same accuracy in every row and even
// errors: q_j = (right + 4) / (answers + 5).
func (e *em) evenErrors() {
	k := e.k
	for j := range e.v.annotators {
		mu, right, all := e.mu[j*k*k:(j+1)*k*k], 0.0, 0.0
		for at, m := range mu {
			all += m
			if at/k == at%k {
				right += m
			}
		}
		q := (right + 4) / (all + 5)
		for at := range mu {
			if at/k == at%k {
				mu[at] = (all + 5) * q / float64(k)
			} else {
				mu[at] = (all + 5) * (1 - q) / math.Max(1, float64(k-1)) / float64(k)
			}
		}
	}
}
