package truth_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// distribution is a random one; some classes may be impossible.
func distribution(t *rapid.T, classes int, name string) []float64 {
	z, sum := make([]float64, classes), 0.0
	for k := range z {
		z[k] = rapid.Float64Range(0, 1).Draw(t, name)
		sum += z[k]
	}
	for k := range z {
		if z[k] /= sum; sum == 0 {
			z[k] = 1 / float64(classes)
		}
	}
	return z
}

func confusion(t *rapid.T, classes int) (pi []float64) {
	for range classes {
		pi = append(pi, distribution(t, classes, "confusion")...)
	}
	return pi
}

func TestOneMoreAnswerNeverCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.IntRange(1, 6).Draw(t, "classes")
		z, pi := distribution(t, classes, "z"), confusion(t, classes)
		loss := make([]float64, classes*classes)
		for at := range loss {
			loss[at] = rapid.Float64Range(0, 10).Draw(t, "loss")
		}
		for _, loss := range [][]float64{nil, loss} {
			v, risk := truth.Value(z, pi, loss), truth.Risk(z, loss)
			if !(v >= 0 && v <= risk+1e-9) {
				t.Fatalf("value %g of risk %g", v, risk)
			}
		}
	})
}

func TestTheLossOfOnePerErrorIsTheChanceOfAnError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.IntRange(1, 6).Draw(t, "classes")
		z, pi, loss := distribution(t, classes, "z"), confusion(t, classes), make([]float64, classes*classes)
		for at := range loss {
			if at/classes != at%classes {
				loss[at] = 1
			}
		}
		if a, b := truth.Risk(z, nil), truth.Risk(z, loss); math.Abs(a-b) > 1e-12 {
			t.Fatalf("risk %g, with the losses written out %g", a, b)
		}
		if a, b := truth.Value(z, pi, nil), truth.Value(z, pi, loss); math.Abs(a-b) > 1e-12 {
			t.Fatalf("value %g, with the losses written out %g", a, b)
		}
	})
}

// Worked by hand: at .6/.4 an annotator right in 8 of 10 says the first class
// with .56, leaving an error of .08, and the second with .44, leaving .12.
func TestTheValueOfAnAnswerIsTheRiskItTakesAway(t *testing.T) {
	z, hers := []float64{.6, .4}, []float64{.8, .2, .2, .8}
	for _, c := range []struct {
		name           string
		z, loss        []float64
		risk, wantGain float64
	}{
		{"it may change the decision", z, nil, .4, .2},
		{"it cannot change the decision", []float64{.9, .1}, nil, .1, 0},
		{"an error of one kind costs more", z, []float64{0, 1, 5, 0}, .6, .08}, // .52 stays: .08 five times, and .12
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := truth.Risk(c.z, c.loss); math.Abs(got-c.risk) > 1e-12 {
				t.Errorf("risk %g, want %g", got, c.risk)
			}
			if got := truth.Value(c.z, hers, c.loss); math.Abs(got-c.wantGain) > 1e-12 {
				t.Errorf("value %g, want %g", got, c.wantGain)
			}
		})
	}
	if got := truth.Value(z, []float64{.5, .5, .5, .5}, nil); got != 0 {
		t.Errorf("who answers at random is worth %g", got)
	}
}

func TestTheExpectedNumberOfAnswersIsThatOfWald(t *testing.T) {
	hers := []float64{.8, .2, .2, .8}
	for _, c := range []struct {
		name         string
		z, confusion []float64
		want         float64
	}{
		{"nothing known", []float64{.5, .5}, hers, 3.54}, // log 19 over .832
		{"one answer known", []float64{.2, .8}, hers, (math.Log(19) - math.Log(4)) / (.6 * math.Log(4))},
		{"sure enough", []float64{.96, .04}, hers, 0},
		{"she cannot tell", []float64{.5, .5}, []float64{.5, .5, .5, .5}, math.Inf(1)},
		{"one class", []float64{1}, []float64{1}, 0},
		{"the two best of three", []float64{.02, .49, .49}, []float64{1. / 3, 1. / 3, 1. / 3, .05, .8, .15, .05, .15, .8}, math.Log(19) / (.65 * math.Log(.8/.15))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := truth.ExpectedAnswers(c.z, c.confusion, .05); got != c.want && math.Abs(got-c.want) > .005 {
				t.Errorf("%.4f answers, want %.4f", got, c.want)
			}
		})
	}
}
