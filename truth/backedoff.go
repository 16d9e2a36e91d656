package truth

// BackedOff is Dawid-Skene whose matrices are backed off, in every iteration,
// to the annotator's own accuracy and the confusions of the whole crowd
// (truth.md 3.3): who answered much keeps her own matrix, who answered little
// gets her accuracy spread over the usual confusions. It must not be used
// alone with one or two answers per task, where it confirms itself; a prior
// per task that comes from elsewhere, such as a model's, lifts that.
type BackedOff struct{ Settings }

// Fit fails when priors, histories or starts do not match the votes.
func (b BackedOff) Fit(v *Votes) (*Result, error) {
	e, err := newEM(b.Settings, v)
	if err != nil {
		return nil, err
	}
	return e.run(e.backOff, nil), nil
}

func (e *em) backOff() {
	accuracy, usual := e.accuracy(), e.usual()
	for j, q := range accuracy {
		mu := e.mu[j*e.k*e.k : (j+1)*e.k*e.k]
		for at := range mu {
			if l, k := at/e.k, at%e.k; l == k {
				mu[at] += strength * q
			} else {
				mu[at] += strength * (1 - q) * usual[at]
			}
		}
	}
}

// usual is the crowd's confusion, by answered class: among wrong answers to a
// truth, the share of each.
func (e *em) usual() []float64 {
	total, wrong := make([]float64, e.k*e.k), make([]float64, e.k)
	for at, c := range e.counts {
		total[at%len(total)] += c
	}
	for at := range total {
		if l, k := at/e.k, at%e.k; l != k {
			total[at] += 0.1
			wrong[k] += total[at]
		}
	}
	for at := range total {
		total[at] /= wrong[at%e.k]
	}
	return total
}
