package truth_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra/truth"
)

func TestOnlineGivesThePosteriorOfTheFit(t *testing.T) {
	v := votes(t, 4, 3, 2, fixture)
	r := fit(t, truth.DawidSkene{}, v)
	online, out := truth.NewOnline(r), make([]float64, 2)
	for i := range 4 {
		var of []truth.Vote
		for _, a := range fixture {
			if a.Task == i {
				of = append(of, a)
			}
		}
		online.Posterior(nil, of, 1, out)
		if math.Abs(out[0]-r.Row(i)[0]) > 1e-9 {
			t.Errorf("task %d: online %v, fit %v", i, out, r.Row(i))
		}
	}
	online.Posterior(nil, []truth.Vote{{Annotator: 99, Class: 1}}, 1, out)
	if out[1] < .5 || out[1] > .95 {
		t.Errorf("a stranger's word gives %v", out)
	}
	online.Posterior([]float64{.3, .7}, nil, 1, out)
	if math.Abs(out[1]-.7) > 1e-9 {
		t.Errorf("no answers give %v, want the prior", out)
	}
}

// answers are those of each task, as they came.
func answers(tasks int, list []truth.Vote) [][]truth.Vote {
	of := make([][]truth.Vote, tasks)
	for _, v := range list {
		of[v.Task] = append(of[v.Task], v)
	}
	return of
}

func TestTakingAnAnswerBackIsTheInverseOfGivingIt(t *testing.T) {
	const tasks, annotators, classes = 200, 12, 4
	list, _ := planted(tasks, annotators, classes, 800)
	online, of := truth.NewOnline(fit(t, truth.DawidSkene{}, votes(t, tasks, annotators, classes, list))), answers(tasks, list)
	for i, given := range of { // a fit ends within its tolerance: bring every task to rest first
		online.Change(i, nil, given, given)
	}
	chance, before, after := rand.New(rand.NewPCG(3, 3)), make([]float64, classes), make([]float64, classes)
	for range 100 {
		i := chance.IntN(tasks)
		more := append(slices.Clone(of[i]), truth.Vote{Task: i, Annotator: chance.IntN(annotators + 3), Class: chance.IntN(classes)})
		online.Change(i, nil, of[i], of[i])
		online.Posterior(nil, of[i], 1, before)
		online.Change(i, nil, of[i], more)
		online.Change(i, nil, more, of[i])
		online.Posterior(nil, of[i], 1, after)
		for k := range before {
			if math.Abs(before[k]-after[k]) > 1e-5 {
				t.Fatalf("task %d was %v and is %v", i, before, after)
			}
		}
	}
}

// A task is not looked at again when others change, so that a history taken
// back leaves tasks where they were only once all have come to rest again.
func TestALongHistoryTakenBackLeavesNothing(t *testing.T) {
	const tasks, annotators, classes = 200, 12, 4
	list, _ := planted(tasks, annotators, classes, 800)
	online, of := truth.NewOnline(fit(t, truth.BackedOff{}, votes(t, tasks, annotators, classes, list))), answers(tasks, list)
	rest := func() {
		for range 50 {
			for i, given := range of {
				online.Change(i, nil, given, given)
			}
		}
	}
	told := func() (all []float64) {
		z, hers := make([]float64, classes), make([]float64, classes*classes)
		for i := range of {
			online.Posterior(nil, of[i], 1, z)
			all = append(all, z...)
		}
		for j := -1; j < annotators; j++ {
			online.Confusion(j, hers)
			all = append(all, hers...)
		}
		return all
	}
	type change struct {
		task          int
		before, after []truth.Vote
	}
	rest()
	before, history, chance := told(), []change(nil), rand.New(rand.NewPCG(4, 4))
	for range 60 { // answers come, are corrected and are taken back
		i := chance.IntN(tasks)
		now := slices.Clone(of[i])
		switch n := len(now); chance.IntN(3) {
		case 0:
			now = append(now, truth.Vote{Task: i, Annotator: chance.IntN(annotators + 3), Class: chance.IntN(classes)})
		case 1:
			now[chance.IntN(n)].Class = chance.IntN(classes)
		default:
			now = slices.Delete(now, n-1, n)
		}
		if len(now) == 0 {
			continue
		}
		online.Change(i, nil, of[i], now)
		history, of[i] = append(history, change{i, of[i], now}), now
	}
	for _, c := range slices.Backward(history) {
		online.Change(c.task, nil, c.after, c.before)
		of[c.task] = c.before
	}
	rest()
	for at, p := range told() {
		if math.Abs(p-before[at]) > 1e-3 {
			t.Fatalf("number %d was %.4f and is %.4f", at, before[at], p)
		}
	}
}

