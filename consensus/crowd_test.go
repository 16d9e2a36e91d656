package consensus_test

import (
	"math/rand/v2"
	"testing"

	"akhra.dev/akhra"
)

// crowd lets everybody answer every task, following the log now and then; each
// is right as often as skill says. It gives the true classes.
func (w *world) crowd(skill []float64) []int {
	w.Helper()
	chance := rand.New(rand.NewPCG(4, 2))
	real := make([]int, len(w.tasks))
	for i := range w.tasks {
		real[i] = chance.IntN(len(w.labels.Classes))
		for who := range w.people {
			k := real[i]
			if chance.Float64() > skill[who] {
				k = (k + 1 + chance.IntN(len(w.labels.Classes)-1)) % len(w.labels.Classes)
			}
			w.answer(who, i, k)
		}
		if i%7 == 0 {
			w.follow()
		}
	}
	w.follow()
	return real
}

func (w *world) right(real []int) (n int) {
	w.Helper()
	for i, k := range real {
		if w.class(w.of(i).Class) == k {
			n++
		}
	}
	return n
}

func TestThreeWhoErrAtRandomDoNotOutvoteTwoWhoKnow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(5, 5), 3, 5, 150)
	real := w.crowd([]float64{.95, .95, .4, .4, .4})
	majority := 0
	votes := make([]map[akhra.ClassID]int, len(w.tasks))
	at := map[akhra.TaskID]int{}
	for i, one := range w.tasks {
		at[one.ID], votes[i] = i, map[akhra.ClassID]int{}
	}
	w.must(w.db.Standing(t.Context(), w.tenant, func(a akhra.Annotation) error { votes[at[a.Task]][a.Class]++; return nil }))
	for i, k := range real {
		most := true
		for _, n := range votes[i] {
			most = most && n <= votes[i][w.labels.Classes[k].ID]
		}
		if most {
			majority++
		}
	}
	if n := w.right(real); n < 140 || n <= majority {
		t.Errorf("%d of 150 right, the majority is right on %d at best", n, majority)
	}
	skills, err := w.db.Skills(t.Context(), w.tenant)
	w.must(err)
	for _, s := range skills {
		if knows := s.Annotator == w.people[0] || s.Annotator == w.people[1]; knows != (s.Accuracy > .7) {
			t.Errorf("accuracy %.2f of one who knows: %v", s.Accuracy, knows)
		}
		if len(s.Counts) != 9 {
			t.Errorf("%d counts for three classes", len(s.Counts))
		}
	}
	if len(skills) != 5 {
		t.Errorf("%d skills of five people", len(skills))
	}
}

// A fit follows a tenth more answers: what is told in between must hardly
// differ from what a fit over everything says (docs/TRUTH.md 4: 99 %).
func TestWhatIsToldAtOnceIsWhatAFitTells(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(4, 4), 3, 4, 1000)
	w.crowd([]float64{.9, .8, .8, .7})
	before, same := w.all(), 0
	w.restart()
	w.apply(w.events(0))
	for task, c := range w.all() {
		if c.Class == before[task].Class {
			same++
		}
	}
	if same < 990 {
		t.Errorf("%d of 1000 classes stay after a fit over all answers", same)
	}
}

func TestAnswersWithoutNamesShareOneMatrix(t *testing.T) {
	t.Parallel()
	s := settings(3, 3)
	s.Pooled = true
	w := newWorld(t, s, 3, 3, 60)
	real := w.crowd([]float64{.85, .85, .85})
	if n := w.right(real); n < 54 {
		t.Errorf("%d of 60 right", n)
	}
	skills, err := w.db.Skills(t.Context(), w.tenant)
	w.must(err)
	if len(skills) != 0 {
		t.Errorf("there are skills of people whose names say nothing: %+v", skills)
	}
}
