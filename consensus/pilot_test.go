package consensus_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/consensus"
)

// In a project of six people and 60 tasks a tenth is asked more often first.
func TestThePilotIsFilledBeforeOthersStop(t *testing.T) {
	t.Parallel()
	s := settings(2, 3)
	s.Pilot = .1
	w := newWorld(t, s, 2, 6, 60)
	var pilot []int
	for i, one := range w.tasks {
		if w.settings.InPilot(one.ID) {
			pilot = append(pilot, i)
		}
	}
	if len(pilot) < 2 || len(pilot) > 14 {
		t.Fatalf("%d of 60 tasks are drawn", len(pilot))
	}
	for i := range w.tasks {
		w.answer(i%6, i, i%2)
		w.answer((i+1)%6, i, i%2)
	}
	w.follow()
	for i := range w.tasks {
		want := 1
		if slices.Contains(pilot, i) {
			want = 4 // of six people
		}
		if got := w.of(i); got.State != akhra.TaskOpen || got.Wants != want {
			t.Errorf("task %d wants %d more while the pilot is under way, not %d: %+v", i, got.Wants, want, got)
		}
	}
	if notices := w.room.Notices(w.tenant); !slices.Contains(notices, consensus.NoticePilot) {
		t.Errorf("told is %v", notices)
	}
	for _, i := range pilot {
		for n := 2; n < 6; n++ {
			w.answer((i+n)%6, i, i%2)
		}
	}
	w.follow()
	for i := range w.tasks {
		if got := w.of(i); got.State != akhra.TaskDone {
			t.Errorf("task %d after the pilot: %+v", i, got)
		}
	}
	if notices := w.room.Notices(w.tenant); len(notices) != 0 {
		t.Errorf("after the pilot %v is told", notices)
	}
}

// Two of six leave after a while: those who stay cannot fill the pilot.
func TestAPilotThatCannotBeFilledIsOverWhenNothingElseIsLeftToAsk(t *testing.T) {
	t.Parallel()
	s := settings(2, 3)
	s.Pilot = .1
	w := newWorld(t, s, 2, 6, 60)
	for i := range w.tasks {
		w.answer(i%6, i, i%2)
		w.answer((i+1)%6, i, i%2)
	}
	w.follow()
	for i := range w.tasks {
		for n := 2; n < 6; n++ {
			if who := (i + n) % 6; who < 4 && (n == 2 || w.settings.InPilot(w.tasks[i].ID)) {
				w.answer(who, i, i%2)
			}
		}
		if (i+2)%6 >= 4 && !w.settings.InPilot(w.tasks[i].ID) {
			w.answer((i+4)%6, i, i%2)
		}
	}
	w.follow()
	for i := range w.tasks {
		if got := w.of(i); got.State != akhra.TaskDone {
			t.Errorf("task %d waits for people who left: %+v", i, got)
		}
	}
}

func TestFourPeopleHaveNoPilot(t *testing.T) {
	t.Parallel()
	s := settings(2, 3)
	s.Pilot = .5
	w := newWorld(t, s, 2, 4, 12)
	for i := range w.tasks {
		w.answer(i%4, i, i%2)
		w.answer((i+1)%4, i, i%2)
	}
	w.follow()
	for i := range w.tasks {
		if got := w.of(i); got.State != akhra.TaskDone {
			t.Errorf("task %d: %+v", i, got)
		}
	}
}

// Of people who are right on two of three pictures, two who agree are often
// wrong together: a pilot knows.
func TestAfterThePilotTwoWhoAgreeAreNotBelievedForThat(t *testing.T) {
	t.Parallel()
	s := settings(2, 6)
	s.Pilot = .3
	w := newWorld(t, s, 2, 6, 80)
	chance := rand.New(rand.NewPCG(8, 8))
	say := func(who, i int) int {
		class := i % 2
		if chance.IntN(3) == 0 {
			class = 1 - class
		}
		w.answer(who, i, class)
		return class
	}
	var agreed []int
	for i, one := range w.tasks {
		first := say(i%6, i)
		if second := say((i+1)%6, i); first == second && !w.settings.InPilot(one.ID) {
			agreed = append(agreed, i)
		}
		for n := 2; n < 6 && w.settings.InPilot(one.ID); n++ {
			say((i+n)%6, i)
		}
	}
	w.follow()
	if notices := w.room.Notices(w.tenant); slices.Contains(notices, consensus.NoticePilot) {
		t.Fatal("the pilot is not over")
	}
	open := 0
	for _, i := range agreed {
		if got := w.of(i); got.State == akhra.TaskOpen && got.Tempered < s.StopAt {
			open++
		}
	}
	if len(agreed) < 20 || open < len(agreed)*9/10 {
		t.Errorf("%d of %d tasks with two equal answers are asked on", open, len(agreed))
	}
}