func TestAKnownClassMeasuresItsAnnotators(t *testing.T) {
	online, out := truth.NewOnline(fit(t, truth.DawidSkene{}, votes(t, 4, 3, 2, fixture))), make([]float64, 2)
	hers := []truth.Vote{{Annotator: 7, Class: 1}}
	online.Posterior(nil, hers, 1, out)
	unknown := out[1]
	for i := range 20 { // whenever it is class 0 she says class 1
		online.Know(4+i, 0, nil, []truth.Vote{{Task: 4 + i, Annotator: 7, Class: 1}})
	}
	online.Posterior(nil, hers, 1, out)
	if unknown < .5 || out[1] > .5 {
		t.Errorf("her word gave %.2f before and %.2f after she was wrong twenty times", unknown, out[1])
	}
	online.Know(4, 0, []truth.Vote{{Task: 4, Annotator: 7, Class: 1}}, nil)
	online.Posterior(nil, nil, 1, out)
	if math.Abs(out[0]+out[1]-1) > 1e-12 {
		t.Errorf("no answers give %v", out)
	}
}

// After a twentieth more answers, taken one by one, what is told must be what a fit
// over all of them tells.
func TestAnswersTakenOneByOneTellWhatAFitTells(t *testing.T) {
	for _, set := range []string{"sp", "cifar10n"} {
		t.Run(set, func(t *testing.T) {
			v, given, _ := crowd(t, set)
			all := fit(t, truth.BackedOff{}, v)
			chance := rand.New(rand.NewPCG(5, 5))
			chance.Shuffle(len(given), func(a, b int) { given[a], given[b] = given[b], given[a] })
			early := len(given) * 20 / 21
			first := fit(t, truth.BackedOff{}, votes(t, all.Tasks, all.Annotators, all.Classes, given[:early]))
			online, of := truth.NewOnline(first), answers(all.Tasks, given[:early])
			for _, one := range given[early:] {
				before := of[one.Task]
				of[one.Task] = append(before[:len(before):len(before)], one)
				online.Change(one.Task, nil, before, of[one.Task])
			}
			same, apart, z := 0, 0.0, make([]float64, all.Classes)
			for i, given := range of {
				online.Posterior(nil, given, 1, z)
				if best, _ := truth.Top(z); best == top(all, i) {
					same++
				}
				for k, p := range z {
					apart += math.Abs(p - all.Row(i)[k])
				}
			}
			share, mean := float64(same)/float64(len(of)), apart/float64(len(z)*len(of))
			t.Logf("%.2f %% of the classes are the same, posteriors differ by %.4f", 100*share, mean)
			if share < .99 || mean > .01 {
				t.Errorf("%.2f %% of the classes are the same, posteriors differ by %.4f", 100*share, mean)
			}
		})
	}
}

func top(r *truth.Result, task int) int {
	best, _ := r.Best(task)
	return best
}

// BenchmarkOnline gives one more answer to a task of a million answers.
func BenchmarkOnline(b *testing.B) {
	const tasks, annotators, classes = 100_000, 1000, 10
	list, _ := planted(tasks, annotators, classes, 1_000_000)
	online, of, n := truth.NewOnline(fit(b, truth.BackedOff{}, votes(b, tasks, annotators, classes, list))), answers(tasks, list), 0
	for b.Loop() {
		i := n * 7919 % tasks
		before := of[i]
		of[i] = append(before[:len(before):len(before)], truth.Vote{Task: i, Annotator: n % annotators, Class: n % classes})
		online.Change(i, nil, before, of[i])
		n++
	}
}

// A fit that was stopped early is further from its counts than any other.
func TestTakingEverythingBackLeavesNumbers(t *testing.T) {
	list, _ := planted(300, 9, 4, 1500)
	of, z, pi := answers(300, list), make([]float64, 4), make([]float64, 16)
	for name, m := range methods(truth.Settings{Rounds: 1}) {
		online := truth.NewOnline(fit(t, m, votes(t, 300, 9, 4, list)))
		for i := range of {
			online.Change(i, nil, of[i], nil)
			for j := range 9 {
				online.Posterior(nil, []truth.Vote{{Annotator: j, Class: i % 4}}, 1, z)
				online.Confusion(j, pi)
				for _, p := range append(slices.Clone(z), pi...) {
					if math.IsNaN(p) || math.IsInf(p, 0) || p < 0 {
						t.Fatalf("%s: after %d tasks annotator %d has %v and gives %v", name, i+1, j, pi, z)
					}
				}
			}
		}
	}
}
