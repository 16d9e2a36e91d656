package truth

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// The example of docs/TRUTH.md 3.6: two classes, P = .8, all weights 1, the model says
// (.7, .3), and both people say 0.
func TestCrowdlabFusesByTheFormula(t *testing.T) {
	f := &crowdlab{agree: .8, machine: 1, weight: []float64{1, 1}}
	z := make([]float64, 2)
	f.fuse([]said{{0, 0}, {1, 0}}, []float64{.7, .3}, z)
	if math.Abs(z[0]-.766667) > 1e-6 {
		t.Errorf("z is %v, want .766667", z)
	}
}

func TestExpDigammaIsThatOfTheLibrary(t *testing.T) {
	for x := .01; x < 1e6; x *= 1.07 {
		if got, want := expDigamma(x), math.Exp(mathext.Digamma(x)); math.Abs(got-want) > 1e-9*want+1e-300 {
			t.Errorf("x = %g: %g, want %g", x, got, want)
		}
	}
}

func TestCrowdlabWeighsWhoAgrees(t *testing.T) {
	var list []Vote
	model := make([][]float64, 40)
	for i := range 40 {
		list = append(list, Vote{i, 0, i % 2}, Vote{i, 1, i % 2}, Vote{i, 2, i % 2}, Vote{i, 3, i / 2 % 2})
		model[i] = []float64{.9 - .8*float64(i%2), .1 + .8*float64(i%2)}
	}
	v, err := NewVotes(40, 4, 2, list)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := Majority{}.Fit(v)
	f := &crowdlab{model: model, v: v, consensus: make([]int, 40), weight: make([]float64, 4)}
	f.settle(r)
	f.weighPeople()
	f.weighModel()
	// everybody but annotator 3 agrees with two of three others, and with her by half; she agrees by half
	if want := 1 - (1-(2+.5)/3)/.5; math.Abs(f.weight[0]-want) > 1e-9 || f.weight[3] != leastWeight || math.Abs(f.machine-2) > 1e-9 {
		t.Errorf("weights %v, model %g; want %g, none, 2", f.weight, f.machine, want)
	}
	if math.Abs(f.agree-(1+.75)/2) > 1e-9 || f.base != .5 {
		t.Errorf("P %g, E0 %g; want .875, .5", f.agree, f.base)
	}
}

func TestCrowdlabBreaksTiesByTheModelAndThenByTheRarerClass(t *testing.T) {
	v, err := NewVotes(4, 3, 2, []Vote{{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}, {2, 0, 0}, {3, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := Majority{}.Fit(v)
	f := &crowdlab{model: [][]float64{{.6, .4}, nil, nil, nil}, v: v, consensus: make([]int, 4), weight: make([]float64, 3)}
	if f.settle(r); f.consensus[0] != 0 || f.consensus[1] != 1 {
		t.Errorf("consensus %v, want class 0 (the model) and 1 (rarer)", f.consensus)
	}
}

func TestCrowdlabGivesDistributionsWhateverTheModel(t *testing.T) {
	for name, c := range map[string]struct {
		classes int
		list    []Vote
		model   [][]float64
	}{
		"no answers":        {2, nil, [][]float64{{.5, .5}, nil}},
		"one class":         {1, []Vote{{0, 0, 0}, {0, 1, 0}}, [][]float64{{1}, nil}},
		"one answer a task": {3, []Vote{{0, 0, 2}, {1, 1, 1}}, [][]float64{{.2, .3, .5}, {1, 0, 0}}},
		"all of one class":  {2, []Vote{{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, [][]float64{{0, 1}, {1, 0}}},
	} {
		v, err := NewVotes(2, 2, c.classes, c.list)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Crowdlab{c.model}.Fit(v)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			sum := 0.0
			for _, p := range r.Row(i) {
				sum += p
			}
			if math.IsNaN(sum) || math.Abs(sum-1) > 1e-12 {
				t.Errorf("%s: task %d is %v", name, i, r.Row(i))
			}
		}
	}
	v, _ := NewVotes(2, 1, 2, nil)
	if _, err := (Crowdlab{Model: [][]float64{{1, 0}}}).Fit(v); err == nil {
		t.Error("a model of one task was taken for two")
	}
}
