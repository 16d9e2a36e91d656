package truth_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// named lists every method that has a name.
func named(t interface{ Fatal(...any) }, s truth.Settings) map[string]truth.Method {
	all := map[string]truth.Method{}
	for _, name := range truth.Names() {
		m, err := truth.Named(name, s)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = m
	}
	all["ebcc"] = truth.EBCC{Settings: s, Starts: 1} // eight would only take longer
	return all
}

// mustBeDistributions fails when a row of the result is none.
func mustBeDistributions(t interface{ Fatalf(string, ...any) }, name string, r *truth.Result) {
	for what, rows := range map[string][]float64{"posterior": r.Posterior, "confusion": r.Confusion, "class prior": r.ClassPrior} {
		for row := range slices.Chunk(rows, r.Classes) {
			sum := 0.0
			for _, p := range row {
				sum += p
			}
			if math.IsNaN(sum) || math.Abs(sum-1) > 1e-12*float64(r.Classes) || slices.Min(row) < 0 {
				t.Fatalf("%s: a row of the %s is %v", name, what, row)
			}
		}
	}
	for _, q := range slices.Concat(r.Accuracy, r.Ability, r.Easiness) {
		if math.IsNaN(q) || math.IsInf(q, 0) {
			t.Fatalf("%s: an annotator or task is %g", name, q)
		}
	}
}

func TestEveryMethodGivesDistributions(t *testing.T) {
	all := named(t, truth.Settings{})
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		for name, m := range all {
			mustBeDistributions(t, name, fit(t, m, votes(t, tasks, annotators, classes, list)))
		}
	})
}

func TestEveryMethodBearsTheExtremes(t *testing.T) {
	crowded := make([]truth.Vote, 10_000)
	for n := range crowded {
		crowded[n] = truth.Vote{Annotator: n % 50, Class: min(1, n%3)}
	}
	for _, c := range []struct {
		name                       string
		tasks, annotators, classes int
		list                       []truth.Vote
		want                       int
	}{
		{"one class", 3, 2, 1, []truth.Vote{{0, 0, 0}, {1, 1, 0}}, 0},
		{"one answer", 1, 1, 2, []truth.Vote{{0, 0, 1}}, 1},
		{"10,000 answers to one task", 1, 50, 2, crowded, 1},
		{"a class nobody names", 2, 2, 3, []truth.Vote{{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 1}}, 0},
		{"a task and an annotator without answers", 2, 2, 2, []truth.Vote{{0, 0, 1}}, 1},
		{"two answers of one annotator", 1, 1, 3, []truth.Vote{{0, 0, 2}, {0, 0, 2}}, 2},
		{"no answers", 2, 2, 2, nil, 0},
	} {
		for name, m := range named(t, truth.Settings{}) {
			t.Run(name+", "+c.name, func(t *testing.T) {
				r := fit(t, m, votes(t, c.tasks, c.annotators, c.classes, c.list))
				mustBeDistributions(t, name, r)
				if class, _ := r.Best(0); class != c.want {
					t.Errorf("task 0 is %v, want class %d", r.Row(0), c.want)
				}
			})
		}
	}
}

// A history tells the classes and the annotators apart. Without one, answers
// can be the same under another name of two classes; then a fit stands on a
// ridge, from which the last bit of a sum decides the side it falls to.
func TestRenamingTasksAnnotatorsAndClassesChangesNoMethod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		task, annotator, class := permuted(t, tasks), permuted(t, annotators), permuted(t, classes)
		history := drawnHistory(t, annotators, classes)
		all, renamed := named(t, truth.Settings{History: history}), named(t, truth.Settings{History: renamedHistory(history, annotator, class)})
		delete(all, "ebcc") // chance divides its sub-types by the place of a task
		other := make([]truth.Vote, len(list))
		for n, one := range rapid.Permutation(list).Draw(t, "other order") {
			other[n] = truth.Vote{Task: task[one.Task], Annotator: annotator[one.Annotator], Class: class[one.Class]}
		}
		for name, m := range all {
			a, b := fit(t, m, votes(t, tasks, annotators, classes, list)), fit(t, renamed[name], votes(t, tasks, annotators, classes, other))
			apart := 1e-9
			if name == "glad" {
				apart = 1e-6 // abilities and easiness are found within a tolerance
			}
			for i := range tasks {
				for k, p := range a.Row(i) {
					if math.Abs(p-b.Row(task[i])[class[k]]) > apart {
						t.Fatalf("%s: task %d was %v and became %v", name, i, a.Row(i), b.Row(task[i]))
					}
				}
			}
		}
	})
}

// drawnHistory is a few earlier answers of each annotator, of which no two
// counts are alike.
func drawnHistory(t *rapid.T, annotators, classes int) [][]float64 {
	chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "history"), 1))
	history := make([][]float64, annotators)
	for j := range history {
		history[j] = make([]float64, classes*classes)
		for at := range history[j] {
			history[j][at] = chance.Float64()
		}
	}
	return history
}

// renamedHistory is the history under other names.
func renamedHistory(history [][]float64, annotator, class []int) [][]float64 {
	out, k := make([][]float64, len(history)), len(class)
	for j, counts := range history {
		own := make([]float64, k*k)
		for at, n := range counts {
			own[class[at/k]*k+class[at%k]] = n
		}
		out[annotator[j]] = own
	}
	return out
}

