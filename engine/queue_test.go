package engine_test

import (
	"sync"
	"testing"
	"time"

	"akhra.dev/akhra"
)

func TestNobodyGetsATaskTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 2)
	w.pictures(30)
	seen := map[akhra.TaskID]int{}
	for range 60 {
		got := w.lease(0, 5)
		if len(got) == 0 {
			break
		}
		for _, a := range got {
			seen[a.Task]++
			w.answer(0, a, w.truth[a.Item])
		}
		w.drain()
	}
	if len(seen) != 30 {
		t.Errorf("one person saw %d of 30 tasks", len(seen))
	}
	for task, n := range seen {
		if n > 1 {
			t.Errorf("task %s came %d times", task, n)
		}
	}
}

func TestEveryTaskGetsItsOverlapAndNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 2), 2, 3)
	w.pictures(20)
	got := map[akhra.TaskID]int{}
	for range 20 {
		any := false
		for who := range w.people {
			for _, a := range w.lease(who, 4) {
				any = true
				got[a.Task]++
				w.answer(who, a, 0)
			}
		}
		w.drain()
		if !any {
			break
		}
	}
	if len(got) != 20 {
		t.Fatalf("%d of 20 tasks were asked", len(got))
	}
	for task, n := range got {
		if n != 2 {
			t.Errorf("task %s was asked %d times, want 2", task, n)
		}
	}
}

func TestHerOpenLeasesComeFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(10)
	first := w.lease(0, 4)
	again := w.lease(0, 4)
	held := map[akhra.TaskID]bool{}
	for _, a := range first {
		held[a.Task] = true
	}
	for _, a := range again {
		if !held[a.Task] {
			t.Errorf("task %s is new though four were open", a.Task)
		}
	}
	if len(again) != 4 {
		t.Errorf("leased %d, want the 4 open ones", len(again))
	}
}

func TestTwoPeopleDoNotHoldOnePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 2)
	w.pictures(8)
	held := map[akhra.TaskID]bool{}
	for _, a := range w.lease(0, 5) {
		held[a.Task] = true
	}
	w.must(w.e.Queue.TopUp(t.Context(), w.tenant))
	got := w.lease(1, 8)
	for _, a := range got {
		if held[a.Task] {
			t.Errorf("task %s is held by another", a.Task)
		}
	}
	if len(got) != 3 {
		t.Errorf("the second person got %d of the 3 that are left", len(got))
	}
}

func TestASkippedTaskGoesToSomeoneElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 2)
	w.pictures(1)
	a := w.lease(0, 1)[0]
	w.answer(0, a, -1)
	w.drain()
	if got := w.lease(0, 1); len(got) != 0 {
		t.Error("the person who skipped got it again")
	}
	if got := w.lease(1, 1); len(got) != 1 || got[0].Task != a.Task {
		t.Errorf("nobody else got the skipped task: %v", got)
	}
}

func TestAnExpiredLeaseGoesToSomeoneElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 2)
	w.pictures(3)
	if n := len(w.lease(0, 3)); n != 3 {
		t.Fatalf("leased %d", n)
	}
	if got := w.lease(1, 3); len(got) != 0 {
		t.Fatalf("%d held tasks were leased twice", len(got))
	}
	w.millis.Add((31 * time.Minute).Milliseconds())
	released, err := w.e.Queue.Sweep(t.Context(), w.tenant.Org)
	w.must(err)
	if got := w.lease(1, 3); released != 3 || len(got) != 3 {
		t.Errorf("released %d, leased %d, want 3", released, len(got))
	}
}

// The log tells the queue of an answer a moment after it is stored.
func TestWhoAnswersFasterThanTheLogGetsMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 2)
	w.pictures(20)
	for range 4 {
		got := w.lease(0, 5)
		if len(got) != 5 {
			t.Fatalf("leased %d of the 5 she asked for", len(got))
		}
		for _, a := range got {
			w.answer(0, a, 0)
		}
	}
	if got := w.lease(0, 5); len(got) != 0 {
		t.Errorf("leased %d more, all are answered", len(got))
	}
	if got := w.lease(1, 5); len(got) != 0 {
		t.Errorf("another person got %d tasks that are answered", len(got))
	}
}

func TestPicturesAddedLaterAreAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(2)
	for _, a := range w.lease(0, 5) {
		w.answer(0, a, 0)
	}
	w.drain()
	w.pictures(3)
	w.drain()
	if got := w.lease(0, 5); len(got) != 3 {
		t.Errorf("leased %d of 3 new pictures", len(got))
	}
}

// With several answers a picture and many people, every open lease takes one
// of the places that a top-up ranks.
func TestEverybodyGetsTasksWhileThereAreAny(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(10, 10), 2, 30)
	w.pictures(200)
	for round := range 3 {
		for who := range w.people {
			got := w.lease(who, 10)
			if len(got) != 10 {
				t.Fatalf("round %d: person %d got %d tasks, she has answered %d of 200", round, who, len(got), round*10)
			}
			for _, a := range got {
				w.answer(who, a, 0)
			}
		}
	}
}

// The most useful tasks may all wait for somebody else's answer.
func TestWhoAnsweredTheMostUsefulTasksGetsTheNext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(3, 3), 2, 1)
	w.pictures(700)
	for n := 0; n < 700; {
		got := w.lease(0, 100)
		if len(got) == 0 {
			t.Fatalf("nothing to do after %d of 700 pictures", n)
		}
		for _, a := range got {
			w.answer(0, a, 0)
		}
		n += len(got)
		w.drain()
	}
	if got := w.lease(0, 10); len(got) != 0 {
		t.Errorf("%d tasks came a second time", len(got))
	}
}

// All come in the morning: the first to ask has the order made, the others wait.
func TestAllWhoComeAtOnceGetTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(3, 3), 2, 20)
	w.pictures(100)
	got := make([]int, len(w.people))
	var all sync.WaitGroup
	for who := range w.people {
		all.Go(func() {
			tasks, err := w.e.Queue.Lease(t.Context(), w.tenant, w.people[who], 5)
			if got[who] = len(tasks); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for who, n := range got {
		if n != 5 {
			t.Errorf("person %d got %d of 5 tasks", who, n)
		}
	}
}

func TestAPackIsHersForLongAndBesideHerLeases(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 2)
	w.pictures(30)
	take := func(p akhra.Pack) []akhra.Assignment {
		t.Helper()
		got, err := w.e.Queue.TakePack(t.Context(), w.tenant, p)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	p := akhra.Pack{ID: akhra.PackID(w.db.NewID()), Annotator: w.people[0], Size: 10, Taken: akhra.MillisOf(w.now()), Until: akhra.MillisOf(w.now().Add(akhra.PackLease))}
	first, again := take(p), take(p)
	if len(first) != 10 || len(again) != 10 {
		t.Fatalf("the pack has %d tasks, taken again %d", len(first), len(again))
	}
	got := map[akhra.TaskID]int{}
	for _, a := range append(append(again, w.lease(0, 8)...), w.lease(1, 30)...) {
		got[a.Task]++
	}
	if len(got) != 30 {
		t.Errorf("%d of 30 tasks are given out: two people who each want one answer share them", len(got))
	}
	for task, n := range got {
		if n != 1 {
			t.Errorf("task %s is given to %d people, want 1", task, n)
		}
	}
	t.Run("leases end, the pack stays", func(t *testing.T) {
		w.millis.Add(2 * time.Hour.Milliseconds())
		if _, err := w.e.Queue.Sweep(t.Context(), w.tenant.Org); err != nil {
			t.Fatal(err)
		}
		if n := len(w.lease(1, 30)); n != 20 {
			t.Errorf("another person gets %d tasks, want the 20 that no pack holds", n)
		}
	})
	t.Run("what she gives back is anybody's, and her late answer counts all the same", func(t *testing.T) {
		if n, err := w.e.Queue.ReturnPack(t.Context(), w.tenant, w.people[0], p.ID); n != 10 || err != nil {
			t.Fatalf("%d tasks came back, %v", n, err)
		}
		if n := len(w.lease(1, 30)); n != 30 {
			t.Errorf("another person gets %d tasks, want all", n)
		}
		w.answer(0, first[0], 0)
		w.drain()
		counted := 0
		w.must(w.db.Standing(t.Context(), w.tenant, func(a akhra.Annotation) error {
			counted++
			return nil
		}))
		if counted != 1 {
			t.Errorf("%d answers stand, want hers", counted)
		}
	})
}
