package consensus_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra"
)

// shows leases a task to somebody with a class put to her, another than the
// model's where it is wrong on purpose.
func (w *world) shows(who, task, thought, class int) {
	w.Helper()
	one := w.tasks[task]
	got, err := w.db.Lease(w.Context(), w.tenant, w.people[who], len(w.tasks)+1, 1_800_000_000_000, []akhra.Slot{{Task: one.ID, Item: one.Item,
		Proposal: &akhra.Proposal{Class: w.labels.Classes[class].ID, Thought: w.labels.Classes[thought].ID, P: .9, Version: 1, Shown: true}}})
	w.must(err)
	for _, a := range got {
		if a.Task == one.ID {
			w.held[hold{task, who}] = a
		}
	}
}

// skill is what is known of a person by her blind answers.
func (w *world) skill(who int) akhra.Skill {
	w.Helper()
	s, err := w.db.Skill(w.Context(), w.tenant, w.people[who])
	if akhra.CodeOf(err) != akhra.NotFound {
		w.must(err)
	}
	return s
}

// TestAConfirmationIsWeakerThanTheSameAnswerGivenBlind: a model that is not
// sure enough and a person who agrees settle a task only if she was not shown
// what it thinks, before a fit and after.
func TestAConfirmationIsWeakerThanTheSameAnswerGivenBlind(t *testing.T) {
	t.Parallel()
	s := settings(1, 4)
	s.StopAt = .99
	w := newWorld(t, s, 3, 2, 70)
	out := map[int][]float64{}
	for i := range 66 {
		for who := range 2 {
			w.answer(who, i, i%3)
		}
		out[i] = []float64{.02, .02, .02}
		out[i][i%3] = .96
	}
	w.follow()
	w.shows(0, 66, 1, 1)
	w.answer(0, 66, 1)
	w.answer(0, 67, 1)
	out[66], out[67] = []float64{.04, .92, .04}, []float64{.04, .92, .04}
	for range 2 { // following the log, and read whole
		w.says(out)
		w.follow()
		shown, blind := w.of(66), w.of(67)
		if blind.State != akhra.TaskDone || shown.State != akhra.TaskOpen || shown.Tempered > blind.Tempered-.01 {
			t.Errorf("shown: %s at %.4f, blind: %s at %.4f", shown.State, shown.Tempered, blind.State, blind.Tempered)
		}
		// nobody accepted or refused a wrong proposal yet: 2 of 10 is believed
		if want := .92 / (.92 + .08*.2); math.Abs(shown.Posterior[1]-want) > .001 {
			t.Errorf("the posterior beside a confirmation is %.4f, want %.4f", shown.Posterior[1], want)
		}
		w.restart()
	}
}

// TestWrongProposalsTellHowMuchAConfirmationWeighs: who accepts many is
// believed less, and who accepts none more.
func TestWrongProposalsTellHowMuchAConfirmationWeighs(t *testing.T) {
	t.Parallel()
	posterior := map[bool]float64{}
	for _, careful := range []bool{true, false} {
		w := newWorld(t, settings(1, 4), 2, 2, 120)
		out := map[int][]float64{}
		for i := range 60 {
			w.answer(0, i, i%2)
			w.answer(1, i, i%2)
			out[i] = []float64{.95, .05}
			if i%2 == 1 {
				out[i] = []float64{.05, .95}
			}
		}
		for i := 60; i < 100; i++ {
			class := 0
			w.shows(0, i, 0, 1)
			if !careful && i%2 == 0 {
				class = 1
			}
			w.answer(0, i, class)
		}
		w.shows(0, 100, 1, 1)
		w.answer(0, 100, 1)
		out[100] = []float64{.15, .85}
		w.says(out)
		w.follow()
		posterior[careful] = w.of(100).Posterior[1]
	}
	all := (20. + 2) / 50
	share := (20 + 10*all) / 50
	if want := .85 / (.85 + .15*share); math.Abs(posterior[false]-want) > .001 {
		t.Errorf("one who accepted 20 of 40 gives %.4f, want %.4f", posterior[false], want)
	}
	if posterior[true] < .98 || posterior[false] > .94 {
		t.Errorf("confirmed by one who accepts none: %.3f, half of them: %.3f", posterior[true], posterior[false])
	}
}

