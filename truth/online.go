package truth

import "math"

// Online gives one task's posterior from what a fit learnt of the annotators,
// so that a new answer counts at once. It is safe for concurrent use.
type Online struct {
	k        int
	logShare []float64
	logPi    []float64 // [(annotator*K + answer)*K + truth]
	stranger []float64 // of an annotator whom the fit did not see
}

// NewOnline prepares a fit's matrices. A result without matrices, such as that
// of a majority, gives everybody those of a stranger.
func NewOnline(r *Result) *Online {
	o := &Online{k: r.Classes, logShare: make([]float64, r.Classes), logPi: make([]float64, len(r.Confusion)), stranger: stranger(r)}
	for k, p := range r.ClassPrior {
		o.logShare[k] = math.Log(p)
	}
	size := o.k * o.k
	for at, p := range r.Confusion {
		j, k, l := at/size, at/o.k%o.k, at%o.k
		o.logPi[(j*o.k+l)*o.k+k] = math.Log(p)
	}
	return o
}

// stranger is the log matrix of the crowd as one person, with the prior of
// Dawid-Skene: at most as good as the crowd, and never infallible.
func stranger(r *Result) []float64 {
	k := r.Classes
	mu, sums := make([]float64, k*k), make([]float64, k)
	for at, c := range r.Counts {
		truth, answer := at/k%k, at%k
		mu[answer*k+truth] += c
	}
	for at := range mu {
		if at/k == at%k {
			mu[at] += diagonal
		} else {
			mu[at] += offDiagonal(k)
		}
		sums[at%k] += mu[at]
	}
	for at := range mu {
		mu[at] = math.Log(mu[at] / sums[at%k])
	}
	return mu
}

// Posterior writes the posterior of one task into out: prior, or the class
// prior when it is nil, times each answer's likelihood to the power of rho.
// The Task of the votes is not read. Cost: answers x classes.
func (o *Online) Posterior(prior []float64, votes []Vote, rho float64, out []float64) {
	copy(out, o.logShare)
	for k, p := range prior {
		out[k] = math.Log(math.Max(p, 1e-12))
	}
	for _, v := range votes {
		row := o.stranger[v.Class*o.k : (v.Class+1)*o.k]
		if at := (v.Annotator*o.k + v.Class) * o.k; at+o.k <= len(o.logPi) {
			row = o.logPi[at : at+o.k]
		}
		for k, p := range row {
			out[k] += rho * p
		}
	}
	normalise(out)
}
