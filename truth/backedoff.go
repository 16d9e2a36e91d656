package truth

import "slices"

// BackedOff is Dawid-Skene whose matrices are backed off, in every iteration,
// to the annotator's own accuracy and the confusions of the whole crowd
// (docs/TRUTH.md 3.3): who answered much keeps her own matrix, who answered little
// gets her accuracy spread over the usual confusions. It must not be used
// alone with one or two answers per task, where it confirms itself; a prior
// per task that comes from elsewhere, such as a model's, lifts that.
type BackedOff struct{ Settings }

// Fit fails when the settings do not match the votes.
func (b BackedOff) Fit(v *Votes) (*Result, error) {
	e, err := newEM(b.Settings, v)
	if err != nil {
		return nil, err
	}
	return e.run(func() { e.backOff(strength) }, nil), nil
}

// backOff adds as many pseudo-counts to each row as strength says.
func (e *em) backOff(strength float64) {
	k, usual := e.k, e.usual()
	for j, q := range e.accuracy() {
		right, wrong := strength*q, strength*(1-q)
		for l := range k {
			mu, u := e.mu[(j*k+l)*k:][:k], usual[l*k:][:k]
			for c := range mu {
				mu[c] += wrong * u[c]
			}
			mu[l] += right
		}
	}
}

// usual is the crowd's confusion, by answered class: among wrong answers to a
// truth, the share of each; none of the right one.
func (e *em) usual() []float64 {
	k := e.k
	total, wrong := slices.Repeat([]float64{0.1}, k*k), make([]float64, k)
	for j := range e.v.annotators {
		for at, c := range e.counts[j*k*k : (j+1)*k*k] {
			total[at] += c
		}
	}
	for l := range k {
		total[l*k+l] = 0
		for c, n := range total[l*k : (l+1)*k] {
			wrong[c] += n
		}
	}
	for at, n := range total {
		if n > 0 {
			total[at] = n / wrong[at%k]
		}
	}
	return total
}
