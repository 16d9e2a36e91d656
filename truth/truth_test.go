package truth_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// method is any of the package's ways to a truth.
type method interface {
	Fit(*truth.Votes) (*truth.Result, error)
}

func methods(s truth.Settings) map[string]method {
	return map[string]method{"majority": truth.Majority{}, "ds": truth.DawidSkene{Settings: s}, "bds": truth.BackedOff{Settings: s}}
}

func votes(t interface{ Fatal(...any) }, tasks, annotators, classes int, list []truth.Vote) *truth.Votes {
	v, err := truth.NewVotes(tasks, annotators, classes, list)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func fit(t interface{ Fatal(...any) }, m method, v *truth.Votes) *truth.Result {
	r, err := m.Fit(v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fixture is the example of docs/TRUTH.md 3.7: four tasks, three annotators.
var fixture = []truth.Vote{{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}, {2, 0, 0}, {2, 1, 0}, {2, 2, 0}, {3, 0, 1}, {3, 1, 0}}

func TestTheFixtureGivesThePublishedPosteriors(t *testing.T) {
	for _, c := range []struct {
		name       string
		method     method
		iterations int
		want       [4]float64
		objective  float64
	}{
		{"majority", truth.Majority{}, 1, [4]float64{.666667, 0, 1, .5}, 0},
		{"wawa", truth.Wawa{}, 1, [4]float64{.724138, 0, 1, .5}, 0},
		{"ds, one iteration", truth.DawidSkene{Settings: truth.Settings{Rounds: 1}}, 1, [4]float64{.811757, .016188, .985714, .482435}, -23.160242},
		{"ds", truth.DawidSkene{}, 12, [4]float64{.879154, .020046, .989744, .551316}, -23.124870},
		{"bds, one iteration", truth.BackedOff{Settings: truth.Settings{Rounds: 1}}, 1, [4]float64{.808461, .018442, .983265, .477966}, 0},
		{"bds", truth.BackedOff{}, 24, [4]float64{.934915, .017907, .991675, .629144}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := fit(t, c.method, votes(t, 4, 3, 2, fixture))
			for i, want := range c.want {
				if got := r.Row(i)[0]; math.Abs(got-want) > 1e-6 {
					t.Errorf("z_%d0 = %.6f, want %.6f", i, got, want)
				}
			}
			if r.Iterations != c.iterations {
				t.Errorf("%d iterations, want %d", r.Iterations, c.iterations)
			}
			if n := len(r.Objective); c.objective != 0 && math.Abs(r.Objective[n-1]-c.objective) > 1e-6 {
				t.Errorf("objective %.6f, want %.6f", r.Objective[n-1], c.objective)
			}
		})
	}
}

// drawn is a random set of answers.
func drawn(t *rapid.T) (tasks, annotators, classes int, list []truth.Vote) {
	tasks, annotators = rapid.IntRange(1, 12).Draw(t, "tasks"), rapid.IntRange(1, 6).Draw(t, "annotators")
	classes = rapid.IntRange(1, 5).Draw(t, "classes")
	for range rapid.IntRange(0, 60).Draw(t, "answers") {
		list = append(list, truth.Vote{Task: rapid.IntRange(0, tasks-1).Draw(t, "task"),
			Annotator: rapid.IntRange(0, annotators-1).Draw(t, "annotator"), Class: rapid.IntRange(0, classes-1).Draw(t, "class")})
	}
	return tasks, annotators, classes, list
}

func TestPosteriorsAndMatricesAreDistributions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		for name, m := range methods(truth.Settings{}) {
			r := fit(t, m, votes(t, tasks, annotators, classes, list))
			for what, rows := range map[string][]float64{"posterior": r.Posterior, "confusion": r.Confusion} {
				for row := range slices.Chunk(rows, classes) {
					sum := 0.0
					for _, p := range row {
						sum += p
					}
					if math.IsNaN(sum) || math.Abs(sum-1) > 1e-9 {
						t.Fatalf("%s: a row of the %s is %v", name, what, row)
					}
				}
			}
		}
	})
}

func TestTheOrderOfAnswersChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		other := rapid.Permutation(list).Draw(t, "other order")
		for name, m := range methods(truth.Settings{}) {
			a, b := fit(t, m, votes(t, tasks, annotators, classes, list)), fit(t, m, votes(t, tasks, annotators, classes, other))
			if !slices.Equal(a.Posterior, b.Posterior) {
				t.Fatalf("%s: %v became %v", name, a.Posterior, b.Posterior)
			}
		}
	})
}

func TestTheObjectiveOfDawidSkeneNeverFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		r := fit(t, truth.DawidSkene{}, votes(t, tasks, annotators, classes, list))
		for i := 1; i < len(r.Objective); i++ {
			if r.Objective[i] < r.Objective[i-1]-1e-6 {
				t.Fatalf("iteration %d: %g after %g", i, r.Objective[i], r.Objective[i-1])
			}
		}
	})
}

func TestHistoryStaysThroughEveryIteration(t *testing.T) {
	list := []truth.Vote{}
	for i := range 40 {
		list = append(list, truth.Vote{Task: i, Annotator: 0, Class: i % 2}, truth.Vote{Task: i, Annotator: 1, Class: 1 - i%2})
	}
	expert := [][]float64{nil, {50, 0, 0, 50}}
	r := fit(t, truth.DawidSkene{Settings: truth.Settings{History: expert}}, votes(t, 40, 2, 2, list))
	for i := range 40 {
		if class, _ := r.Best(i); class != 1-i%2 {
			t.Fatalf("task %d is %v: the expert was not believed", i, r.Row(i))
		}
	}
}

func TestTwiceTheHistoryMovesTheMatrixTowardsIt(t *testing.T) {
	list, _ := planted(100, 4, 3, 400)
	v, history, apart := votes(t, 100, 4, 3, list), []float64{10, 0, 0, 5, 5, 0, 0, 0, 10}, math.Inf(1)
	for range 6 {
		r, now := fit(t, truth.DawidSkene{Settings: truth.Settings{History: [][]float64{nil, history, nil, nil}}}, v), 0.0
		for at, p := range r.Confusion[9:18] {
			now += math.Abs(p - history[at]/(history[at/3*3]+history[at/3*3+1]+history[at/3*3+2]))
		}
		if now >= apart {
			t.Errorf("her matrix is %.3f from her history %v, with half of it %.3f", now, history, apart)
		}
		apart = now
		for at := range history {
			history[at] *= 2
		}
	}
}

func TestWhoAnswersAtRandomChangesNothing(t *testing.T) {
	list, _ := planted(60, 5, 3, 240)
	random := [][]float64{nil, nil, nil, nil, nil, slices.Repeat([]float64{1e12}, 9)} // known to have equal rows
	without := fit(t, truth.DawidSkene{}, votes(t, 60, 6, 3, list))
	for i := range 60 {
		list = append(list, truth.Vote{Task: i, Annotator: 5, Class: i % 3})
	}
	with := fit(t, truth.DawidSkene{Settings: truth.Settings{History: random}}, votes(t, 60, 6, 3, list))
	for at, p := range without.Posterior {
		if math.Abs(p-with.Posterior[at]) > 1e-3 { // a fit begins elsewhere with her
			t.Fatalf("task %d is %v with her and %v without", at/3, with.Row(at/3), without.Row(at/3))
		}
	}
}

