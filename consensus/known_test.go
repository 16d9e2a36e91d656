package consensus_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/consensus"
)

// gold says which class is known of a task, -1 that none is any more.
func (w *world) gold(task, class int) {
	w.Helper()
	if class < 0 {
		w.must(w.db.RemoveGold(w.Context(), w.tenant, w.tasks[task].Item, w.boss))
		return
	}
	w.must(w.db.SetGold(w.Context(), w.tenant, []akhra.Gold{{Item: w.tasks[task].Item, Task: w.tasks[task].ID,
		Class: w.labels.Classes[class].ID, Source: akhra.GoldImport, By: w.boss}}))
}

// review decides a task.
func (w *world) review(task, class int, gold bool) {
	w.Helper()
	w.must(w.db.Settle(w.Context(), w.tenant, akhra.Review{ID: akhra.ReviewID(w.db.NewID()), Task: w.tasks[task].ID,
		Reviewer: w.boss, Class: w.labels.Classes[class].ID, Gold: gold}))
}

func TestWhatIsKnownOrDecidedSettlesATask(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 3, 2, 2)
	w.answer(0, 0, 0)
	w.follow()
	for _, step := range []struct {
		name   string
		happen func()
		class  int
		state  akhra.TaskState
		method string
	}{
		{"gold against the answer", func() { w.gold(0, 1) }, 1, akhra.TaskDone, akhra.MethodGold},
		{"other gold", func() { w.gold(0, 2) }, 2, akhra.TaskDone, akhra.MethodGold},
		{"a review beside it", func() { w.review(0, 0, false) }, 0, akhra.TaskDone, akhra.MethodReview},
		{"a second answer", func() { w.answer(1, 0, 2) }, 0, akhra.TaskDone, akhra.MethodReview},
		{"gold taken away", func() { w.gold(0, -1) }, 0, akhra.TaskDone, akhra.MethodReview},
		{"a later review that makes it gold", func() { w.review(0, 1, true) }, 1, akhra.TaskDone, akhra.MethodReview},
	} {
		step.happen()
		w.follow()
		got := w.of(0)
		if w.class(got.Class) != step.class || got.State != step.state || got.Method != step.method || got.Posterior[step.class] != 1 ||
			got.Tempered != 1 || got.Wants != 0 || got.Value != 0 {
			t.Errorf("%s: %+v", step.name, got)
		}
	}
	w.gold(1, 2)
	w.follow()
	if got := w.of(1); w.class(got.Class) != 2 || got.State != akhra.TaskDone || got.Answers != 0 {
		t.Errorf("gold that nobody answered: %+v", got)
	}
	w.gold(1, -1)
	w.follow()
	if got := w.of(1); got.Class != "" || got.State != akhra.TaskOpen || got.Wants != 1 {
		t.Errorf("gold taken away from a task that nobody answered: %+v", got)
	}
}

// Three of five always say the next class: without gold they are the crowd.
func TestGoldTellsWhoIsRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(5, 5), 3, 5, 60)
	for i := range w.tasks {
		for who := range w.people {
			class := i % 3
			if who > 1 {
				class = (class + 1) % 3
			}
			w.answer(who, i, class)
		}
	}
	w.follow()
	if got := w.of(0); w.class(got.Class) != 1 {
		t.Fatalf("three against two are %+v", got)
	}
	for i := range 30 {
		w.gold(i, i%3)
	}
	w.follow()
	w.restart() // gold alone makes no fit due
	w.apply(w.events(0))
	for i := 30; i < 60; i++ {
		if got := w.of(i); w.class(got.Class) != i%3 {
			t.Errorf("task %d, of which nothing is known, is %+v", i, got)
		}
	}
	for who, s := range w.skills() {
		if knows := who == w.people[0] || who == w.people[1]; knows != (s.Accuracy > .9) || s.Low >= s.Accuracy || s.High <= s.Accuracy {
			t.Errorf("one who knows: %v, is right with %.2f, between %.2f and %.2f", knows, s.Accuracy, s.Low, s.High)
		}
	}
}

func (w *world) skills() map[akhra.UserID]akhra.Skill {
	w.Helper()
	list, err := w.db.Skills(w.Context(), w.tenant)
	w.must(err)
	of := map[akhra.UserID]akhra.Skill{}
	for _, s := range list {
		of[s.Annotator] = s
	}
	return of
}

// Some pictures mislead everybody to the same wrong class, in a third of them.
func TestKnownAnswersThatTheCrowdMissesAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(4, 5), 3, 4, 120)
	chance := rand.New(rand.NewPCG(8, 1))
	for i := range w.tasks {
		for who := range w.people {
			class := i % 3
			if i%4 == 0 {
				class = (class + 1) % 3
			}
			if chance.IntN(8) == 0 {
				class = chance.IntN(3)
			}
			w.answer(who, i, class)
		}
	}
	w.follow()
	if notices := w.room.Notices(w.tenant); len(notices) != 0 {
		t.Errorf("without known answers %v is told", notices)
	}
	before := w.of(101)
	for i := range 80 {
		w.gold(i, i%3)
	}
	w.restart()
	w.apply(w.events(0))
	if notices := w.room.Notices(w.tenant); !slices.Contains(notices, consensus.NoticeMistaken) {
		t.Errorf("a quarter of the known answers is missed, told is %v", notices)
	}
	if after := w.of(101); after.Tempered >= before.Tempered {
		t.Errorf("a task is as sure as before: %.3f, was %.3f", after.Tempered, before.Tempered)
	}
}
