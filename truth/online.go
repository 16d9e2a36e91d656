package truth

import "math"

// Online keeps what a fit learnt up to date: an answer that comes, changes or
// is taken back moves the posterior of its task and the matrices of the
// annotators who answered it, and nothing else (the incremental variant of EM:
// R. M. Neal and G. E. Hinton, "A view of the EM algorithm that justifies
// incremental, sparse, and other variants", 1998). The pseudo-counts stay those
// of the fit. It is not safe for concurrent use.
type Online struct {
	k        int
	share    []float64 // expected tasks per class, pseudo-counts included
	logShare []float64
	known    matrices  // of the annotators
	stranger matrices  // of one whom the fit did not see
	z        []float32 // posterior of each task, as counted in mu and share
	next     []float64 // scratch: the posterior that is being found
}

// matrices are confusions as counts, pseudo-counts included, and their
// logarithms: log P(answer | truth) = logMu - logWeight.
type matrices struct {
	mu, logMu         []float64 // [(annotator*K + answer)*K + truth]
	weight, logWeight []float64 // [annotator*K + truth], sums of mu over the answers
}

// NewOnline takes over what a fit found. A result without matrices, such as
// that of a majority, gives everybody those of a stranger. Cost: one pass over
// the matrices and posteriors, which are copied.
func NewOnline(r *Result) *Online {
	k := r.Classes
	o := &Online{k: k, share: make([]float64, k), logShare: make([]float64, k), known: newMatrices(len(r.Weight), k),
		stranger: newMatrices(k, k), z: make([]float32, len(r.Posterior)), next: make([]float64, k)}
	for c, p := range r.ClassPrior {
		o.share[c] = p * float64(max(1, r.Tasks))
	}
	o.sharesChanged()
	for at, z := range r.Posterior {
		o.z[at] = float32(z)
	}
	copy(o.known.weight, r.Weight)
	for at, p := range r.Confusion {
		j, truth, answer := at/(k*k), at/k%k, at%k
		o.known.mu[(j*k+answer)*k+truth] = p * r.Weight[j*k+truth]
	}
	o.known.changed(0, k)
	o.meetStrangers(r)
	return o
}

func newMatrices(rows, k int) matrices {
	return matrices{mu: make([]float64, rows*k), logMu: make([]float64, rows*k), weight: make([]float64, rows), logWeight: make([]float64, rows)}
}

// leastCount stands in for a count that has come near 0 or below: the counts of
// a fit are one iteration older than its posteriors, so that taking these out
// may take more than there was.
const leastCount = 1e-4

func logCount(n float64) float64 { return math.Log(math.Max(n, leastCount)) }

// changed takes the logarithms anew, from an annotator on.
func (m *matrices) changed(from, k int) {
	for at := from * k; at < len(m.weight); at++ {
		m.logWeight[at] = logCount(m.weight[at])
	}
	for at := from * k * k; at < len(m.mu); at++ {
		m.logMu[at] = logCount(m.mu[at])
	}
}

// meetStrangers makes the matrix of the crowd as one person, with the prior of
// Dawid-Skene: at most as good as the crowd, and never infallible. A stranger
// starts from it with the weight of that prior alone.
func (o *Online) meetStrangers(r *Result) {
	k, s := o.k, &o.stranger
	for at, c := range r.Counts {
		s.mu[at%k*k+at/k%k] += c
	}
	for at := range s.mu {
		if at/k == at%k {
			s.mu[at] += diagonal
		} else {
			s.mu[at] += offDiagonal(k)
		}
		s.weight[at%k] += s.mu[at]
	}
	prior := diagonal + float64(k-1)*offDiagonal(k)
	for at := range s.mu {
		s.mu[at] *= prior / s.weight[at%k]
	}
	for truth := range s.weight {
		s.weight[truth] = prior
	}
	s.changed(0, k)
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
		m, j := o.of(v.Annotator)
		logMu, logWeight := m.logMu[(j*o.k+v.Class)*o.k:][:o.k], m.logWeight[j*o.k:][:o.k]
		for k := range out {
			out[k] += rho * (logMu[k] - logWeight[k])
		}
	}
	normalise(out)
}

