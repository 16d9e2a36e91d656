package engine_test

import (
	"math"
	"testing"

	"akhra.dev/akhra"
)

// truthOf is the consensus of one task; its zero value when there is none.
func (w *world) truthOf(task akhra.TaskID) akhra.Consensus {
	w.t.Helper()
	var c akhra.Consensus
	w.must(w.db.Consensus(w.t.Context(), w.tenant, []akhra.TaskID{task}, func(one akhra.Consensus) error { c = one; return nil }))
	return c
}

// said lets people answer one task in turn; unsure stands for "not sure".
const unsure = -2

func (w *world) said(task akhra.TaskID, classes ...int) {
	w.t.Helper()
	for who, class := range classes {
		for _, a := range w.lease(who, 5) {
			if a.Task != task {
				continue
			}
			if class != unsure {
				w.answer(who, a, class)
				continue
			}
			_, err := w.db.Submit(w.t.Context(), w.tenant, w.people[who], []akhra.Annotation{{ID: akhra.AnnotationID(w.db.NewID()), Assignment: a.ID, Task: a.Task, Answer: akhra.AnswerNotSure}})
			w.must(err)
		}
		w.drain()
	}
}

func TestWhenATaskHasBeenAskedEnough(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		overlap, cap int
		answers      []int
		class        int
		state        akhra.TaskState
	}{
		{"one answer, as the project asks for", 1, 3, []int{1}, 1, akhra.TaskDone},
		{"two asked for, one given", 2, 3, []int{1}, 1, akhra.TaskOpen},
		{"two that agree", 2, 3, []int{1, 1}, 1, akhra.TaskDone},
		{"two that differ want a third", 2, 3, []int{0, 1}, -1, akhra.TaskOpen},
		{"three of which two agree stay unsure at the cap", 2, 3, []int{0, 1, 1}, 1, akhra.TaskReview},
		{"three that agree", 3, 3, []int{0, 0, 0}, 0, akhra.TaskDone},
		{"not sure names no class and counts as asked", 1, 3, []int{unsure}, -1, akhra.TaskOpen},
		{"not sure three times goes to an expert", 1, 3, []int{unsure, unsure, unsure}, -1, akhra.TaskReview},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, settings(c.overlap, c.cap), 2, 3)
			w.pictures(1)
			task := w.lease(0, 1)[0].Task
			w.said(task, c.answers...)
			got := w.truthOf(task)
			if got.State != c.state || got.Asked != len(c.answers) {
				t.Errorf("state %s after %d answers, want %s after %d: %+v", got.State, got.Asked, c.state, len(c.answers), got)
			}
			if c.class >= 0 && got.Class != w.classes[c.class] {
				t.Errorf("class %s with posterior %v, want class %d", got.Class, got.Posterior, c.class)
			}
		})
	}
}

func TestAnUndoneAnswerLeavesThePosterior(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 1)
	w.pictures(1)
	a := w.lease(0, 1)[0]
	given := w.answer(0, a, 1)
	w.drain()
	w.takeBack(0, given)
	w.drain()
	if got := w.truthOf(a.Task); got.Answers != 0 || got.Class != "" || got.State != akhra.TaskOpen {
		t.Errorf("after the undo: %+v", got)
	}
	w.answer(0, a, 0)
	w.drain()
	if got := w.truthOf(a.Task); got.Class != w.classes[0] || got.State != akhra.TaskDone {
		t.Errorf("after the new answer: %+v", got)
	}
}

// A consumer that is killed applies again what it had applied: nothing may
// count twice, and a restart must come to the same posteriors.
func TestEventsAppliedAgainChangeNoPosterior(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 2)
	w.pictures(30)
	for who := range w.people {
		for _, a := range w.lease(who, 30) {
			w.answer(who, a, w.truth[a.Item])
		}
	}
	w.drain()
	before := w.posteriors()
	events, err := w.db.Events(t.Context(), w.tenant.Org, 0, 10_000)
	w.must(err)
	w.must(w.e.Consensus.Apply(t.Context(), events))
	w.same("events again", before)
	w.close()
	w.open()
	w.must(w.e.Consensus.Apply(t.Context(), events))
	w.same("a restart", before)
}

func (w *world) posteriors() map[akhra.TaskID]akhra.Consensus {
	w.t.Helper()
	all := map[akhra.TaskID]akhra.Consensus{}
	w.must(w.db.AllConsensus(w.t.Context(), w.tenant, func(c akhra.Consensus) error { all[c.Task] = c; return nil }))
	return all
}

func (w *world) same(what string, before map[akhra.TaskID]akhra.Consensus) {
	w.t.Helper()
	after := w.posteriors()
	if len(after) != len(before) || len(after) == 0 {
		w.t.Fatalf("%s: %d posteriors, want %d", what, len(after), len(before))
	}
	for task, c := range after {
		b := before[task]
		if c.Class != b.Class || c.State != b.State || c.Answers != b.Answers || math.Abs(c.Tempered-b.Tempered) > 0.02 {
			w.t.Errorf("%s: task %s is %+v, was %+v", what, task, c, b)
		}
	}
}

func TestAnAnnotatorWhoErrsIsTrustedLess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(3, 3), 2, 3)
	w.pictures(60)
	for who := range w.people {
		for n, a := range w.lease(who, 60) {
			class := w.truth[a.Item]
			if who == 2 && n%2 == 0 {
				class = 1 - class
			}
			w.answer(who, a, class)
		}
	}
	w.drain()
	skills, err := w.db.Skills(t.Context(), w.tenant)
	w.must(err)
	by := map[akhra.UserID]float64{}
	for _, s := range skills {
		by[s.Annotator] = s.Accuracy
	}
	if len(by) != 3 || by[w.people[0]] < .9 || by[w.people[1]] < .9 || by[w.people[2]] > .7 {
		t.Errorf("accuracies %v, want two above .9 and the third below .7", by)
	}
}
