package engine_test

import (
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