// localRounds is how often a changed task and its annotators are brought into
// line with each other, and atRest the change at which they are.
const (
	localRounds = 4
	atRest      = 1e-3
)

// Change takes a task from the answers it had to those it has now. Before must
// be what the last change of the task, or the fit, saw: then taking an answer
// back is the inverse of giving it. Prior is as in Posterior. Cost: answers x
// classes logarithms, a few times.
func (o *Online) Change(task int, prior []float64, before, after []Vote) {
	z := o.forget(task, before)
	o.Posterior(prior, after, 1, o.next)
	for round := 0; ; round++ {
		o.learn(after, z, o.next)
		if moved := o.take(z); len(after) == 0 || moved < atRest || round == localRounds {
			return
		}
		o.Posterior(prior, after, 1, o.next)
	}
}

// Know takes a task whose class is known, from gold or a review, to the
// answers it has now: its annotators are measured against that class.
func (o *Online) Know(task, class int, before, after []Vote) {
	z := o.forget(task, before)
	clear(o.next)
	o.next[class] = 1
	o.learn(after, z, o.next)
	o.take(z)
}

// Blind writes into out the posterior that the answers to a known task would
// have if its class were not known, which is what calibration must look at
// ([FitTemper]). It leaves everything as it was, to rounding.
func (o *Online) Blind(task, class int, prior []float64, votes []Vote, out []float64) {
	o.Change(task, prior, votes, votes)
	copy(out, o.next)
	o.Know(task, class, votes, votes)
}

// Confusion writes an annotator's matrix, P(answer | truth) with truth as row,
// into out; that of a stranger for one whom it has not met, such as -1.
func (o *Online) Confusion(annotator int, out []float64) {
	m, j := o.of(annotator)
	for at := range out {
		truth, answer := at/o.k, at%o.k
		out[at] = math.Exp(m.logMu[(j*o.k+answer)*o.k+truth] - m.logWeight[j*o.k+truth])
	}
}

// of is where the matrix of an annotator stands.
func (o *Online) of(annotator int) (m *matrices, j int) {
	if annotator < 0 || (annotator+1)*o.k > len(o.known.weight) {
		return &o.stranger, 0
	}
	return &o.known, annotator
}

// forget takes out what the answers of a task told, and returns its row,
// cleared.
func (o *Online) forget(task int, before []Vote) []float32 {
	for len(o.z) < (task+1)*o.k {
		o.z = append(o.z, 0)
	}
	z := o.z[task*o.k : (task+1)*o.k]
	clear(o.next)
	o.learn(before, z, o.next)
	clear(z)
	return z
}

// take stores the posterior that was found and tells how far it is from the
// last.
func (o *Online) take(z []float32) (moved float64) {
	for k, p := range o.next {
		moved += math.Abs(p - float64(z[k]))
		z[k] = float32(p)
	}
	return moved
}

// learn moves the counts of some answers from one posterior of their task to
// another.
func (o *Online) learn(votes []Vote, from []float32, to []float64) {
	if len(votes) == 0 {
		return
	}
	for k, p := range to {
		o.share[k] += float64(float32(p)) - float64(from[k])
	}
	o.sharesChanged()
	for _, v := range votes {
		o.meet(v.Annotator)
		m, at, row := &o.known, (v.Annotator*o.k+v.Class)*o.k, v.Annotator*o.k
		for k, p := range to {
			d := float64(float32(p)) - float64(from[k])
			if d == 0 {
				continue
			}
			m.mu[at+k] += d
			m.weight[row+k] += d
			m.logMu[at+k], m.logWeight[row+k] = logCount(m.mu[at+k]), logCount(m.weight[row+k])
		}
	}
}

// meet gives an annotator whom the fit did not see the matrix of a stranger.
func (o *Online) meet(annotator int) {
	m, s := &o.known, &o.stranger
	for len(m.weight) < (annotator+1)*o.k {
		m.mu, m.logMu = append(m.mu, s.mu...), append(m.logMu, s.logMu...)
		m.weight, m.logWeight = append(m.weight, s.weight...), append(m.logWeight, s.logWeight...)
	}
}

func (o *Online) sharesChanged() {
	for k, n := range o.share {
		o.logShare[k] = math.Log(math.Max(n, 1e-9))
	}
}