// permuted is a random order of 0..n-1.
func permuted(t *rapid.T, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return rapid.Permutation(list).Draw(t, "names")
}

func TestTheOrderOfAnswersIsTheSameToTheLastBit(t *testing.T) {
	list, _ := planted(300, 12, 3, 1500)
	other := slices.Clone(list)
	slices.Reverse(other)
	for name, m := range named(t, truth.Settings{}) {
		a, b := fit(t, m, votes(t, 300, 12, 3, list)), fit(t, m, votes(t, 300, 12, 3, other))
		if !slices.Equal(a.Posterior, b.Posterior) {
			t.Errorf("%s: the order of the answers matters", name)
		}
	}
}

// The bounds of EBCC and the log posterior of GLAD never fall, nor does that of
// Dawid-Skene; the other methods have none.
func TestObjectivesNeverFall(t *testing.T) {
	all := named(t, truth.Settings{})
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		for _, name := range []string{"ds", "glad", "ebcc"} {
			r := fit(t, all[name], votes(t, tasks, annotators, classes, list))
			for n := 1; n < len(r.Objective); n++ {
				if r.Objective[n] < r.Objective[n-1]-1e-6 {
					t.Fatalf("%s: iteration %d: %g after %g", name, n, r.Objective[n], r.Objective[n-1])
				}
			}
		}
	})
}

func TestASkilledCrowdIsRecovered(t *testing.T) {
	list, real := planted(2000, 20, 4, 14_000) // seven answers a task
	v := votes(t, 2000, 20, 4, list)
	for name, m := range named(t, truth.Settings{}) {
		r := fit(t, m, v)
		if share, _ := r.Right(real); share < .985 {
			t.Errorf("%s: %.2f %% of the planted classes", name, 100*share)
		}
		for j := range r.Accuracy {
			if right := recordedAccuracy(list, real, j); math.Abs(r.Accuracy[j]-right) > .03 {
				t.Errorf("%s: annotator %d is %.3f right, found %.3f", name, j, right, r.Accuracy[j])
			}
			for k := 0; name != "one-coin" && r.Confusion != nil && k < 4; k++ {
				if p := r.Confusion[(j*4+k)*4+k]; math.Abs(p-r.Accuracy[j]) > .12 {
					t.Errorf("%s: annotator %d has %.3f for class %d, accuracy %.3f", name, j, p, k, r.Accuracy[j])
				}
			}
		}
	}
}

// recordedAccuracy is the share of an annotator's answers that are right.
func recordedAccuracy(list []truth.Vote, real []int, annotator int) float64 {
	right, all := 0.0, 0.0
	for _, one := range list {
		if one.Annotator == annotator {
			all++
			if real[one.Task] == one.Class {
				right++
			}
		}
	}
	return right / all
}

func TestAKnownClassStaysInEveryMethodThatLearns(t *testing.T) {
	known := []int{-1, 0, -1, -1}
	for name, m := range named(t, truth.Settings{Known: known}) {
		if name == "majority" || name == "wawa" {
			continue
		}
		if r := fit(t, m, votes(t, 4, 3, 2, fixture)); r.Row(1)[0] < 1-1e-12 {
			t.Errorf("%s: task 1 is %v, known to be class 0", name, r.Row(1))
		}
		bad, _ := truth.Named(name, truth.Settings{Known: known[:2]})
		if _, err := bad.Fit(votes(t, 4, 3, 2, fixture)); err == nil {
			t.Errorf("%s: known classes of other tasks were taken", name)
		}
	}
}

func TestAnEasyTaskIsFoundEasyAndAnAbleAnnotatorAble(t *testing.T) {
	var list []truth.Vote
	for i := range 60 {
		for j := range 6 {
			class := i % 2
			if j == 5 && i%3 == 0 || i >= 50 && (i+j)%2 == 0 { // annotator 5 errs, tasks from 50 on divide all
				class = 1 - class
			}
			list = append(list, truth.Vote{Task: i, Annotator: j, Class: class})
		}
	}
	r := fit(t, truth.GLAD{}, votes(t, 60, 6, 2, list))
	if r.Ability[5] >= r.Ability[0] || r.Easiness[55] >= r.Easiness[1] {
		t.Errorf("abilities %.2f, easiness of an easy task %.2f, of a hard one %.2f", r.Ability, r.Easiness[1], r.Easiness[55])
	}
}

func TestEBCCRefusesMatricesTooLarge(t *testing.T) {
	v := votes(t, 1, 600, 100, []truth.Vote{{0, 0, 0}})
	if _, err := (truth.EBCC{}).Fit(v); err == nil {
		t.Error("600 annotators, 100 classes and 10 sub-types were taken")
	}
}

func TestMoreStartsOfEBCCNeverLowerTheBound(t *testing.T) {
	list, _ := planted(100, 8, 3, 400)
	v := votes(t, 100, 8, 3, list)
	highest := math.Inf(-1)
	for starts := 1; starts <= 4; starts++ {
		r := fit(t, truth.EBCC{Starts: starts}, v)
		if top := r.Objective[len(r.Objective)-1]; top < highest {
			t.Errorf("%d starts reach %g, fewer reached %g", starts, top, highest)
		} else {
			highest = top
		}
	}
}
