package truth_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra/truth"
)

// asked buys answers as truth.md 7 prescribes: seven for a random tenth of the
// tasks, two for the others, then one more for each that is not sure. It gives
// the share of right classes and the answers per task.
func asked(t *testing.T, v *truth.Votes, given []truth.Vote, real []int, stopAt float64, chance *rand.Rand) (right, perTask float64) {
	all := fit(t, truth.Majority{}, v)
	tasks, annotators, classes := all.Tasks, all.Annotators, all.Classes
	waiting := make([][]truth.Vote, tasks)
	for _, one := range given {
		waiting[one.Task] = append(waiting[one.Task], one)
	}
	var list []truth.Vote
	buy := func(task, n int) {
		n = min(n, len(waiting[task]))
		list, waiting[task] = append(list, waiting[task][:n]...), waiting[task][n:]
	}
	for place, i := range chance.Perm(tasks) {
		chance.Shuffle(len(waiting[i]), func(a, b int) { waiting[i][a], waiting[i][b] = waiting[i][b], waiting[i][a] })
		if buy(i, 2); place < tasks/10 {
			buy(i, 5)
		}
	}
	method := truth.DawidSkene{Settings: truth.Settings{ClassCount: .1 * float64(tasks) / float64(classes)}}
	tempered := make([]float64, classes)
	for {
		before := len(list)
		r := fit(t, method, votes(t, tasks, annotators, classes, list))
		for i := range tasks {
			if truth.Temper(r.Row(i), .7, tempered); slices.Max(tempered) < stopAt {
				buy(i, 1)
			}
		}
		if len(list) == before {
			share, _ := r.Right(real)
			return 100 * share, float64(len(list)) / float64(tasks)
		}
	}
}

// The bars are those of truth.md 7 at a tempered posterior of .95.
func TestAskingUntilSureSavesAnswers(t *testing.T) {
	for set, bar := range map[string]struct{ right, perTask float64 }{
		"dog": {82.5, 5.8}, "rte": {92.0, 6.3}, "possent": {95.0, 7.2}, "sp_amt": {93.8, 3.9}, "cf_amt": {84.0, 5.8}, "face": {63.5, 5.8},
	} {
		t.Run(set, func(t *testing.T) {
			v, given, real := crowd(t, set)
			const orders = 10
			right, perTask := 0.0, 0.0
			for seed := range orders {
				r, n := asked(t, v, given, real, .95, rand.New(rand.NewPCG(uint64(seed), 7)))
				right, perTask = right+r/orders, perTask+n/orders
			}
			t.Logf("%.1f %% @ %.2f", right, perTask)
			if right < bar.right || perTask > bar.perTask {
				t.Errorf("%.1f %% @ %.2f, want %.1f %% @ %.2f", right, perTask, bar.right, bar.perTask)
			}
		})
	}
}
