package truth

import "math"

// IBCC is Dawid-Skene by variational Bayes (H. Kim and Z. Ghahramani,
// "Bayesian classifier combination", 2012): where Dawid-Skene takes a matrix as
// it is most probable, IBCC takes the expectation of its logarithm, so that a
// row with few counts says less and a class that an annotator never named says
// more. Pseudo-counts are 4 on the diagonal, 1 off it and 1 per class. Cost per
// iteration: that of Dawid-Skene.
type IBCC struct{ Settings }

// Fit fails when the settings do not match the votes.
func (b IBCC) Fit(v *Votes) (*Result, error) {
	e, err := newEM(b.Settings, v)
	if err != nil {
		return nil, err
	}
	e.variational = true
	return e.run(func() { e.dirichlet(1) }, nil), nil
}

// expectRows replaces the means that matrices and class prior hold by exp
// E[log p] = exp(digamma(mu_kl) - digamma(sum_m mu_km)). Its rows sum to less
// than 1.
func (e *em) expectRows() {
	for j := range e.v.annotators {
		sums := make([]float64, e.k)
		for c, s := range e.sums[j*e.k : (j+1)*e.k] {
			sums[c] = 1 / expDigamma(s)
		}
		for at := j * e.k * e.k; at < (j+1)*e.k*e.k; at++ {
			e.pi[at] = max(expDigamma(e.mu[at])*sums[at%e.k], leastChance)
		}
	}
	all := e.ClassCount*float64(e.k) + float64(e.v.answered)
	for k, p := range e.share {
		e.before[k] = expDigamma(p*all) / expDigamma(all)
	}
}

// leastChance keeps the weights of a block of answers within a float64.
const leastChance = 1e-18

// expDigamma is the exponential of the digamma function, within 1e-10 of its
// value: about x - 1/2. From 8 on by the asymptotic series of exp(digamma(y +
// 1/2)), below it by digamma(x) = digamma(x+1) - 1/x, the reciprocals summed as
// one fraction.
func expDigamma(x float64) float64 {
	above, below := 0.0, 1.0
	for ; x < 8.5; x++ {
		above, below = above*x+below, below*x
	}
	y := x - .5
	r := 1 / (y * y)
	series := y + y*r*(1./24-r*(37./5760-r*(10313./2903040-r*5509121./1393459200)))
	if above == 0 {
		return series
	}
	return series * math.Exp(-above/below)
}
