package consensus_test

import (
	"testing"

	"akhra.dev/akhra"
)

// promising are the rules of a project with a promise.
func promising(overlap, most int) akhra.Settings {
	s := settings(overlap, most)
	s.Target = .95
	return s
}

// draw makes tasks audit tasks.
func (w *world) draw(tasks ...int) {
	w.Helper()
	var ids []akhra.TaskID
	for _, task := range tasks {
		ids = append(ids, w.tasks[task].ID)
	}
	w.must(w.db.DrawAudit(w.Context(), w.tenant, []akhra.Promise{{No: 1, State: akhra.PromiseOpen}}, ids, nil))
}

// works has people answer tasks nobody audits, so that they count as people who
// work here.
func (w *world) works(people int) {
	w.Helper()
	for who := range people {
		for task := range 20 {
			w.answer(who, 10+task, task%2)
		}
	}
}

func TestAudit_WantsThreeAnswersThatAgreeOrADecision(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(1, 3), 2, 4, 40)
	w.draw(0, 1, 2)
	w.works(4)
	w.follow()
	for _, step := range []struct {
		name   string
		happen func()
		task   int
		state  akhra.TaskState
		wants  int
	}{
		{"one answer", func() { w.answer(0, 0, 1) }, 0, akhra.TaskOpen, 2},
		{"two that agree", func() { w.answer(1, 0, 1) }, 0, akhra.TaskOpen, 1},
		{"three that agree", func() { w.answer(2, 0, 1) }, 0, akhra.TaskDone, 0},
		{"three that do not", func() { w.answer(0, 1, 1); w.answer(1, 1, 1); w.answer(2, 1, 0) }, 1, akhra.TaskReview, 0},
		{"an adjudication", func() { w.review(1, 0, false) }, 1, akhra.TaskDone, 0},
		{"one cannot tell", func() {
			w.answer(0, 2, 1)
			w.answer(1, 2, 1)
			w.send(2, 2, akhra.Annotation{Answer: akhra.AnswerNotSure})
		}, 2, akhra.TaskReview, 0},
	} {
		step.happen()
		w.follow()
		if got := w.of(step.task); got.State != step.state || got.Wants != step.wants {
			t.Errorf("%s: %s, %d wanted, want %s, %d", step.name, got.State, got.Wants, step.state, step.wants)
		}
	}
	w.restart()
	w.seen = 0
	w.follow()
	if got := w.of(2); got.State != akhra.TaskReview {
		t.Errorf("after a restart %s", got.State)
	}
}

func TestAudit_OfOnePersonWantsHerOneAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(1, 3), 2, 1, 40)
	w.draw(0)
	w.works(1)
	w.answer(0, 0, 1)
	w.follow()
	if got := w.of(0); got.State != akhra.TaskDone || w.class(got.Class) != 1 {
		t.Errorf("answered by the only person: %+v", got)
	}
}

func TestAudit_AnAnswerChangedAfterSeeingTheModelNamesNoClass(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(1, 3), 2, 1, 40)
	w.draw(0)
	w.works(1)
	said := w.answer(0, 0, 1)
	w.send(0, 0, akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[0].ID, Replaces: said.ID, AfterSeen: true})
	w.follow()
	if got := w.of(0); got.State != akhra.TaskReview || got.Answers != 0 {
		t.Errorf("changed towards the model: %+v, want somebody else to decide", got)
	}
}

func TestReplay_TakesTheAnswersInTheirOrderUntilTheRuleStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(1, 3), 2, 3, 40)
	w.draw(0, 1)
	w.works(3)
	for who, class := range []int{0, 1, 1} {
		w.answer(who, 0, class)
		w.answer(who, 1, class)
	}
	w.review(0, 1, false)
	w.follow()
	got, err := w.room.Replay(t.Context(), w.tenant, map[akhra.TaskID][]float64{w.tasks[0].ID: {.99, .01}, w.tasks[1].ID: {.01, .99}, w.tasks[2].ID: nil})
	w.must(err)
	if len(got) != 2 {
		t.Errorf("%d tasks with answers were replayed, want 2", len(got))
	}
	if k := w.class(got[w.tasks[0].ID]); k != 0 {
		t.Errorf("a model that agrees with the first answer settles class %d, want 0: what was decided later is left out", k)
	}
	if k := w.class(got[w.tasks[1].ID]); k != 1 {
		t.Errorf("a model that objects to the first answer has more asked: class %d, want 1", k)
	}
}
