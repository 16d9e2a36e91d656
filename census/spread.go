package census

import "math"

// Step is a time on a scale of eight steps to each doubling, from a millisecond
// on: the middle of a step is within 4.5 % of every time in it. Zero is a time
// that nobody knows.
type Step uint8

const (
	perDoubling = 8
	lastStep    = math.MaxUint8
)

// StepOf is the step of a time in milliseconds; times over two months share the
// last.
func StepOf(millis int64) Step {
	if millis < 1 {
		return 0
	}
	return Step(min(lastStep, 1+int(perDoubling*math.Log2(float64(millis)))))
}

// millis is the middle of a step.
func (s Step) millis() float64 { return math.Exp2((float64(s) - 0.5) / perDoubling) }

// Spread counts times by their step.
type Spread []int

func (s *Spread) add(at Step, by int) {
	if at > 0 {
		bump((*[]int)(s), int(at), by)
	}
}

// Median is the middle time of several spreads together in milliseconds, within
// 4.5 %; 0 when there is none.
func Median(people []Sums) int64 {
	var all Spread
	n := 0
	for i := range people {
		for at, times := range people[i].Took {
			all.add(Step(at), times)
			n += times
		}
	}
	before := 0
	for at, times := range all {
		if before += times; 2*before > n {
			return int64(math.Round(Step(at).millis()))
		}
	}
	return 0
}