// TestWhatIsAcceptedThoughWrongOnPurposeSaysNothing: another is asked, or an
// expert where there is nobody; who was told and changes her answer is heard.
func TestWhatIsAcceptedThoughWrongOnPurposeSaysNothing(t *testing.T) {
	t.Parallel()
	for people, state := range map[int]akhra.TaskState{1: akhra.TaskReview, 2: akhra.TaskOpen} {
		w := newWorld(t, settings(1, 3), 2, people, 4)
		for who := range people {
			w.answer(who, 0, 0)
		}
		w.shows(0, 1, 0, 1)
		fooled := w.answer(0, 1, 1)
		w.follow()
		if c := w.of(1); c.Class != "" || c.Answers != 0 || c.Asked != 1 || c.State != state {
			t.Errorf("of %d people one accepted a wrong proposal: %+v", people, c)
		}
		w.send(0, 1, akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[0].ID, Replaces: fooled.ID, AfterSeen: true})
		w.follow()
		if c := w.of(1); w.class(c.Class) != 0 || c.Answers != 1 {
			t.Errorf("after she looked again: %+v", c)
		}
		w.shows(0, 2, 0, 1)
		w.answer(0, 2, 0)
		w.follow()
		if c := w.of(2); w.class(c.Class) != 0 || c.State != akhra.TaskDone {
			t.Errorf("who saw that it was wrong: %+v", c)
		}
	}
}

// TestAShownAnswerNeverCountsAsBlind, for any history: a skill rests on blind
// answers alone, an audit task takes no other, and what the room tells at once
// is what it tells when it reads everything anew.
func TestAShownAnswerNeverCountsAsBlind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := settings(2, 4)
		s.Target, s.Delta = .95, .1
		w := newWorld(t, s, 3, 3, 30)
		w.must(w.db.DrawAudit(t.Context(), w.tenant, nil, []akhra.TaskID{w.tasks[28].ID, w.tasks[29].ID}, nil))
		blind := make([]int, 3)
		for task := range 28 {
			for who := range 3 {
				class := rapid.IntRange(0, 2).Draw(r, "class")
				switch rapid.IntRange(0, 2).Draw(r, "view") {
				case 0:
					blind[who]++
				case 1:
					w.shows(who, task, class, class)
				case 2:
					w.shows(who, task, rapid.IntRange(0, 2).Draw(r, "thought"), rapid.IntRange(0, 2).Draw(r, "shown"))
				}
				w.answer(who, task, class)
			}
			w.follow()
		}
		// an audit task whose assignment was shown something before it was drawn
		w.must(w.db.DrawAudit(t.Context(), w.tenant, nil, nil, []akhra.TaskID{w.tasks[29].ID}))
		w.shows(0, 29, 1, 1)
		w.must(w.db.DrawAudit(t.Context(), w.tenant, nil, []akhra.TaskID{w.tasks[29].ID}, nil))
		w.answer(0, 29, 1)
		w.follow()
		if c := w.of(29); c.Answers != 0 || c.Class != "" {
			r.Fatalf("the audit took an answer that was given with a class in view: %+v", c)
		}
		for who, n := range blind {
			if got := w.skill(who).Answers; got > n {
				r.Fatalf("the skill of %d rests on %d answers, %d are blind", who, got, n)
			}
		}
		before := w.all()
		w.restart()
		w.apply(w.events(0))
		differ := 0
		for task, c := range w.all() {
			if c.Class != before[task].Class {
				differ++
			}
		}
		if differ > 3 {
			r.Fatalf("%d of 29 classes differ once everything is read anew", differ)
		}
	})
}

// TestSkillsDoNotMoveByWhatWasShown: the same blind answers give the same skill
// whatever is agreed with elsewhere.
func TestSkillsDoNotMoveByWhatWasShown(t *testing.T) {
	t.Parallel()
	skills := map[bool]akhra.Skill{}
	for _, shown := range []bool{false, true} {
		w := newWorld(t, settings(2, 4), 2, 2, 300)
		chance := rand.New(rand.NewPCG(2, 6))
		for i := range 150 {
			for who := range 2 {
				class := i % 2
				if chance.Float64() > []float64{.9, .7}[who] {
					class = 1 - class
				}
				w.answer(who, i, class)
			}
		}
		for i := 150; shown && i < 300; i++ {
			w.shows(1, i, i%2, i%2)
			w.answer(1, i, i%2)
		}
		w.follow()
		skills[shown] = w.skill(1)
	}
	if a, b := skills[false], skills[true]; math.Abs(a.Accuracy-b.Accuracy) > .02 || a.Answers != b.Answers {
		t.Errorf("150 confirmations took a skill from %.3f of %d to %.3f of %d", a.Accuracy, a.Answers, b.Accuracy, b.Answers)
	}
}
