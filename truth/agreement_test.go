package truth_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// TestAgreement_OfThePaper repeats the example of Krippendorff's paper: four
// coders, twelve units, five categories, some missing; alpha is 0.743.
func TestAgreement_OfThePaper(t *testing.T) {
	t.Parallel()
	coders := [][]int{
		{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
		{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
		{0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
		{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0},
	}
	var votes []truth.Vote
	for j, row := range coders {
		for i, c := range row {
			if c > 0 {
				votes = append(votes, truth.Vote{Task: i, Annotator: j, Class: c - 1})
			}
		}
	}
	v, err := truth.NewVotes(12, 4, 5, votes)
	if err != nil {
		t.Fatal(err)
	}
	a := truth.Agree(v)
	if alpha, ok := a.Alpha(); !ok || math.Abs(alpha-0.743) > 0.0005 {
		t.Errorf("alpha is %.4f, want 0.743", alpha)
	}
	if a.Answers != 40 {
		t.Errorf("%d answers can be paired, want 40", a.Answers)
	}
}

// TestAgreement_Properties: shares are shares, alpha is at most 1, each
// person's part adds up to the whole, and nobody alone agrees with anybody.
func TestAgreement_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const tasks, people, classes = 6, 4, 3
		var votes []truth.Vote
		for task := range tasks {
			for who := range people {
				if c := rapid.IntRange(-1, classes-1).Draw(t, "class"); c >= 0 {
					votes = append(votes, truth.Vote{Task: task, Annotator: who, Class: c})
				}
			}
		}
		v, err := truth.NewVotes(tasks, people, classes, votes)
		if err != nil {
			t.Fatal(err)
		}
		a := truth.Agree(v)
		same, of := 0.0, 0
		for j := range people {
			same, of = same+a.Same[j], of+a.Of[j]
			if a.Same[j] < 0 || a.Same[j] > float64(a.Of[j])+1e-9 {
				t.Fatalf("of %d answers %g agree", a.Of[j], a.Same[j])
			}
		}
		if of != a.Answers || math.Abs(same-a.Observed*float64(of)) > 1e-9 {
			t.Fatalf("the parts are %g of %d, the whole %g of %d", same, of, a.Observed, a.Answers)
		}
		if alpha, ok := a.Alpha(); ok && alpha > 1+1e-12 {
			t.Fatalf("alpha is %g", alpha)
		}
	})
}
