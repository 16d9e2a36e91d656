package loop

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// eagerness orders the unanswered, the lowest first: at the start the typical
// ones, then by the model's margin.
func (p *project) eagerness(it *item) float64 {
	if at := p.start.at[it]; at > 0 && p.starting() {
		return float64(at - len(p.start.at) - 1) // before all others
	}
	if it.say == nil || !p.rungs.Has(akhra.RungLeastSure) {
		return 0
	}
	return it.margin
}

// calmness orders the answered, the lowest first: where one more answer is
// worth most, or those with the fewest answers.
func (p *project) calmness(it *item) float64 {
	if !p.rungs.Has(akhra.RungLeastSure) {
		return float64(len(it.votes))
	}
	if it.truth == nil || it.truth.class < 0 {
		return -1
	}
	return -it.truth.value
}

// quality puts pictures with and without answers on one scale: the probability
// of the likeliest class, weighed by who said so where that rung is in force.
func (p *project) quality(it *item) float64 {
	q := it.sure
	if len(it.votes) > 0 {
		q = it.certainty()
	}
	if !p.rungs.Has(akhra.RungActive) {
		return q
	}
	return learn.ActiveLab(q, p.votesOf(it), p.weights.Model, p.weights.Mean, len(p.classes))
}

// certainty is the probability of the likeliest class of an answered picture.
func (it *item) certainty() float64 {
	if it.truth == nil || it.truth.class < 0 {
		return 0
	}
	return it.truth.z[it.truth.class]
}

// merge decides how many of the next are unanswered, by the quality of both
// kinds; margin decides which of the unanswered, and the value of an answer
// which of the others. Without that rung the unanswered come first.
func (p *project) merge(fresh, again []candidate, sure, certain []float64) []candidate {
	merged := make([]candidate, 0, len(fresh)+len(again))
	i, j, leastSure := 0, 0, p.rungs.Has(akhra.RungLeastSure)
	for i < len(fresh) || j < len(again) {
		first := !leastSure || j < len(again) && i < len(sure) && sure[i] <= certain[j]
		if i < len(fresh) && (j == len(again) || first) {
			merged = append(merged, fresh[i])
			i++
		} else {
			merged = append(merged, again[j])
			j++
		}
	}
	return merged
}

// spread is among how many of the next tasks chance decides: the start is
// asked in its own order.
func (p *project) spread() int {
	if p.starting() {
		return 1
	}
	return spread
}
