package truth

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
)

// EBCC splits each class into sub-types for which annotators err alike (Y. Li,
// B. Rubinstein and T. Cohn, "Exploiting worker correlation for label
// aggregation in crowdsourcing", 2019), by variational Bayes. It starts several
// times from chance, with fixed seeds, and keeps the start of the highest bound
// (ELBO), which is not always the most accurate. Cost per iteration: answers x
// classes x sub-types, times the starts.
type EBCC struct {
	Settings
	// Starts is how many, 8 when 0 and 2 above 30,000 answers.
	Starts int
}

// What the paper found to work: sub-types per class, and the pseudo-counts of
// sub-types and of right and wrong answers.
const (
	subtypes     = 10
	subtypeCount = 0.1
	rightCount   = 4.0
	wrongCount   = 1.0
	ebccRest     = 1e-3 // the largest change of a posterior at which a start ends
	mostEBCC     = 50_000_000
)

// Fit fails when the settings do not match the votes, and when the matrices
// would have more than 50 million numbers. Histories and priors are not used.
func (b EBCC) Fit(v *Votes) (*Result, error) {
	if err := b.check(v); err != nil {
		return nil, err
	}
	if size := v.annotators * v.classes * v.classes * subtypes; size > mostEBCC {
		return nil, fmt.Errorf("ebcc would need %d numbers for %d annotators and %d classes, more than %d", size, v.annotators, v.classes, mostEBCC)
	}
	starts := b.Starts
	if starts == 0 && v.Len() > 30_000 {
		starts = 2
	} else if starts == 0 {
		starts = 8
	}
	var best *Result
	for seed := range starts {
		r := newEBCC(b.Settings, v).run(rand.New(rand.NewPCG(uint64(seed), 2019)))
		if best == nil || last(r.Objective) > last(best.Objective) {
			best = r
		}
	}
	best.measure(v)
	return best, nil
}

func last(list []float64) float64 { return list[len(list)-1] }

// ebcc is one start. A state is a class and a sub-type, class*subtypes +
// sub-type; what a method calls truth is a state here.
type ebcc struct {
	Settings
	v         *Votes
	k, states int
	z         []float64 // posterior of the classes
	r         []float64 // posterior of the states
	begin     []float64 // pseudo-counts of the classes: their soft majority
	nu, eta   []float64 // counts of classes and of states
	mu        []float64 // of answers, [(annotator*K + answer)*states + state]
	logPi     []float64 // E[log P(answer | state)]
	logState  []float64 // E[log P(state)]
}

func newEBCC(s Settings, v *Votes) *ebcc {
	states := v.classes * subtypes
	b := &ebcc{Settings: s, v: v, k: v.classes, states: states, z: s.first(v), r: make([]float64, v.tasks*states),
		begin: make([]float64, v.classes), nu: make([]float64, v.classes), eta: make([]float64, states),
		mu: make([]float64, v.annotators*v.classes*states), logPi: make([]float64, v.annotators*v.classes*states),
		logState: make([]float64, states)}
	for at, p := range b.z {
		b.begin[at%b.k] += p
	}
	return b
}

func (b *ebcc) run(chance *rand.Rand) *Result {
	b.scatter(chance)
	r := &Result{Tasks: b.v.tasks, Annotators: b.v.annotators, Classes: b.k, Posterior: b.z}
	for r.Iterations < b.rounds() && !r.Converged {
		b.count()
		bound := b.expectLogs()
		moved, likelihood := b.expect()
		r.Objective = append(r.Objective, bound+likelihood)
		r.Iterations++
		r.Converged = moved < ebccRest
	}
	all := 0.0
	for _, n := range b.nu {
		all += n
	}
	for _, n := range b.nu {
		r.ClassPrior = append(r.ClassPrior, n/all)
	}
	return r
}

// scatter divides each class of each task among its sub-types by chance.
func (b *ebcc) scatter(chance *rand.Rand) {
	for at, p := range b.z {
		row, sum := b.r[at*subtypes:(at+1)*subtypes], 0.0
		for m := range row {
			row[m] = chance.ExpFloat64()
			sum += row[m]
		}
		for m := range row {
			row[m] *= p / sum
		}
	}
}

