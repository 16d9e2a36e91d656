package truth

import (
	"fmt"
	"math"
)

// Settings are what the methods over confusion matrices share. The zero value
// is right for a full set of answers without history.
type Settings struct {
	// Rounds is how many iterations are done at most, 100 when 0.
	Rounds int
	// ClassCount is the pseudo-count of each class in the class prior, 1 when
	// 0. While answers are still collected 0.1 tasks/classes keeps every class
	// alive.
	ClassCount float64
	// Prior holds a class distribution per task that stands in the place of
	// the class prior, such as a model's calibrated out-of-fold probabilities;
	// nil rows have none.
	Prior [][]float64
	// History holds per annotator Classes x Classes counts, truth as row, that
	// every iteration adds: from gold or from earlier work. Nil rows have none.
	History [][]float64
	// Start holds a posterior per task from which the iterations begin, such as
	// those of an earlier fit; nil rows begin at the shares of their answers.
	// It saves rounds, but the result then depends, within the tolerance, on
	// where it began.
	Start [][]float64
}

// tolerance is the mean change of a task's posterior at which a fit ends.
const tolerance = 1e-4

// em is one fit by expectation and maximisation (Dawid and Skene 1979). Its
// matrices are kept by answered class, [(annotator*K + answer)*K + truth], so
// that both steps read and write one row per answer.
type em struct {
	Settings
	v       *Votes
	k       int
	z       []float64 // posterior
	counts  []float64 // expected counts
	mu      []float64 // with history and prior
	logPi   []float64 // log P(answer | truth)
	share   []float64 // class prior
	answers []float64 // per annotator
}

func newEM(s Settings, v *Votes) (*em, error) {
	if s.Prior != nil && len(s.Prior) != v.tasks {
		return nil, fmt.Errorf("%d priors for %d tasks", len(s.Prior), v.tasks)
	}
	if s.History != nil && len(s.History) != v.annotators {
		return nil, fmt.Errorf("%d histories for %d annotators", len(s.History), v.annotators)
	}
	if s.Start != nil && len(s.Start) != v.tasks {
		return nil, fmt.Errorf("%d starts for %d tasks", len(s.Start), v.tasks)
	}
	if s.Rounds == 0 {
		s.Rounds = 100
	}
	if s.ClassCount == 0 {
		s.ClassCount = 1
	}
	size := v.annotators * v.classes * v.classes
	e := &em{Settings: s, v: v, k: v.classes, z: shares(v), counts: make([]float64, size), mu: make([]float64, size),
		logPi: make([]float64, size), share: make([]float64, v.classes), answers: make([]float64, v.annotators)}
	for _, a := range v.list {
		e.answers[a.annotator]++
	}
	for i, z := range s.Start {
		copy(e.z[i*e.k:(i+1)*e.k], z)
	}
	return e, nil
}

// run iterates until the posteriors rest. pseudo adds a method's prior counts
// to mu; objective is the method's own part of F, nil when it has none.
func (e *em) run(pseudo func(), objective func() float64) *Result {
	r := &Result{Tasks: e.v.tasks, Annotators: e.v.annotators, Classes: e.k}
	for r.Iterations < e.Rounds && !r.Converged {
		e.count()
		pseudo()
		e.normaliseRows()
		moved, likelihood := e.expect()
		if objective != nil {
			r.Objective = append(r.Objective, likelihood+objective())
		}
		r.Iterations++
		r.Converged = moved < tolerance
	}
	r.Posterior, r.ClassPrior = e.z, e.share
	r.Confusion, r.Counts = e.byTruth(func(i int) float64 { return math.Exp(e.logPi[i]) }), e.byTruth(func(i int) float64 { return e.counts[i] })
	r.Accuracy = e.accuracy()
	return r
}

// count is the first half of the M-step: expected counts, class prior.
func (e *em) count() {
	clear(e.counts)
	clear(e.share)
	answered := 0
	for i := range e.v.tasks {
		z := e.z[i*e.k : (i+1)*e.k]
		answers := e.v.of(i)
		for _, a := range answers {
			at := (int(a.annotator)*e.k + int(a.class)) * e.k
			row := e.counts[at : at+e.k]
			for k, p := range z {
				row[k] += p
			}
		}
		if len(answers) > 0 {
			answered++
			for k, p := range z {
				e.share[k] += p
			}
		}
	}
	for k := range e.share {
		e.share[k] = (e.ClassCount + e.share[k]) / (e.ClassCount*float64(e.k) + float64(answered))
	}
	copy(e.mu, e.counts)
	e.addHistory()
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

// normaliseRows is the second half: each truth's answers sum to 1.
func (e *em) normaliseRows() {
	logSum := make([]float64, e.k)
	for j := range e.v.annotators {
		mu, out := e.mu[j*e.k*e.k:(j+1)*e.k*e.k], e.logPi[j*e.k*e.k:(j+1)*e.k*e.k]
		clear(logSum)
		for at := range mu {
			logSum[at%e.k] += mu[at]
		}
		for k := range logSum {
			logSum[k] = math.Log(logSum[k])
		}
		for at := range mu {
			out[at] = math.Log(mu[at]) - logSum[at%e.k]
		}
	}
}

// expect is the E-step. It returns the mean change of a task's posterior and
// the log likelihood of the answers.
func (e *em) expect() (moved, likelihood float64) {
	logShare, row := make([]float64, e.k), make([]float64, e.k)
	for k, p := range e.share {
		logShare[k] = math.Log(p)
	}
	answered := 0
	for i := range e.v.tasks {
		answers := e.v.of(i)
		e.start(i, logShare, row)
		for _, a := range answers {
			at := (int(a.annotator)*e.k + int(a.class)) * e.k
			for k, p := range e.logPi[at : at+e.k] {
				row[k] += p
			}
		}
		sum := normalise(row)
		z := e.z[i*e.k : (i+1)*e.k]
		if len(answers) > 0 {
			answered++
			likelihood += sum
			for k := range z {
				moved += math.Abs(row[k] - z[k])
			}
		}
		copy(z, row)
	}
	return moved / float64(max(1, answered)), likelihood
}

// start writes a task's log prior.
func (e *em) start(task int, logShare, row []float64) {
	if e.Prior == nil || e.Prior[task] == nil {
		copy(row, logShare)
		return
	}
	for k, p := range e.Prior[task] {
		row[k] = math.Log(math.Max(p, 1e-12))
	}
}

// byTruth turns a matrix by answered class into one with truth as row.
func (e *em) byTruth(at func(i int) float64) []float64 {
	out := make([]float64, len(e.counts))
	for j := range e.v.annotators {
		for l := range e.k {
			for k := range e.k {
				out[(j*e.k+k)*e.k+l] = at((j*e.k+l)*e.k + k)
			}
		}
	}
	return out
}

// right is the expected number of right answers of an annotator.
func (e *em) right(j int) (sum float64) {
	for k := range e.k {
		sum += e.counts[(j*e.k+k)*e.k+k]
	}
	return sum
}

// strength is how many answers of the crowd's mean accuracy each annotator
// starts from (truth.md 3.3, s = 4).
const strength = 4

// accuracy is R_j drawn towards the crowd's Q: (R_j + 4Q)/(|A_j| + 4).
func (e *em) accuracy() []float64 {
	crowd := 0.0
	out := make([]float64, e.v.annotators)
	for j := range out {
		out[j] = e.right(j)
		crowd += out[j]
	}
	crowd /= math.Max(1, float64(e.v.Len()))
	for j := range out {
		out[j] = min(max((out[j]+strength*crowd)/(e.answers[j]+strength), 0.001), 0.999)
	}
	return out
}
