package truth_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra/truth"
)

// The bars are those of docs/TRUTH.md 8.1: each set's floor, at most 1.5 points
// below the majority, and the mean of the sets.
func TestAutoReachesEveryFloor(t *testing.T) {
	mean := 0.0
	for set, bar := range bars {
		t.Run(set, func(t *testing.T) {
			v, _, real := crowd(t, set)
			r := fit(t, truth.Auto{}, v)
			share, n := r.Right(real)
			t.Logf("%.2f %% of %d, %+.2f to the majority: %s, %s", 100*share, n, 100*share-bar.majority, r.Method, r.Reason)
			mean += 100 * share / float64(len(bars))
			if 100*share < max(bar.bds, bar.majority-1.5) {
				t.Errorf("%.2f %%, want %.2f %%, and %.2f %% less 1.5", 100*share, bar.bds, bar.majority)
			}
		})
	}
	if t.Logf("mean %.2f %%", mean); mean > 0 && mean < 85.3 {
		t.Errorf("mean of the sets: %.2f %%, want 85.3 %%", mean)
	}
}

// thinned keeps at most n answers of each task, drawn by chance.
func thinned(list []truth.Vote, n int, chance *rand.Rand) []truth.Vote {
	kept, has := []truth.Vote{}, map[int]int{}
	list = slices.Clone(list)
	chance.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	for _, one := range list {
		if has[one.Task]++; has[one.Task] <= n {
			kept = append(kept, one)
		}
	}
	return kept
}

// fewer keeps the answers of half of the annotators.
func fewer(list []truth.Vote, chance *rand.Rand) []truth.Vote {
	drawn := map[int]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(one truth.Vote) bool {
		if _, met := drawn[one.Annotator]; !met {
			drawn[one.Annotator] = chance.IntN(2) == 0
		}
		return !drawn[one.Annotator]
	})
}

// With fewer answers than were recorded, the mean over the sets stays above the
// majority's and about BackedOff's or above, and no set falls far: bluebird, whose
// crowd errs together, is the worst, and worse with BackedOff.
func TestAutoHoldsWithFewerAnswers(t *testing.T) {
	sets := []string{"bluebird", "cf", "cf_amt", "dog", "face", "fej2013", "music", "possent", "product", "reuters", "rte", "sp", "sp_amt"}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, draw := range map[string]func([]truth.Vote, *rand.Rand) []truth.Vote{
		"1 answer a task":    func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 1, c) },
		"2 answers a task":   func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 2, c) },
		"3 answers a task":   func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 3, c) },
		"4 answers a task":   func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 4, c) },
		"5 answers a task":   func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 5, c) },
		"8 answers a task":   func(l []truth.Vote, c *rand.Rand) []truth.Vote { return thinned(l, 8, c) },
		"half of the people": fewer,
	} {
		t.Run(name, func(t *testing.T) {
			mean, worst := map[string]float64{}, 100.0
			const draws = 3
			for _, set := range sets {
				_, list, real := crowd(t, set)
				right := map[string]float64{}
				for seed := range draws {
					kept := draw(list, rand.New(rand.NewPCG(uint64(seed), 11)))
					people := slices.MaxFunc(list, func(a, b truth.Vote) int { return a.Annotator - b.Annotator }).Annotator + 1
					classes := max(slices.Max(real), slices.MaxFunc(list, func(a, b truth.Vote) int { return a.Class - b.Class }).Class) + 1
					v := votes(t, len(real), people, classes, kept)
					for name, m := range map[string]method{"majority": truth.Majority{}, "bds": truth.BackedOff{}, "auto": truth.Auto{}} {
						share, _ := fit(t, m, v).Right(answeredOnly(real, kept))
						right[name] += 100 * share / draws
					}
				}
				for name, share := range right {
					mean[name] += share / float64(len(sets))
				}
				t.Logf("%s: majority %.2f, bds %.2f, auto %.2f", set, right["majority"], right["bds"], right["auto"])
				worst = min(worst, right["auto"]-right["majority"])
			}
			t.Logf("mean: majority %.2f, bds %.2f, auto %.2f; worst set %+.2f to the majority", mean["majority"], mean["bds"], mean["auto"], worst)
			if mean["auto"] < mean["majority"]-.05 || mean["auto"] < mean["bds"]-.25 || worst < -10 {
				t.Errorf("auto %.2f, majority %.2f, bds %.2f; worst set %+.2f", mean["auto"], mean["majority"], mean["bds"], worst)
			}
		})
	}
}

// answeredOnly forgets the truth of tasks that lost all their answers.
func answeredOnly(real []int, list []truth.Vote) []int {
	out := make([]int, len(real))
	for i := range out {
		out[i] = -1
	}
	for _, one := range list {
		out[one.Task] = real[one.Task]
	}
	return out
}