// count takes all counts from the posteriors of the states.
func (b *ebcc) count() {
	copy(b.nu, b.begin)
	for s := range b.eta {
		b.eta[s] = subtypeCount / subtypes
	}
	for at := range b.mu {
		b.mu[at] = b.pseudo(at/b.states%b.k, at%b.states)
	}
	for i := range b.v.tasks {
		r := b.r[i*b.states : (i+1)*b.states]
		if len(b.v.of(i)) == 0 {
			continue
		}
		for s, p := range r {
			b.eta[s] += p
			b.nu[s/subtypes] += p
		}
		for _, a := range b.v.of(i) {
			mu := b.mu[(int(a.annotator)*b.k+int(a.class))*b.states:][:b.states]
			for s, p := range r {
				mu[s] += p
			}
		}
	}
}

// expectLogs takes the expected logarithms under the Dirichlet distributions of
// the counts, and returns what these contribute to the bound: minus their
// divergence from their priors, up to a constant.
func (b *ebcc) expectLogs() (bound float64) {
	logs := make([]float64, b.k)
	bound = meanLogs(b.nu, logs, 1, func(k int) float64 { return b.begin[k] })
	for k := range b.k {
		from, to := k*subtypes, (k+1)*subtypes
		bound += meanLogs(b.eta[from:to], b.logState[from:to], 1, func(int) float64 { return subtypeCount / subtypes })
		for s := from; s < to; s++ {
			b.logState[s] += logs[k]
		}
	}
	for j := range b.v.annotators {
		for s := range b.states {
			from, to := j*b.k*b.states+s, (j+1)*b.k*b.states
			bound += meanLogs(b.mu[from:to], b.logPi[from:to], b.states, func(l int) float64 { return b.pseudo(l, s) })
		}
	}
	return bound
}

// pseudo is the pseudo-count of an answer in a state.
func (b *ebcc) pseudo(answer, state int) float64 {
	if answer == state/subtypes {
		return rightCount
	}
	return wrongCount
}

// meanLogs writes digamma(count) - digamma(all counts) for counts that stand
// every stride in a list. It returns the sum of (prior - count) times that, plus
// the logarithm of the normaliser of the counts.
func meanLogs(counts, out []float64, stride int, prior func(int) float64) (bound float64) {
	all := 0.0
	for at := 0; at < len(counts); at += stride {
		all += counts[at]
	}
	mean := mathext.Digamma(all)
	for at := 0; at < len(counts); at += stride {
		out[at] = mathext.Digamma(counts[at]) - mean
		bound += (prior(at/stride)-counts[at])*out[at] + logGamma(counts[at])
	}
	return bound - logGamma(all)
}

// logGamma is the logarithm of the gamma function, for x > 0.
func logGamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

// expect is the E-step. It returns the largest change of a class's posterior,
// and what the tasks contribute to the bound.
func (b *ebcc) expect() (moved, likelihood float64) {
	row := make([]float64, b.states)
	for i := range b.v.tasks {
		copy(row, b.logState)
		for _, a := range b.v.of(i) {
			logPi := b.logPi[(int(a.annotator)*b.k+int(a.class))*b.states:][:b.states]
			for s, p := range logPi {
				row[s] += p
			}
		}
		for s, k := 0, b.known(i); k >= 0 && s < len(row); s++ {
			if s/subtypes != k {
				row[s] = math.Inf(-1)
			}
		}
		if sum := normalise(row); len(b.v.of(i)) > 0 {
			likelihood += sum
		}
		copy(b.r[i*b.states:], row)
		moved = max(moved, b.collect(i, row))
	}
	return moved, likelihood
}

// collect sums the states of a task to its classes.
func (b *ebcc) collect(task int, states []float64) (moved float64) {
	for k := range b.k {
		sum := 0.0
		for _, p := range states[k*subtypes : (k+1)*subtypes] {
			sum += p
		}
		z := &b.z[task*b.k+k]
		moved, *z = max(moved, math.Abs(sum-*z)), sum
	}
	return moved
}
