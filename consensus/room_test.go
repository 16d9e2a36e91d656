package consensus_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra"
)

func TestAnswersDecideWhenATaskIsDone(t *testing.T) {
	t.Parallel()
	const notSure, skip = -1, -2
	for name, c := range map[string]struct {
		overlap, most int
		answers       []int
		class         int
		state         akhra.TaskState
		votes, asked  int
	}{
		"one, where one is asked for":    {1, 3, []int{1}, 1, akhra.TaskDone, 1, 1},
		"one of two":                     {2, 3, []int{1}, 1, akhra.TaskOpen, 1, 1},
		"two that agree":                 {2, 3, []int{1, 1}, 1, akhra.TaskDone, 2, 2},
		"two that differ":                {2, 3, []int{0, 1}, 0, akhra.TaskOpen, 2, 2},
		"two of three at the cap":        {2, 3, []int{0, 1, 1}, 1, akhra.TaskReview, 3, 3},
		"a doubt beside an answer":       {2, 3, []int{notSure, 1}, 1, akhra.TaskOpen, 1, 2},
		"doubts up to the cap":           {1, 2, []int{notSure, notSure}, -1, akhra.TaskReview, 0, 2},
		"a skip says and asks nothing":   {1, 3, []int{skip}, -1, akhra.TaskOpen, 0, 0},
		"a skip leaves it to the others": {1, 3, []int{skip, 1}, 1, akhra.TaskDone, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, settings(c.overlap, c.most), 3, len(c.answers), 1)
			for who, class := range c.answers {
				switch class {
				case notSure:
					w.send(who, 0, akhra.Annotation{Answer: akhra.AnswerNotSure})
				case skip:
					w.send(who, 0, akhra.Annotation{Answer: akhra.AnswerSkip, Reason: "other"})
				default:
					w.answer(who, 0, class)
				}
				w.follow()
			}
			got := w.of(0)
			if w.class(got.Class) != c.class || got.State != c.state || got.Answers != c.votes || got.Asked != c.asked {
				t.Errorf("class %d, %s, %d answers of %d asked; want class %d, %s, %d of %d",
					w.class(got.Class), got.State, got.Answers, got.Asked, c.class, c.state, c.votes, c.asked)
			}
			if sum := got.Posterior[0] + got.Posterior[1] + got.Posterior[2]; math.Abs(sum-1) > 1e-9 {
				t.Errorf("the posterior %v sums to %g", got.Posterior, sum)
			}
		})
	}
}

func TestATieIsToldAndStaysOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 4), 2, 2, 1)
	w.answer(0, 0, 0)
	w.answer(1, 0, 1)
	w.follow()
	if got := w.of(0); !got.Tied || got.State != akhra.TaskOpen || math.Abs(got.Posterior[0]-.5) > 1e-6 {
		t.Errorf("one against one is %+v", got)
	}
}

func TestACorrectionTakesThePlaceOfTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 1, 1)
	first := w.answer(0, 0, 0)
	w.follow()
	second := w.send(0, 0, akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[1].ID, Replaces: first.ID})
	w.follow()
	if got := w.of(0); w.class(got.Class) != 1 || got.Answers != 1 {
		t.Errorf("corrected to class 1: %+v", got)
	}
	w.undo(0, 0, second)
	w.follow()
	if got := w.of(0); got.Class != "" || got.Answers != 0 || got.Asked != 0 || got.State != akhra.TaskOpen {
		t.Errorf("taken back: %+v", got)
	}
}

// play lets people answer, correct, doubt and take back at random, and tells
// how many standing answers each task has.
func (w *world) play(chance *rand.Rand, moves int) (votes, asked map[int]int) {
	w.Helper()
	last := map[hold]akhra.Annotation{}
	for range moves {
		at := hold{chance.IntN(len(w.tasks)), chance.IntN(len(w.people))}
		before, again := last[at]
		a := akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[chance.IntN(len(w.labels.Classes))].ID}
		switch {
		case again && before.Answer == akhra.AnswerUndo:
		case again:
			if a.Replaces = before.ID; chance.IntN(2) == 0 {
				a.Answer, a.Class = akhra.AnswerUndo, ""
			}
		case chance.IntN(5) == 0:
			a.Answer, a.Class = akhra.AnswerNotSure, ""
		}
		last[at] = w.send(at.who, at.task, a)
		if chance.IntN(8) == 0 {
			w.follow()
		}
	}
	w.follow()
	votes, asked = map[int]int{}, map[int]int{}
	for at, a := range last {
		if a.Answer != akhra.AnswerUndo {
			asked[at.task]++
		}
		if a.Answer == akhra.AnswerClass {
			votes[at.task]++
		}
	}
	return votes, asked
}

