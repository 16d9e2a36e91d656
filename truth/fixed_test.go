package truth_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// A confirmation makes its class 1/accepts times as likely against every other,
// whatever the model had said before.
func TestConfirming_WeighsAsItWasMeasured(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		classes, accepts := rapid.IntRange(2, 12).Draw(t, "classes"), rapid.Float64Range(.01, 1).Draw(t, "accepts")
		m := truth.Confirming(classes, accepts)
		said := rapid.IntRange(0, classes-1).Draw(t, "said")
		for k := range classes {
			sum := 0.0
			for l := range classes {
				sum += m[k*classes+l]
			}
			ratio := m[said*classes+said] / m[k*classes+said]
			if math.Abs(sum-1) > 1e-9 || k != said && math.Abs(ratio*accepts-1) > 1e-9 {
				t.Fatalf("row %d sums to %g, its class is %g times as likely, want %g", k, sum, ratio, 1/accepts)
			}
		}
	})
}

// A matrix that is not learnt stays as it is, in a fit and online, and the
// answers behind it move nobody else's.
func TestFixed_IsNotLearntAndTeachesNobody(t *testing.T) {
	t.Parallel()
	const tasks, annotators, classes = 200, 6, 3
	list, _ := planted(tasks, annotators, classes, 1200)
	fixed := make([][]float64, annotators)
	fixed[2] = truth.Confirming(classes, .25)
	for name, m := range map[string]func(truth.Settings) method{
		"ds":  func(s truth.Settings) method { return truth.DawidSkene{Settings: s} },
		"bds": func(s truth.Settings) method { return truth.BackedOff{Settings: s} },
	} {
		v := votes(t, tasks, annotators, classes, list)
		known := make([]int, tasks) // what others learn then depends on their own answers alone
		for i := range known {
			known[i] = i % classes
		}
		with := fit(t, m(truth.Settings{Fixed: fixed, Known: known}), v)
		var others []truth.Vote
		for _, a := range list {
			if a.Annotator != 2 {
				others = append(others, a)
			}
		}
		without := fit(t, m(truth.Settings{Known: known}), votes(t, tasks, annotators, classes, others))
		online, matrix := truth.NewOnline(with), make([]float64, classes*classes)
		for i := range 50 {
			online.Change(i, nil, nil, []truth.Vote{{Task: i, Annotator: 2, Class: i % 2}})
		}
		online.Confusion(2, matrix)
		for at := range matrix {
			if fit := with.Confusion[2*classes*classes+at]; math.Abs(fit-fixed[2][at]) > 1e-9 || math.Abs(matrix[at]-fixed[2][at]) > 1e-3 {
				t.Errorf("%s: entry %d is fitted as %g and then %g, fixed was %g", name, at, fit, matrix[at], fixed[2][at])
			}
			for j := range annotators {
				if to := j*classes*classes + at; j != 2 && math.Abs(with.Confusion[to]-without.Confusion[to]) > 1e-9 {
					t.Errorf("%s: annotator %d is %g, without those answers %g", name, j, with.Confusion[to], without.Confusion[to])
				}
			}
		}
	}
}

func TestOnline_FixHoldsForOneWhomTheFitDidNotSee(t *testing.T) {
	t.Parallel()
	online, out := truth.NewOnline(&truth.Result{Classes: 2, ClassPrior: []float64{.5, .5}}), make([]float64, 2)
	online.Fix(7, truth.Confirming(2, .25))
	online.Posterior([]float64{.4, .6}, []truth.Vote{{Annotator: 7, Class: 0}}, 1, out)
	if want := 1.6 / (1.6 + .6); math.Abs(out[0]-want) > 1e-9 {
		t.Errorf("a confirmation gives %g, want %g", out[0], want)
	}
}
