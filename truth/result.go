package truth

import "math"

// Result is what a method inferred.
type Result struct {
	Tasks, Annotators, Classes int

	// Method and Reason say what Auto picked and why; empty for the others.
	Method, Reason string

	// Posterior is Tasks x Classes; rows sum to 1. A task without answers has
	// the class prior, or its own prior where one was given.
	Posterior []float64
	// Confusion is Annotators x Classes x Classes, P(answer | truth) with
	// truth as row; nil for a method that has none.
	Confusion []float64
	// Counts are the expected counts behind Confusion, without any prior.
	Counts []float64
	// Weight is Annotators x Classes: the counts and pseudo-counts behind each
	// row of Confusion.
	Weight []float64
	// Accuracy is each annotator's expected share of right answers, drawn
	// towards the crowd's while she has few; nil for a method that has none.
	Accuracy []float64
	// Low and High are the 90 % credible interval of Accuracy; nil where that is,
	// and for Wawa, which counts agreement.
	Low, High []float64
	// Ability and Easiness are what GLAD finds of annotators and tasks, 1 where
	// nothing was learnt; nil for the other methods.
	Ability, Easiness []float64
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
		right += expectedRight(r.Row(i), k)
	}
	return right / float64(max(1, scored)), scored
}

// expectedRight is the chance that one of the most probable classes, drawn at
// random, is the truth.
func expectedRight(z []float64, truth int) float64 {
	if top, ties := peak(z); z[truth] > top-near {
		return 1 / float64(ties)
	}
	return 0
}

// peak is the highest probability of a posterior and how many classes have it.
func peak(z []float64) (top float64, ties int) {
	for _, p := range z {
		switch {
		case p > top+near:
			top, ties = p, 1
		case p > top-near:
			ties++
		}
	}
	return top, ties
}

// settle turns a task's logarithms into its posterior, and returns the logarithm
// of what they summed to: over all classes, or of the known one alone.
func settle(logs []float64, known int) float64 {
	if known < 0 {
		return normalise(logs)
	}
	joint := logs[known]
	only(logs, known)
	return joint
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
