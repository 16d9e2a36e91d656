package truth

// Strength is how many answers of the crowd's mean accuracy every annotator
// starts from. Whoever explains an accuracy says so: it is
// (right + Strength*mean) / (answers + Strength).
const Strength = strength

// MeanAccuracy recovers the crowd's mean from what a fit said of its
// annotators: sums of accuracy*(answers + Strength) and of answers, and how
// many annotators there are. NaN when there are none.
func MeanAccuracy(drawn float64, answers, annotators int) float64 {
	return drawn / (float64(answers) + Strength*float64(annotators))
}
