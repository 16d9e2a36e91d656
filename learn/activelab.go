package learn

import "math"

// leastWeight keeps every weight of ActiveLab above nothing.
const leastWeight = 1e-6

// AnnotatorWeight is the say of an annotator in ActiveLab: agreement is the share
// of her answers that agree with other annotators on shared items, baseline the
// error of always answering the commonest class.
func AnnotatorWeight(agreement, baseline float64) float64 {
	return weight(1-agreement, baseline)
}

// ModelWeight is the say of the model in ActiveLab: disagreement is the share of
// its out-of-fold classes that differ from the consensus, answers the mean number of answers an item.
func ModelWeight(disagreement, baseline, answers float64) float64 {
	return weight(disagreement, baseline) * math.Sqrt(answers)
}

func weight(wrong, baseline float64) float64 {
	if baseline <= 0 { // one class only: nobody can do better than always naming it
		return leastWeight
	}
	return max(leastWeight, 1-wrong/baseline)
}

// ActiveLab scores an item for the next answer: the lowest is asked first. It puts
// items with and without answers on one scale and counts how many answers an item
// has, so hopeless items are not asked for ever.
//
// For an answered item, quality is the posterior of its consensus class and votes
// the sum of the weights of those who answered. For one without answers, quality
// is the model's largest probability and votes is 0. model is the weight of the
// model, mean the mean weight of an annotator.
func ActiveLab(quality, votes, model, mean float64, classes int) float64 {
	return (quality*(model+votes) + mean/float64(classes)) / (model + votes + mean)
}
