package truth

import (
	"cmp"
	"fmt"
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
	// Fixed holds per annotator a matrix, Classes x Classes with truth as row,
	// that was measured elsewhere: it is not learnt, and her answers tell
	// nothing of the crowd. Nil rows are learnt.
	Fixed [][]float64
	// Start holds a posterior per task from which the iterations begin, such as
	// those of an earlier fit; nil rows begin at the shares of their answers.
	// It saves rounds, but the result then depends, within the tolerance, on
	// where it began.
	Start [][]float64
	// Known holds the class of each task whose truth is settled, from gold or
	// a review, and -1 for every other; nil when none is. A known task's
	// posterior is that class in every iteration, and its annotators are
	// measured against it.
	Known []int
}

// mostEntries is how many numbers the matrices of all annotators may have: a
// fit keeps about six such sets.
const mostEntries = 100_000_000

// check tells which setting does not match the votes.
func (s Settings) check(v *Votes) error {
	switch size := v.annotators * v.classes * v.classes; {
	case size > mostEntries:
		return fmt.Errorf("%d annotators and %d classes make matrices of %d numbers, more than %d", v.annotators, v.classes, size, mostEntries)
	case s.Prior != nil && len(s.Prior) != v.tasks:
		return fmt.Errorf("%d priors for %d tasks", len(s.Prior), v.tasks)
	case s.History != nil && len(s.History) != v.annotators:
		return fmt.Errorf("%d histories for %d annotators", len(s.History), v.annotators)
	case s.Fixed != nil && len(s.Fixed) != v.annotators:
		return fmt.Errorf("%d fixed matrices for %d annotators", len(s.Fixed), v.annotators)
	case s.Start != nil && len(s.Start) != v.tasks:
		return fmt.Errorf("%d starts for %d tasks", len(s.Start), v.tasks)
	case s.Known != nil && len(s.Known) != v.tasks:
		return fmt.Errorf("%d known classes for %d tasks", len(s.Known), v.tasks)
	}
	for i, k := range s.Known {
		if k >= v.classes {
			return fmt.Errorf("task %d is known to be class %d of %d classes", i, k, v.classes)
		}
	}
	return nil
}

// rounds is how many iterations are done at most.
func (s Settings) rounds() int { return cmp.Or(s.Rounds, 100) }

// known is the class of a task whose truth is settled, else negative.
func (s Settings) known(task int) int {
	if s.Known == nil {
		return -1
	}
	return s.Known[task]
}

// first is the posterior from which iterations begin: the shares of the
// answers, a given start, or a known class.
func (s Settings) first(v *Votes) []float64 {
	z, k := shares(v), v.classes
	for i, start := range s.Start {
		copy(z[i*k:(i+1)*k], start)
	}
	for i := range s.Known {
		if class := s.known(i); class >= 0 {
			only(z[i*k:(i+1)*k], class)
		}
	}
	return z
}

// only makes a posterior that is sure of one class.
func only(z []float64, class int) {
	clear(z)
	z[class] = 1
}
