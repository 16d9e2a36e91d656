package truth_test

import (
	"math"
	"testing"

	"akhra.dev/akhra/truth"
)

// anaesthetists are the answers of table 1 of Dawid and Skene (1979): how fit
// each of 45 patients is for a general anaesthetic, on a scale of four. The
// first doctor judged everybody three times, the others once.
var anaesthetists = [45]string{
	"1111111", "3334334", "1122122", "2223121", "2223222", "2223322", "1222111", "3333433", "2222223",
	"2322223", "4444444", "2223343", "1111111", "2223212", "1211111", "1112111", "1111111", "1111111",
	"2222221", "2221322", "2222222", "2222221", "2223222", "2212222", "1111111", "1111111", "2322222",
	"1111111", "1111111", "1121121", "1111111", "3333233", "1111111", "2222222", "2223232", "4334343",
	"2212232", "2323233", "3333432", "1111111", "1111111", "1212111", "2322222", "1211111", "2222222",
}

// The paper's estimates are of maximum likelihood: a history that is the
// negative of the prior takes it out of the way.
func TestDawidSkeneGivesThePublishedEstimates(t *testing.T) {
	t.Parallel()
	const doctors, classes = 5, 4
	var list []truth.Vote
	for patient, said := range anaesthetists {
		for i, fitness := range said {
			list = append(list, truth.Vote{Task: patient, Annotator: max(0, i-2), Class: int(fitness - '1')})
		}
	}
	votes, err := truth.NewVotes(len(anaesthetists), doctors, classes, list)
	if err != nil {
		t.Fatal(err)
	}
	none := make([]float64, classes*classes)
	for at := range none {
		if none[at] = -1; at/classes == at%classes {
			none[at] = -4
		}
		none[at] += 1e-7
	}
	history := make([][]float64, doctors)
	for j := range history {
		history[j] = none
	}
	r, err := truth.DawidSkene{Settings: truth.Settings{ClassCount: 1e-7, History: history}}.Fit(votes)
	if err != nil {
		t.Fatal(err)
	}
	within(t, "how common the classes are", r.ClassPrior, []float64{.40, .42, .11, .07}, .005)
	within(t, "the first doctor", r.Confusion[:16], []float64{.89, .11, 0, 0, .07, .88, .05, 0, 0, .34, .66, 0, 0, 0, .56, .44}, .005)
	within(t, "the second doctor", r.Confusion[16:32], []float64{.83, .17, 0, 0, .05, .63, .31, 0, 0, 0, 1, 0, 0, 0, 0, 1}, .0051)
	for patient, want := range map[int][]float64{
		7: {.981, .019, 0, 0}, 30: {.999, .001, 0, 0}, 35: {0, .948, .052, 0}, 36: {0, 0, 0, 1}, 38: {0, .021, .979, 0},
	} {
		within(t, "a patient", r.Row(patient-1), want, .001)
	}
}

func within(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	for k := range want {
		if math.Abs(got[k]-want[k]) > tolerance {
			t.Errorf("%s: %.4f, published %v", what, got, want)
			return
		}
	}
}
