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
	rows := [][]float32{{1, 0}, {0, 1}, {5, 5}, nil, {-1, 0}, {0, 0}, {1, 2, 3}, {7, 0}}
	if got := rowsOf(Nearest(rows, []float32{1, .1}, 4)); !slices.Equal(got, []int{0, 7, 2, 1}) {
		t.Errorf("the first four: %v", got)
	}
	if got := rowsOf(Nearest(rows, []float32{1, .1}, 99)); !slices.Equal(got, []int{0, 7, 2, 1, 5, 4}) {
		t.Errorf("all that can be compared: %v", got)
	}
	if got := Nearest(rows, []float32{3, 4}, 1); got[0].Row != 2 || math.Abs(float64(got[0].Cosine)-7/(5*math.Sqrt2)) > 1e-6 {
		t.Errorf("the cosine: %+v", got)
	}
	if len(Nearest(rows, []float32{1, 0}, 0))+len(Nearest(nil, []float32{1, 0}, 3))+len(Nearest(rows, nil, 0)) != 0 {
		t.Error("none asked for, or nothing there")
	}
}

func TestNearestAgreesWithSortingAll(t *testing.T) {
	t.Parallel()
	x, _ := clouds(5000, 12, 4, 2, 13)
	rows := make([][]float32, x.Rows)
	for i := range rows {
		rows[i] = x.Row(i)
	}
	all := rowsOf(Nearest(rows, x.Row(7), len(rows)))
	if all[0] != 7 {
		t.Fatalf("a row is not nearest to itself: %v", all[:3])
	}
	if got := rowsOf(Nearest(rows, x.Row(7), 11)); !slices.Equal(got, all[:11]) {
		t.Fatalf("%v, want %v", got, all[:11])
	}
}

func rowsOf(hits []Hit) (rows []int) {
	for _, h := range hits {
		rows = append(rows, h.Row)
	}
	return rows
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

// million are 1,000,000 vectors of 256 values, 1 GB.
func million() *numeric.Matrix {
	x := numeric.NewMatrix(1_000_000, 256)
	some, _ := clouds(10_000, 256, 10, 1, 14)
	for low := 0; low < len(x.Data); low += len(some.Data) {
		copy(x.Data[low:], some.Data)
	}
	return x
}

// BenchmarkNearest searches 1,000,000 vectors of 256 values.
func BenchmarkNearest(b *testing.B) {
	x := million()
	rows := make([][]float32, x.Rows)
	for i := range rows {
		rows[i] = x.Row(i)
	}
	for b.Loop() {
		Nearest(rows, x.Row(0), 24)
	}
}

// BenchmarkProbabilitiesOf rescores 1,000,000 vectors of 256 values, 10 classes.
func BenchmarkProbabilitiesOf(b *testing.B) {
	some, y := clouds(500, 256, 10, 1, 15)
	h := mustFit(b, some, y, nil, 10, FitOptions{})
	x := million()
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