func TestAPriorStandsInThePlaceOfTheClassPrior(t *testing.T) {
	list, prior := []truth.Vote{{0, 0, 0}}, [][]float64{{.01, .99}}
	for i := 1; i < 20; i++ {
		list, prior = append(list, truth.Vote{Task: i, Annotator: 0, Class: i % 2}), append(prior, []float64{.9 - .8*float64(i%2), .1 + .8*float64(i%2)})
	}
	prior = append(prior, []float64{.2, .8})
	v := votes(t, 21, 1, 2, list)
	for name, m := range methods(truth.Settings{Prior: prior}) {
		r, alone := fit(t, m, v), fit(t, methods(truth.Settings{})[name], v)
		if name == "majority" {
			continue
		}
		if r.Row(0)[1] < alone.Row(0)[1]+.3 || math.Abs(r.Row(20)[1]-.8) > 1e-9 {
			t.Errorf("%s: %v with the prior, %v without; unanswered %v", name, r.Row(0), alone.Row(0), r.Row(20))
		}
	}
	if _, err := (truth.DawidSkene{Settings: truth.Settings{Prior: prior[:1]}}).Fit(v); err == nil {
		t.Error("a prior per other tasks was taken")
	}
}

func TestAKnownClassStaysAndItsAnnotatorsAreMeasuredAgainstIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, classes, list := drawn(t)
		known := make([]int, tasks)
		for i := range known {
			known[i] = rapid.IntRange(-1, classes-1).Draw(t, "known")
		}
		v := votes(t, tasks, annotators, classes, list)
		for name, m := range methods(truth.Settings{Known: known}) {
			r := fit(t, m, v)
			for i, k := range known {
				if k >= 0 && name != "majority" && r.Row(i)[k] != 1 {
					t.Fatalf("%s: task %d is known to be %d and came out as %v", name, i, k, r.Row(i))
				}
			}
			for i := 1; i < len(r.Objective); i++ {
				if r.Objective[i] < r.Objective[i-1]-1e-6 {
					t.Fatalf("%s: iteration %d: %g after %g", name, i, r.Objective[i], r.Objective[i-1])
				}
			}
		}
	})
}

func TestWhenEveryTaskIsKnownMatricesAreTheSmoothedCounts(t *testing.T) {
	r := fit(t, truth.DawidSkene{Settings: truth.Settings{Known: []int{0, 1, 0, 0}}}, votes(t, 4, 3, 2, fixture))
	// Truth 0 thrice: annotator 0 said 0 0 1, annotator 1 said 0 0 0, annotator 2 said 1 0; all three named the one of class 1.
	want := []float64{6. / 8, 2. / 8, 1. / 6, 5. / 6, 7. / 8, 1. / 8, 1. / 6, 5. / 6, 5. / 7, 2. / 7, 1. / 6, 5. / 6}
	for at, p := range want {
		if math.Abs(r.Confusion[at]-p) > 1e-12 {
			t.Fatalf("matrices are %v, want %v", r.Confusion, want)
		}
	}
	for _, bad := range [][]int{{0, 1, 0}, {0, 1, 0, 2}} {
		if _, err := (truth.BackedOff{Settings: truth.Settings{Known: bad}}).Fit(votes(t, 4, 3, 2, fixture)); err == nil {
			t.Errorf("known classes %v of four tasks and two classes were taken", bad)
		}
	}
}

func TestOneAnswerPerTaskIsBelieved(t *testing.T) {
	for classes := 2; classes <= 100; classes += 14 {
		list := make([]truth.Vote, 200)
		for i := range list {
			list[i] = truth.Vote{Task: i, Annotator: 0, Class: i % classes}
		}
		r := fit(t, truth.DawidSkene{Settings: truth.Settings{ClassCount: 20 / float64(classes)}}, votes(t, len(list), 1, classes, list))
		for i := range list {
			if class, _ := r.Best(i); class != i%classes {
				t.Fatalf("of %d classes, task %d is %d, she said %d", classes, i, class, i%classes)
			}
		}
	}
}

