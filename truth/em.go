package truth

import (
	"cmp"
	"math"
	"slices"
)

// tolerance is the mean change of a task's posterior at which a fit ends.
const tolerance = 1e-4

// em is one fit by expectation and maximisation (Dawid and Skene 1979). Its
// matrices are kept by answered class, [(annotator*K + answer)*K + truth], so
// that both steps read and write one row per answer.
type em struct {
	Settings
	v           *Votes
	k           int
	rows        []uint32     // where each answer's row begins
	z           []float64    // posterior
	counts      []float64    // expected counts
	mu          []float64    // with history and prior
	pi          []float64    // P(answer | truth)
	sums        []float64    // [annotator*K + truth], of mu over the answers
	share       []float64    // class prior
	before      []float64    // weights of the classes before any answer
	answers     []float64    // per annotator
	weighs      bool         // whether the likelihood is asked
	rest        float64      // the mean change of a task's posterior at which it ends
	walk        func(*chunk) // the E-step
	variational bool         // expected logarithms stand for matrices (IBCC)
	chunks      []*chunk
}

func newEM(s Settings, v *Votes) (*em, error) {
	if err := s.check(v); err != nil {
		return nil, err
	}
	s.ClassCount = cmp.Or(s.ClassCount, 1)
	size := v.annotators * v.classes * v.classes
	e := &em{Settings: s, v: v, k: v.classes, rows: make([]uint32, v.Len()), z: s.first(v), counts: make([]float64, size),
		mu: make([]float64, size), pi: make([]float64, size), sums: make([]float64, v.annotators*v.classes),
		share: make([]float64, v.classes), before: make([]float64, v.classes), answers: make([]float64, v.annotators), chunks: split(v)}
	e.walk, e.rest = e.expect, tolerance
	for n, a := range v.list {
		e.answers[a.annotator]++
		e.rows[n] = uint32((int(a.annotator)*e.k + int(a.class)) * e.k)
	}
	return e, nil
}

// row is the posterior of a task.
func (e *em) row(task int) []float64 { return e.z[task*e.k : (task+1)*e.k] }

// run iterates until the posteriors rest. pseudo adds a method's prior counts
// to mu; objective is the method's own part of F, nil when it has none.
func (e *em) run(pseudo func(), objective func() float64) *Result {
	r := &Result{Tasks: e.v.tasks, Annotators: e.v.annotators, Classes: e.k}
	e.weighs = e.weighs || objective != nil
	e.over(e.count)
	for r.Iterations < e.rounds() && !r.Converged {
		e.learn(pseudo)
		e.over(e.walk)
		moved, likelihood := 0.0, 0.0
		for _, c := range e.chunks {
			moved, likelihood = moved+c.moved, likelihood+c.likelihood
		}
		if objective != nil {
			r.Objective = append(r.Objective, likelihood+objective())
		}
		r.Iterations++
		r.Converged = moved/float64(max(1, e.v.answered)) < e.rest
	}
	e.normaliseRows() // the means, where a method used others
	copy(e.before, e.share)
	e.settleUnanswered()
	r.Posterior, r.ClassPrior, r.Weight = e.z, e.share, e.sums
	r.Confusion, r.Counts = e.byTruth(e.pi), e.byTruth(e.counts)
	r.Accuracy = e.accuracy()
	r.Low, r.High = intervals(r.Accuracy, e.answers)
	return r
}

// learn is the M-step, from the counts of the chunks.
func (e *em) learn(pseudo func()) {
	e.gather()
	copy(e.mu, e.counts)
	e.addHistory()
	pseudo()
	e.fix()
	e.normaliseRows()
	copy(e.before, e.share)
	if e.variational {
		e.expectRows()
	}
}

// gather adds up what the chunks counted, in their order.
func (e *em) gather() {
	clear(e.share)
	clear(e.counts)
	for _, c := range e.chunks {
		for k, n := range c.tasks {
			e.share[k] += n
		}
		for at, n := range c.counts {
			e.counts[at] += n
		}
	}
	for j, m := range e.Fixed {
		if m != nil {
			clear(e.counts[j*e.k*e.k : (j+1)*e.k*e.k])
		}
	}
	for k := range e.share {
		e.share[k] = (e.ClassCount + e.share[k]) / (e.ClassCount*float64(e.k) + float64(e.v.answered))
	}
}

func (e *em) addHistory() {
	for j, h := range e.History {
		for k := 0; h != nil && k < e.k; k++ {
			for l := range e.k {
				e.mu[(j*e.k+l)*e.k+k] += h[k*e.k+l]
			}
		}
	}
}

// normaliseRows makes each truth's answers sum to 1.
func (e *em) normaliseRows() {
	k, inverse := e.k, make([]float64, e.k)
	for j := range e.v.annotators {
		mu, sums := e.mu[j*k*k:(j+1)*k*k], e.sums[j*k:(j+1)*k]
		clear(sums)
		for row := range slices.Chunk(mu, k) {
			for c, m := range row {
				sums[c] += m
			}
		}
		for c, s := range sums {
			inverse[c] = 1 / s
		}
		for l := range k {
			out := e.pi[(j*k+l)*k:][:k]
			for c, m := range mu[l*k : (l+1)*k] {
				out[c] = m * inverse[c]
			}
		}
	}
}

// settleUnanswered gives tasks that nobody answered their prior.
func (e *em) settleUnanswered() {
	for i := range e.v.tasks {
		if len(e.v.of(i)) > 0 || e.known(i) >= 0 {
			continue
		}
		e.begin(i, e.row(i))
		e.normalise(i, e.row(i))
	}
}

// begin writes the weights that a task's classes have before its answers.
func (e *em) begin(task int, row []float64) {
	if e.Prior == nil || e.Prior[task] == nil {
		copy(row, e.before)
		return
	}
	for k, p := range e.Prior[task] {
		row[k] = math.Max(p, 1e-12)
	}
}

// byTruth turns a matrix by answered class into one with truth as row.
func (e *em) byTruth(matrix []float64) []float64 {
	out := make([]float64, len(matrix))
	for j := range e.v.annotators {
		for l := range e.k {
			for k := range e.k {
				out[(j*e.k+k)*e.k+l] = matrix[(j*e.k+l)*e.k+k]
			}
		}
	}
	return out
}

// strength is how many answers of the crowd's mean accuracy each annotator
// starts from (docs/TRUTH.md 3.3, s = 4).
const strength = 4

// accuracy is R_j drawn towards the crowd's Q: (R_j + 4Q)/(|A_j| + 4).
func (e *em) accuracy() []float64 {
	crowd, answers := 0.0, 0.0
	out := make([]float64, e.v.annotators)
	for j := range out {
		for k := range e.k {
			out[j] += e.counts[(j*e.k+k)*e.k+k]
		}
		if crowd += out[j]; !e.fixed(j) {
			answers += e.answers[j]
		}
	}
	crowd /= math.Max(1, answers)
	for j := range out {
		if out[j] = drawn(out[j], e.answers[j], crowd); e.fixed(j) {
			out[j] = meanDiagonal(e.Fixed[j], e.k)
		}
	}
	return out
}
