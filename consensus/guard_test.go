package consensus_test

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/consensus"
)

// Two who agree and one who always says the next class explain each other
// perfectly from two answers a task: such a crowd must not end the asking.
func TestACrowdThatIsSureOfItselfTooEarlyIsAskedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 5), 3, 4, 140)
	for i := range w.tasks {
		pair := [][2]int{{0, 1}, {0, 2}, {1, 2}}[i%3]
		for _, who := range pair {
			class := i / 3 % 3
			if who == 2 {
				class = (class + 1) % 3
			}
			w.answer(who, i, class)
		}
	}
	w.follow()
	if notices := w.room.Notices(w.tenant); !slices.Contains(notices, consensus.NoticeHasty) {
		t.Errorf("told is %v", notices)
	}
	if got := w.of(1); got.State != akhra.TaskOpen || got.Tempered < .95 {
		t.Errorf("two who differ are %+v", got)
	}
	if got := w.of(0); got.State != akhra.TaskDone {
		t.Errorf("two who agree are %+v", got)
	}
	for i := range w.tasks { // three answers a task let the crowd speak for itself
		w.answer(3, i, i/3%3)
		w.answer([]int{2, 1, 0}[i%3], i, (i/3+(2-i%3)/2)%3)
	}
	w.follow()
	if notices := w.room.Notices(w.tenant); len(notices) != 0 {
		t.Errorf("with four answers a task told is %v", notices)
	}
	if got := w.of(1); got.State != akhra.TaskDone || w.class(got.Class) != 0 {
		t.Errorf("three against one are %+v", got)
	}
}

// A model that says the same of every picture must not silence the people.
func TestPosteriorsThatCollapseGiveWayToTheMajority(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 4, 80)
	say := map[int][]float64{}
	for i := range w.tasks {
		w.answer(i%4, i, min(i%3, 1)^1)
		say[i] = []float64{.99, .01}
	}
	w.says(say)
	w.follow()
	if notices := w.room.Notices(w.tenant); !slices.Contains(notices, consensus.NoticeCollapsed) {
		t.Errorf("told is %v", notices)
	}
	for i := range w.tasks {
		if got := w.of(i); w.class(got.Class) != min(i%3, 1)^1 {
			t.Errorf("task %d is %+v", i, got)
		}
	}
}

// One more answer is worth most where people differ, and nothing where it is done.
func TestAnAnswerIsWorthMostWherePeopleDiffer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(3, 5), 3, 4, 60)
	for i := range w.tasks {
		for who := range 2 {
			class := i % 3
			if i < 10 && who == 1 {
				class = (class + 1) % 3
			}
			w.answer(who, i, class)
		}
	}
	w.follow()
	differ, agree := w.of(0), w.of(30)
	if differ.State != akhra.TaskOpen || agree.State != akhra.TaskOpen || differ.Value <= agree.Value || agree.Value < 0 || differ.Value > 1 {
		t.Errorf("worth %.3f where two differ, %.3f where they agree", differ.Value, agree.Value)
	}
	w.answer(2, 30, 0)
	w.follow()
	if got := w.of(30); got.State != akhra.TaskDone || got.Value != 0 || got.Wants != 0 {
		t.Errorf("three who agree are %+v", got)
	}
}