func TestOnlyStandingAnswersCountWhateverTheOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		w := newWorld(t, settings(2, 4), 3, 4, 12)
		votes, asked := w.play(rand.New(rand.NewPCG(seed, 1)), 150)
		for i := range w.tasks {
			if c := w.of(i); c.Answers != votes[i] || c.Asked != asked[i] {
				t.Errorf("seed %d, task %d: %d answers of %d, want %d of %d", seed, i, c.Answers, c.Asked, votes[i], asked[i])
			}
		}
		before := w.all()
		w.restart()
		w.apply(w.events(0))
		for task, c := range w.all() {
			if b := before[task]; c.Answers != b.Answers || c.Asked != b.Asked {
				t.Errorf("seed %d: after a restart %+v, was %+v", seed, c, b)
			}
		}
	}
}

func TestEventsTwiceWriteNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 3, 20)
	w.play(rand.New(rand.NewPCG(9, 9)), 120)
	w.apply(w.events(0))
	w.restart() // reads everything and fits once
	w.apply(w.events(0))
	head, err := w.db.Head(t.Context(), w.tenant.Org)
	w.must(err)
	w.apply(w.events(0))
	if n := w.told(head); n != 0 {
		t.Errorf("events that were applied before made %d writes", n)
	}
}

// told counts how often the room has stored posteriors since.
func (w *world) told(after akhra.Seq) (n int) {
	for _, e := range w.events(after) {
		if e.Kind == akhra.EventConsensus {
			n++
		}
	}
	return n
}

func TestABatchIsStoredAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 2, 40)
	for i := range w.tasks {
		w.answer(0, i, i%2)
		w.answer(1, i, i%2)
	}
	head := w.seen
	w.follow()
	if n := w.told(head); n != 1 {
		t.Errorf("80 answers to 40 tasks were stored in %d writes, want one", n)
	}
}

func TestAModelThatObjectsAsksForMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 3, 40)
	for i := range w.tasks {
		w.answer(0, i, i%2)
	}
	w.follow()
	say := map[int][]float64{}
	for i := range w.tasks {
		say[i] = []float64{.03, .97}
		if i%2 == 0 {
			say[i] = []float64{.97, .03}
		}
	}
	say[0] = []float64{.03, .97} // she said class 0
	w.says(say)
	w.follow()
	if got := w.of(0); got.State != akhra.TaskOpen || got.ModelVersion != 1 {
		t.Errorf("one answer against the model is %+v", got)
	}
	if got := w.of(1); got.State != akhra.TaskDone || got.Tempered < .95 {
		t.Errorf("one answer with the model is %+v", got)
	}
	w.answer(1, 0, 0)
	w.answer(2, 0, 0)
	w.follow()
	if got := w.of(0); got.State != akhra.TaskDone || w.class(got.Class) != 0 {
		t.Errorf("three people against the model are %+v", got)
	}
}

func TestFewAnswersPerPersonDoNotEndTheAsking(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 4, 20)
	say := map[int][]float64{}
	for i := range w.tasks {
		w.answer(i%4, i, i%2)
		say[i] = []float64{.99 - .98*float64(i%2), .01 + .98*float64(i%2)}
	}
	w.says(say)
	w.follow()
	if got := w.of(0); got.State != akhra.TaskOpen {
		t.Errorf("five answers each are trusted: %+v", got)
	}
}

func TestAClassThatIsGoneSaysNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 3, 2, 2)
	w.answer(0, 0, 2)
	w.answer(0, 1, 0)
	w.follow()
	classes := slices.Clone(w.labels.Classes)
	classes[2].Deleted = true
	_, err := w.db.SetLabels(t.Context(), w.tenant, classes)
	w.must(err)
	w.follow()
	for i, want := range []akhra.Consensus{{State: akhra.TaskOpen, Asked: 1}, {State: akhra.TaskDone, Asked: 1, Answers: 1, Class: classes[0].ID}} {
		got := w.of(i)
		if got.Class != want.Class || got.State != want.State || got.Asked != want.Asked || got.Answers != want.Answers || len(got.Posterior) != 2 || got.Version != 2 {
			t.Errorf("task %d: %+v", i, got)
		}
	}
}

func TestOtherRulesApplyToOldAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 3), 2, 1, 1)
	w.answer(0, 0, 0)
	w.follow()
	p, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	p.Settings.Overlap = 2
	w.must(w.db.UpdateProject(t.Context(), w.tenant, p))
	w.follow()
	if got := w.of(0); got.State != akhra.TaskOpen {
		t.Errorf("two answers are asked for, one is there: %+v", got)
	}
}
