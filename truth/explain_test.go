package truth_test

import (
	"math"
	"testing"

	"akhra.dev/akhra/truth"
)

// TestAnAccuracyCanBeExplained recomputes every annotator's accuracy from her
// counts and the mean that the accuracies themselves give.
func TestAnAccuracyCanBeExplained(t *testing.T) {
	t.Parallel()
	var list []truth.Vote
	for i := range 60 {
		for j := range 4 {
			class := i % 3
			if (i*7+j*5)%(9-2*j) == 0 {
				class = (class + 1) % 3
			}
			list = append(list, truth.Vote{Task: i, Annotator: j, Class: class})
		}
	}
	list = append(list, truth.Vote{Task: 0, Annotator: 4, Class: 0}) // few answers: drawn furthest
	votes, err := truth.NewVotes(60, 5, 3, list)
	if err != nil {
		t.Fatal(err)
	}
	r, err := truth.BackedOff{}.Fit(votes)
	if err != nil {
		t.Fatal(err)
	}
	answers := []int{60, 60, 60, 60, 1}
	drawn, all := 0.0, 0
	for j, n := range answers {
		drawn += r.Accuracy[j] * (float64(n) + truth.Strength)
		all += n
	}
	mean := truth.MeanAccuracy(drawn, all, len(answers))
	for j, n := range answers {
		right := 0.0
		for k := range 3 {
			right += r.Counts[j*9+k*4]
		}
		if got := (right + truth.Strength*mean) / (float64(n) + truth.Strength); math.Abs(got-r.Accuracy[j]) > 1e-9 {
			t.Errorf("annotator %d: explained %v, accuracy %v", j, got, r.Accuracy[j])
		}
	}
}
