package census_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/census"
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
	sums := make([]census.Sums, 4)
	for unit := range 12 {
		var votes []census.Vote
		for j, row := range coders {
			if row[unit] > 0 {
				votes = append(votes, census.Vote{Person: j, Class: row[unit] - 1})
			}
		}
		census.Count(sums, votes, census.None, 1)
	}
	a := census.Agree(sums)
	if alpha, ok := a.Alpha(); !ok || math.Abs(alpha-0.743) > 0.0005 {
		t.Errorf("alpha is %.4f, want 0.743", alpha)
	}
	if a.Answers != 40 {
		t.Errorf("%d answers can be paired, want 40", a.Answers)
	}
}

// tasks draws tasks with an answer of some of the people each, and what is
// known of them.
func tasks(t *rapid.T, people, classes int) (all [][]census.Vote, known []int) {
	for range rapid.IntRange(1, 12).Draw(t, "tasks") {
		var votes []census.Vote
		for who := range people {
			if rapid.Bool().Draw(t, "answers") {
				votes = append(votes, census.Vote{Person: who, Class: rapid.IntRange(census.None, classes-1).Draw(t, "class"),
					Blind: rapid.Bool().Draw(t, "blind"), Took: census.StepOf(rapid.Int64Range(0, 1e5).Draw(t, "took"))})
			}
		}
		all, known = append(all, votes), append(known, rapid.IntRange(census.None, classes-1).Draw(t, "known"))
	}
	return all, known
}

// zeros gives counts the same length, since they grow only as they are needed.
func zeros(sums []census.Sums) []census.Sums {
	for i := range sums {
		s := &sums[i]
		s.Said, s.Shared, s.Took = padded(s.Said), padded(s.Shared), padded(s.Took)
	}
	return sums
}

func padded(counts []int) []int { return append(counts, make([]int, 300-len(counts))...) }

// TestSumsAreThoseOfARecount after any history: tasks are counted, some are
// counted anew with other answers, some go.
func TestSumsAreThoseOfARecount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const people = 20
		before, was := tasks(t, people, 4)
		after, is := tasks(t, people, 4)
		followed, recounted := make([]census.Sums, people), make([]census.Sums, people)
		for i, votes := range before {
			census.Count(followed, votes, was[i], 1)
		}
		for i, votes := range before {
			census.Count(followed, votes, was[i], -1)
			if i < len(after) {
				census.Count(followed, after[i], is[i], 1)
			}
		}
		for i := len(before); i < len(after); i++ {
			census.Count(followed, after[i], is[i], 1)
		}
		for i, votes := range after {
			census.Count(recounted, votes, is[i], 1)
		}
		if !reflect.DeepEqual(zeros(followed), zeros(recounted)) {
			t.Fatalf("followed %v, recounted %v", followed, recounted)
		}
	})
}

// TestAgreement_Properties: shares are shares, alpha is at most 1, each
// person's part adds up to the whole, and nobody alone agrees with anybody.
func TestAgreement_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sums := make([]census.Sums, 4)
		all, known := tasks(t, 4, 3)
		for i, votes := range all {
			census.Count(sums, votes, known[i], 1)
		}
		a, same, of := census.Agree(sums), 0.0, 0
		for i := range sums {
			hers, n := sums[i].Agreed()
			if same, of = same+hers, of+n; hers < 0 || hers > float64(n)+1e-9 {
				t.Fatalf("of %d answers %g agree", n, hers)
			}
		}
		if of != a.Answers || math.Abs(same-a.Observed*float64(of)) > 1e-6 {
			t.Fatalf("the parts are %g of %d, the whole %g of %d", same, of, a.Observed, a.Answers)
		}
		if alpha, ok := a.Alpha(); ok && alpha > 1+1e-9 {
			t.Fatalf("alpha is %g", alpha)
		}
	})
}

// TestMedianIsWithinItsError whatever the times, up to a day.
func TestMedianIsWithinItsError(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Int64Range(10, 24*3600*1000), 1, 50).Draw(t, "times")
		sums := make([]census.Sums, 2)
		for i, ms := range times {
			census.Count(sums, []census.Vote{{Person: i % 2, Class: 0, Took: census.StepOf(ms)}}, census.None, 1)
		}
		slices.Sort(times)
		want, got := float64(times[len(times)/2]), float64(census.Median(sums))
		if math.Abs(got-want) > 0.045*want+0.5 {
			t.Fatalf("the median is %g, told %g", want, got)
		}
	})
	if got := census.Median(nil); got != 0 {
		t.Errorf("of nobody the median is %d", got)
	}
}
