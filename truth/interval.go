package truth

import "gonum.org/v1/gonum/mathext"

// tail is the chance left out on each side of a credible interval: 90 % stay.
const tail = 0.05

// intervals are the credible intervals of each annotator's accuracy: those of
// a Beta distribution over her expected right and wrong answers, begun with as
// many of the crowd's mean accuracy as accuracy is drawn by.
func intervals(accuracy, answers []float64) (low, high []float64) {
	low, high = make([]float64, len(accuracy)), make([]float64, len(accuracy))
	for j, q := range accuracy {
		n := answers[j] + strength
		low[j] = min(q, mathext.InvRegIncBeta(q*n, (1-q)*n, tail))
		high[j] = max(q, mathext.InvRegIncBeta(q*n, (1-q)*n, 1-tail))
	}
	return low, high
}

// measure gives each annotator her expected share of right answers under the
// posterior, drawn towards the crowd's, and its interval.
func (r *Result) measure(v *Votes) {
	right, answers, all := make([]float64, v.annotators), make([]float64, v.annotators), 0.0
	for i := range v.tasks {
		for _, a := range v.of(i) {
			p := r.Row(i)[a.class]
			right[a.annotator] += p
			answers[a.annotator]++
			all += p
		}
	}
	for j := range right {
		right[j] = drawn(right[j], answers[j], all/max(1, float64(v.Len())))
	}
	r.Accuracy = right
	r.Low, r.High = intervals(right, answers)
}

// drawn is an accuracy of right among answers, drawn towards the crowd's.
func drawn(right, answers, crowd float64) float64 {
	return min(max((right+strength*crowd)/(answers+strength), 0.001), 0.999)
}
