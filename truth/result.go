package truth

import "math"

// Result is what a method inferred.
type Result struct {
	Tasks, Annotators, Classes int

	// Posterior is Tasks x Classes; rows sum to 1. A task without answers has
	// the class prior, or its own prior where one was given.
	Posterior []float64
	// Confusion is Annotators x Classes x Classes, P(answer | truth) with
	// truth as row; nil for a method that has none.
	Confusion []float64
	// Counts are the expected counts behind Confusion, without any prior.
	Counts []float64
	// Accuracy is each annotator's expected share of right answers, drawn
	// towards the crowd's while she has few; nil for a method that has none.
	Accuracy []float64
	// ClassPrior is how common each class is.
	ClassPrior []float64
	// Objective is the log posterior after each iteration of a method that
	// has one; it never falls.
	Objective []float64
	// Iterations is how many were done; Converged is false when a method was
	// stopped at its limit.
	Iterations int
	Converged  bool
}

// Row is the posterior of a task.
func (r *Result) Row(task int) []float64 {
	return r.Posterior[task*r.Classes : (task+1)*r.Classes]
}

// near is how close two posteriors count as equal.
const near = 1e-9

// Best is the lowest of a task's most probable classes, and whether there are
// several.
func (r *Result) Best(task int) (class int, tied bool) { return Top(r.Row(task)) }

// Top is the lowest of the most probable classes of a posterior, and whether
// there are several.
func Top(z []float64) (class int, tied bool) {
	for k := 1; k < len(z); k++ {
		switch {
		case z[k] > z[class]+near:
			class, tied = k, false
		case z[k] > z[class]-near:
			tied = true
		}
	}
	return class, tied
}

// Right is the share of tasks whose class is the given truth, negative where
// unknown; among tied classes by expectation. It also says how many tasks
// were scored.
func (r *Result) Right(truth []int) (share float64, scored int) {
	right := 0.0
	for i, k := range truth {
		if k < 0 {
			continue
		}
		scored++
		z := r.Row(i)
		top, ties := 0.0, 0
		for _, p := range z {
			switch {
			case p > top+near:
				top, ties = p, 1
			case p > top-near:
				ties++
			}
		}
		if z[k] > top-near {
			right += 1 / float64(ties)
		}
	}
	return right / float64(max(1, scored)), scored
}

// Temper writes T(z, rho), z to the power of rho and normalised, into out: rho
// below 1 tells how sure to be of an over-confident posterior (truth.md 6).
func Temper(z []float64, rho float64, out []float64) {
	for k, p := range z {
		out[k] = rho * math.Log(math.Max(p, 1e-300))
	}
	normalise(out)
}

// normalise turns logarithms into probabilities and returns the logarithm of
// what they summed to.
func normalise(logs []float64) float64 {
	top := math.Inf(-1)
	for _, v := range logs {
		top = math.Max(top, v)
	}
	sum := 0.0
	for k, v := range logs {
		logs[k] = math.Exp(v - top)
		sum += logs[k]
	}
	for k := range logs {
		logs[k] /= sum
	}
	return top + math.Log(sum)
}
