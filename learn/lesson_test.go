package learn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// taughtBy is a lesson over clouds, answered rightly.
func taughtBy(rows, dim, classes int, spread float64) *Lesson {
	x, y := clouds(rows, dim, classes, spread, 9)
	l := &Lesson{Classes: classes, Seed: 4, Surest: Surest}
	for i, k := range y {
		z := make([]float64, classes)
		z[k] = 1
		l.Rows, l.Fold = append(l.Rows, x.Row(i)), append(l.Fold, Fold(fmt.Sprint("item", i), l.Seed, Folds))
		l.Class, l.Weight, l.Target = append(l.Class, k), append(l.Weight, 1), append(l.Target, z)
	}
	return l
}

func mustTeach(t testing.TB, l *Lesson) (Taught, [][]float64) {
	t.Helper()
	taught, out, err := l.Teach()
	if err != nil {
		t.Fatal(err)
	}
	return taught, out
}

// TestAnOutOfFoldSayNeverSeesItsOwnAnswers: whatever is answered to the rows of a
// fold, the raw say on them stays; that on the others changes.
func TestAnOutOfFoldSayNeverSeesItsOwnAnswers(t *testing.T) {
	t.Parallel()
	l := taughtBy(120, 8, 3, .5)
	l.C, l.ChosenAt = 3, 120
	before, err := l.heads(3, true, true)
	if err != nil {
		t.Fatal(err)
	}
	honest := l.outOfFold(before)
	for i, f := range l.Fold {
		if f == 1 {
			l.Class[i] = (l.Class[i] + 1) % 3
		}
	}
	after, err := l.heads(3, true, true)
	if err != nil {
		t.Fatal(err)
	}
	changed := false
	for i, p := range l.outOfFold(after) {
		same := slices.Equal(p, honest[i])
		if l.Fold[i] == 1 && !same {
			t.Fatalf("row %d: its own fold's answers moved the say on it", i)
		}
		changed = changed || !same
	}
	if !changed {
		t.Error("the answers of one fold moved nothing at all")
	}
}