func TestOneAnnotatorIsNeitherInfallibleNorUseless(t *testing.T) {
	for classes := 2; classes <= 100; classes += 14 {
		for answers := 1; answers <= 200; answers += 33 {
			list := make([]truth.Vote, answers)
			for i := range list {
				list[i] = truth.Vote{Task: i, Annotator: 0, Class: i % classes}
			}
			r := fit(t, truth.DawidSkene{}, votes(t, answers, 1, classes, list))
			for k := range min(classes, answers) {
				right := r.Confusion[k*classes+k]
				if right < 1.5/float64(classes) || right > 1-1/float64(answers+8) || !(right < 1) {
					t.Fatalf("%d answers, %d classes: her matrix gives her %.4f on class %d", answers, classes, right, k)
				}
			}
		}
	}
}

func TestWhoNamedNoClassHasTheMatrixOfThePrior(t *testing.T) {
	list := []truth.Vote{{0, 0, 1}, {1, 0, 0}, {1, 2, 0}}
	for name, m := range methods(truth.Settings{}) {
		r := fit(t, m, votes(t, 3, 3, 3, list)) // annotator 1 and task 2 have no answers
		for k, p := range r.Row(2) {
			if math.IsNaN(p) || name != "majority" && math.Abs(p-r.ClassPrior[k]) > 1e-12 {
				t.Errorf("%s: nobody answered, yet it is %v, class prior %v", name, r.Row(2), r.ClassPrior)
			}
		}
		if name == "majority" {
			continue
		}
		if hers := r.Confusion[9:18]; hers[0] <= hers[1] || hers[0] >= 1 || math.IsNaN(r.Accuracy[1]) {
			t.Errorf("%s: who named no class has %v, accuracy %g", name, hers, r.Accuracy[1])
		}
	}
}

func TestAWarmStartEndsWhereAColdOneEndsButSooner(t *testing.T) {
	list, _ := planted(500, 20, 4, 1500)
	v := votes(t, 500, 20, 4, list)
	cold := fit(t, truth.DawidSkene{}, v)
	start := slices.Collect(slices.Chunk(cold.Posterior, 4))
	warm := fit(t, truth.DawidSkene{Settings: truth.Settings{Start: start}}, v)
	if warm.Iterations > 2 || cold.Iterations < 5 || !warm.Converged {
		t.Errorf("%d iterations warm, %d cold", warm.Iterations, cold.Iterations)
	}
	for i, z := range cold.Posterior {
		if math.Abs(z-warm.Posterior[i]) > .01 {
			t.Fatalf("task %d is %v, cold %v", i/4, warm.Row(i/4), cold.Row(i/4))
		}
	}
	if _, err := (truth.DawidSkene{Settings: truth.Settings{Start: start[1:]}}).Fit(v); err == nil {
		t.Error("a start of other tasks was taken")
	}
}

func TestAnswersOutOfRangeAreNamed(t *testing.T) {
	for _, bad := range []truth.Vote{{4, 0, 0}, {0, 3, 0}, {0, 0, 2}, {-1, 0, 0}} {
		if _, err := truth.NewVotes(4, 3, 2, []truth.Vote{bad}); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestMatricesThatWouldNotFitAreRefused(t *testing.T) {
	v := votes(t, 1, 30, 3000, []truth.Vote{{0, 29, 2999}})
	if _, err := (truth.BackedOff{}).Fit(v); err == nil {
		t.Error("matrices of 270 million numbers were taken")
	}
	fit(t, truth.Majority{}, v)
}

// planted draws answers of annotators whose accuracy lies between .6 and .95.
func planted(tasks, annotators, classes, answers int) ([]truth.Vote, []int) {
	chance := rand.New(rand.NewPCG(1, 1))
	skill, real := make([]float64, annotators), make([]int, tasks)
	for j := range skill {
		skill[j] = .6 + .35*chance.Float64()
	}
	for i := range real {
		real[i] = chance.IntN(classes)
	}
	list := make([]truth.Vote, answers)
	for n := range list {
		i, j := n%tasks, chance.IntN(annotators)
		k := real[i]
		if chance.Float64() > skill[j] {
			k = (k + 1 + chance.IntN(classes-1)) % classes
		}
		list[n] = truth.Vote{Task: i, Annotator: j, Class: k}
	}
	return list, real
}
