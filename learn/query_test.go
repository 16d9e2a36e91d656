package learn

import (
	"math"
	"slices"
	"testing"

	"akhra.dev/akhra/numeric"
	"pgregory.net/rapid"
)

func TestActiveLabKnownAnswers(t *testing.T) {
	t.Parallel()
	// w_M = .6, two annotators of .5, mean .5, K = 4.
	if got, want := ActiveLab(.9, 1, .6, .5, 4), (.9*1.6+.125)/2.1; math.Abs(got-want) > 1e-12 {
		t.Errorf("answered: %v, want %v", got, want)
	}
	if got, want := ActiveLab(.7, 0, .6, .5, 4), (.6*.7+.125)/1.1; math.Abs(got-want) > 1e-12 {
		t.Errorf("unanswered: %v, want %v", got, want)
	}
	if got := AnnotatorWeight(.9, .5); math.Abs(got-.8) > 1e-12 {
		t.Errorf("annotator: %v", got)
	}
	if got := ModelWeight(.25, .5, 4); math.Abs(got-1) > 1e-12 {
		t.Errorf("model: %v", got)
	}
	if AnnotatorWeight(.1, .5) != leastWeight || AnnotatorWeight(1, 0) != leastWeight {
		t.Error("a useless say is small, never nothing")
	}
}

func TestMoreAnswersOfTheSameQualityAreAskedLater(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		quality := rapid.Float64Range(.26, 1).Draw(t, "quality")
		votes := rapid.Float64Range(0, 5).Draw(t, "votes")
		if ActiveLab(quality, votes+.5, .4, .5, 4) <= ActiveLab(quality, votes, .4, .5, 4) {
			t.Fatal("an item with more answers is not behind one with fewer")
		}
	})
}

func TestTypiClustTakesOneOfEveryGroup(t *testing.T) {
	t.Parallel()
	x, y := clouds(400, 16, 8, .1, 12)
	chosen := TypiClust(x, 24, 1)
	var seen [8]bool
	for _, i := range chosen {
		seen[y[i]] = true
	}
	if slices.Contains(seen[:], false) {
		t.Fatalf("groups seen: %v", seen)
	}
	if !slices.Equal(chosen, TypiClust(x, 24, 1)) {
		t.Fatal("the same seed chose other rows")
	}
}

func TestTypiClustGivesDistinctRowsWhateverTheInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, n := rapid.IntRange(0, 30).Draw(t, "rows"), rapid.IntRange(0, 40).Draw(t, "n")
		x := numeric.NewMatrix(rows, 2)
		for i := range x.Data {
			x.Data[i] = float32(rapid.IntRange(0, 2).Draw(t, "value"))
		}
		chosen := TypiClust(x, n, 3)
		slices.Sort(chosen)
		if len(slices.Compact(chosen)) != min(rows, n) {
			t.Fatalf("%d of %d rows: %v", n, rows, chosen)
		}
	})
}

func TestNearestIsTheOrderByCosine(t *testing.T) {
	t.Parallel()
	x := &numeric.Matrix{Rows: 5, Cols: 2, Data: []float32{1, 0, 0, 1, 5, 5, -1, 0, 0, 0}}
	if got := Nearest(x, []float32{1, .1}, nil, 3); !slices.Equal(got, []int{0, 2, 1}) {
		t.Errorf("among all: %v", got)
	}
	if got := Nearest(x, []float32{1, .1}, []int{1, 3, 4}, 9); !slices.Equal(got, []int{1, 4, 3}) {
		t.Errorf("among three: %v", got)
	}
	if got := Nearest(x, []float32{1, 0}, nil, 0); len(got) != 0 {
		t.Errorf("none asked for: %v", got)
	}
	if got := Nearest(x, []float32{1, 0}, []int{}, 3); len(got) != 0 {
		t.Errorf("among none: %v", got)
	}
}

func TestNearestAgreesWithSortingAll(t *testing.T) {
	t.Parallel()
	x, _ := clouds(300, 12, 4, 2, 13)
	all := Nearest(x, x.Row(7), nil, 300)
	if all[0] != 7 {
		t.Fatalf("a row is not nearest to itself: %v", all[:3])
	}
	if got := Nearest(x, x.Row(7), nil, 11); !slices.Equal(got, all[:11]) {
		t.Fatalf("%v, want %v", got, all[:11])
	}
}

func TestSuspectsAreTheContradictedAnswers(t *testing.T) {
	t.Parallel()
	p := [][]float64{{.9, .1}, {.8, .2}, {.1, .9}, {.2, .8}, {.05, .95}, {.6, .4}, {.9, .1}}
	consensus := []int{0, 0, 1, 1, 0, 1, -1}
	// Class 1: mean (.9 + .8 + .4)/3 = .7; class 0: (.9 + .8 + .05)/3 = .583.
	if got := Suspects(p, consensus); !slices.Equal(got, []int{4, 5}) {
		t.Errorf("%v, want items 4 and 5, the worst first", got)
	}
	if got := Suspects(nil, nil); len(got) != 0 {
		t.Errorf("nothing: %v", got)
	}
	if got := Suspects([][]float64{{1}, {1}}, []int{0, 0}); len(got) != 0 {
		t.Errorf("one class: %v", got)
	}
}

// BenchmarkNearest searches 100,000 vectors of 512 values.
func BenchmarkNearest(b *testing.B) {
	x, _ := clouds(100_000, 512, 4, 1, 14)
	for b.Loop() {
		Nearest(x, x.Row(0), nil, 6)
	}
}

// BenchmarkProbabilitiesOf rescores 10,000 vectors of 512 values, 10 classes.
func BenchmarkProbabilitiesOf(b *testing.B) {
	x, y := clouds(10_000, 512, 10, 4, 15)
	h := mustFit(b, x.Slice(0, 500), y[:500], nil, 10, FitOptions{})
	for b.Loop() {
		h.ProbabilitiesOf(x)
	}
}

// BenchmarkTypiClust starts a project of 5,000 pictures of 30 wanted.
func BenchmarkTypiClust(b *testing.B) {
	x, _ := clouds(5000, 512, 10, 4, 16)
	for b.Loop() {
		TypiClust(x, 30, 1)
	}
}