func TestTeachBearsPoorLessons(t *testing.T) {
	t.Parallel()
	same := taughtBy(40, 4, 2, .1)
	for i := range same.Rows {
		same.Rows[i] = same.Rows[0]
	}
	oneClass := taughtBy(40, 4, 2, .1)
	for i := range oneClass.Class {
		oneClass.Class[i], oneClass.Target[i] = 0, []float64{1, 0}
	}
	oneFold := taughtBy(40, 4, 2, .1)
	for i := range oneFold.Fold {
		oneFold.Fold[i] = 1
	}
	for name, l := range map[string]*Lesson{"identical rows": same, "one class": oneClass, "one fold": oneFold,
		"three rows": taughtBy(3, 4, 2, .1), "a class never seen": func() *Lesson {
			l := taughtBy(40, 4, 2, .1)
			l.Classes = 5
			for i := range l.Target {
				l.Target[i] = append(l.Target[i], 0, 0, 0)
			}
			return l
		}()} {
		_, out := mustTeach(t, l)
		for i, p := range out {
			sum := 0.0
			for _, v := range p {
				sum += v
				if !(v >= 0 && v <= Surest+1e-12) {
					t.Errorf("%s: row %d has the probabilities %v", name, i, p)
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s: row %d sums to %g", name, i, sum)
			}
		}
	}
	if oneClass.Ready() || taughtBy(3, 4, 2, .1).Ready() || !taughtBy(40, 4, 2, .1).Ready() {
		t.Error("ready without 20 rows of two classes, or not ready with them")
	}
}

func TestRenamingClassesRenamesTheSay(t *testing.T) {
	t.Parallel()
	l := taughtBy(150, 8, 3, .6)
	_, out := mustTeach(t, l)
	to := []int{2, 0, 1}
	renamed := *l
	renamed.Class, renamed.Target = nil, nil
	for i, k := range l.Class {
		z := make([]float64, 3)
		z[to[k]] = 1
		renamed.Class, renamed.Target = append(renamed.Class, to[k]), append(renamed.Target, z)
		_ = i
	}
	_, again := mustTeach(t, &renamed)
	for i := range out {
		for k := range to {
			if math.Abs(out[i][k]-again[i][to[k]]) > 5e-3 {
				t.Fatalf("row %d: class %d had %g, under its new name %g", i, k, out[i][k], again[i][to[k]])
			}
		}
	}
}

func TestTheStrengthIsChosenWhenAnswersHaveDoubled(t *testing.T) {
	t.Parallel()
	l := taughtBy(100, 8, 3, .5)
	l.C, l.ChosenAt = 3, 60
	if taught, _ := mustTeach(t, l); taught.ChosenAt != 60 || taught.C != 3 {
		t.Errorf("100 rows after 60: chosen anew at %d, %g", taught.ChosenAt, taught.C)
	}
	l.ChosenAt = 50
	if taught, _ := mustTeach(t, l); taught.ChosenAt != 100 || !slices.Contains(candidatesC, taught.C) {
		t.Errorf("100 rows after 50: chosen at %d, %g", taught.ChosenAt, taught.C)
	}
}

// TestALargeLessonLearnsFromWhatIsNew: beyond 20,000 rows only new ones and as many
// old ones are gone through; a class that is new there is learnt all the same.
func TestALargeLessonLearnsFromWhatIsNew(t *testing.T) {
	t.Parallel()
	l := taughtBy(whole+900, 6, 3, .1)
	old := *l
	old.Rows, old.Fold, old.Class, old.Weight, old.Target = nil, nil, nil, nil, nil
	l.New = make([]bool, len(l.Class))
	for i, k := range l.Class {
		if l.New[i] = k == 2; l.New[i] {
			continue
		}
		old.Rows, old.Fold, old.Class = append(old.Rows, l.Rows[i]), append(old.Fold, l.Fold[i]), append(old.Class, k)
		old.Weight, old.Target = append(old.Weight, 1), append(old.Target, l.Target[i])
	}
	first, _ := mustTeach(t, &old)
	l.Warm, l.WarmFull, l.C, l.ChosenAt = first.Folds, first.Head, first.C, len(l.Class)
	taught, out := mustTeach(t, l)
	if taught.Whole {
		t.Fatal("all rows were gone through")
	}
	right := 0
	for i, p := range out {
		if best(p) == l.Class[i] {
			right++
		}
	}
	if share := float64(right) / float64(len(out)); share < .95 {
		t.Errorf("%.3f right after one pass over the new", share)
	}
	l.Long = true
	if taught, _ := mustTeach(t, l); !taught.Whole {
		t.Error("a long lesson goes through all rows")
	}
}

func TestImproveFollowsTheAnswersThatChange(t *testing.T) {
	t.Parallel()
	x, y := clouds(2000, 8, 3, .3, 3)
	h := mustFit(t, x, y, nil, 3, FitOptions{})
	for i, k := range y {
		y[i] = (k + 1) % 3 // from now on all is called otherwise
	}
	before := rightShare(h, x, y)
	for range 20 {
		var err error
		if h, err = Improve(x, y, nil, 2000, 1, FitOptions{Warm: h}); err != nil {
			t.Fatal(err)
		}
	}
	if after := rightShare(h, x, y); after < before+.5 {
		t.Errorf("%.3f right before, %.3f after", before, after)
	}
	if _, err := Improve(x, y, nil, 2000, 1, FitOptions{}); err == nil {
		t.Error("nothing was improved without complaint")
	}
}

func TestImproveKeepsWhatIsKnown(t *testing.T) {
	t.Parallel()
	x, y := clouds(6000, 32, 5, 1, 8)
	h := mustFit(t, x, y, nil, 5, FitOptions{})
	some, said := x.Slice(0, 600), y[:600]
	after, err := Improve(some, said, nil, 6000, 1, FitOptions{Warm: h})
	if err != nil {
		t.Fatal(err)
	}
	if was, is := rightShare(h, x, y), rightShare(after, x, y); is < was-.02 {
		t.Errorf("%.3f right before a pass over a tenth, %.3f after", was, is)
	}
}

// TestMarginalTemperatureFindsThePlantedOne: answers are drawn from the probabilities
// tempered by T; a model that claims more or less is brought there.
func TestMarginalTemperatureFindsThePlantedOne(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	for _, planted := range []float64{.5, 1, 2.2} {
		var p, likelihood [][]float64
		for range 4000 {
			a := .5 + .49*chance.Float64()
			row, q := []float64{a, 1 - a}, make([]float64, 2)
			Temper(row, planted, 0, q)
			said := []float64{.2, .9} // the second class is named by nine of ten who see it
			if truth := chance.Float64() < q[0]; truth == (chance.Float64() < .8) {
				said = []float64{.8, .1}
			}
			p, likelihood = append(p, row), append(likelihood, said)
		}
		if got := MarginalTemperature(p, likelihood); math.Abs(math.Log(got/planted)) > .4 {
			t.Errorf("planted %g, found %g", planted, got)
		}
	}
	if MarginalTemperature(nil, nil) != 1 {
		t.Error("nothing to fit is no reason to temper")
	}
}

// BenchmarkRetrain is a warm round of teaching and the rescoring after it: 2,000
// answered of 10,000, 256 values, 10 classes.
func BenchmarkRetrain(b *testing.B) {
	l := taughtBy(2000, 256, 10, 4)
	rest, _ := clouds(8000, 256, 10, 4, 10)
	first, _ := mustTeach(b, l)
	for i := range 20 { // what came meanwhile
		l.Class[i] = (l.Class[i] + 1) % 10
	}
	l.Warm, l.WarmFull, l.C, l.ChosenAt = first.Folds, first.Head, first.C, first.ChosenAt
	for b.Loop() {
		taught, _ := mustTeach(b, l)
		taught.Head.ProbabilitiesOf(rest)
	}
}
