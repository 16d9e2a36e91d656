package consensus_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"akhra.dev/akhra"
)

// live lets people answer, correct, doubt and take back at random, most of
// them rightly, while answers become known and tasks are decided. Between two
// moves the room sometimes follows.
func (w *world) live(chance *rand.Rand, moves int, follow func()) {
	w.Helper()
	classes, last := len(w.labels.Classes), map[hold]akhra.Annotation{}
	for n := range moves {
		at := hold{chance.IntN(len(w.tasks)), chance.IntN(len(w.people))}
		class := at.task % classes
		if chance.IntN(4) == 0 {
			class = chance.IntN(classes)
		}
		a := akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[class].ID, TookMillis: int64(300 + n*n%5000)}
		before, again := last[at]
		switch move := chance.IntN(40); {
		case move == 0:
			w.gold(at.task, at.task%classes)
		case move == 1:
			w.gold(at.task, -1)
		case move == 2:
			w.review(at.task, at.task%classes, chance.IntN(2) == 0)
		default:
			if a.Replaces = before.ID; again && before.Answer != akhra.AnswerUndo && move < 10 {
				a.Answer, a.Class = akhra.AnswerUndo, ""
			} else if move == 11 {
				a.Answer, a.Class = akhra.AnswerNotSure, ""
			}
			last[at] = w.send(at.who, at.task, a)
		}
		if chance.IntN(6) == 0 {
			follow()
		}
	}
	follow()
}

// likeness is how far judgements agree with those of a fresh room.
type likeness struct {
	tasks, same int
	apart       float64
}

// fresh compares what is stored with what a room says that reads the store
// anew: facts must be the same.
func (w *world) fresh(l *likeness) {
	w.Helper()
	before := w.all()
	w.restart()
	w.apply(w.events(0))
	for task, c := range w.all() {
		b := before[task]
		known := c.Method == akhra.MethodGold || c.Method == akhra.MethodReview
		if c.Answers != b.Answers || c.Asked != b.Asked || known && (b.Method != c.Method || b.Class != c.Class || b.State != c.State) {
			w.Errorf("a fresh room says %+v, the store has %+v", c, b)
		}
		if l.tasks++; c.Class == b.Class || c.Tied || b.Tied {
			l.same++
		}
		for k, z := range c.Posterior {
			l.apart += math.Abs(z-b.Posterior[k]) / float64(len(c.Posterior))
		}
	}
}

// hold checks that 98 of 100 classes are the same: docs/TRUTH.md 4 asks 99 of crowds
// of thousands of answers, of which these have hundreds.
func (l *likeness) hold(t *testing.T) {
	t.Helper()
	apart := l.apart / float64(l.tasks)
	t.Logf("%d of %d classes are the same, posteriors differ by %.4f", l.same, l.tasks, apart)
	if float64(l.same) < .98*float64(l.tasks) || apart > .015 {
		t.Errorf("%d of %d classes are the same, posteriors differ by %.4f", l.same, l.tasks, apart)
	}
}

func TestAnyHistoryIsJudgedAsByAFreshRoom(t *testing.T) {
	t.Parallel()
	var l likeness
	for seed := range uint64(5) {
		w := newWorld(t, settings(2, 5), 3, 6, 60)
		w.live(rand.New(rand.NewPCG(seed, 2)), 400, w.follow)
		w.fresh(&l)
	}
	l.hold(t)
}

// A process that is killed reads the store again and is told, from an old
// place in the log on, what it knew already.
func TestAKillAtAnyEventChangesNothing(t *testing.T) {
	t.Parallel()
	var l likeness
	for seed := range uint64(4) {
		w := newWorld(t, settings(2, 5), 3, 6, 60)
		chance := rand.New(rand.NewPCG(seed, 3))
		w.live(chance, 300, func() {
			if w.follow(); chance.IntN(4) == 0 {
				w.restart()
				w.seen = max(0, w.seen-akhra.Seq(chance.IntN(60)))
			}
		})
		w.fresh(&l)
	}
	l.hold(t)
}

// Fits work beside the answering, as they do in a server.
func TestAFitBesideAnswersLosesNone(t *testing.T) {
	t.Parallel()
	var l likeness
	for seed := range uint64(3) {
		w := newWorld(t, settings(2, 5), 3, 6, 60)
		var fits sync.WaitGroup
		w.live(rand.New(rand.NewPCG(seed, 7)), 400, func() {
			events := w.events(w.seen)
			w.must(w.room.Apply(t.Context(), events))
			w.seen = events[len(events)-1].Seq
			fits.Go(func() {
				if err := w.room.Fit(t.Context(), w.tenant); err != nil {
					t.Error(err)
				}
			})
		})
		fits.Wait()
		w.apply(nil)
		w.fresh(&l)
	}
	l.hold(t)
}

// Whoever follows the log may not forget events whose fit is not done, nor those
// that moved people's figures since they were stored.
func TestAFitThatIsDueIsOwed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 5), 3, 2, 30)
	w.answer(0, 0, 0)
	w.follow()
	if owed := w.room.Owed(); owed == 0 {
		t.Error("nothing is owed while her figures are not stored")
	}
	w.must(w.room.Save(t.Context()))
	if owed := w.room.Owed(); owed != 0 {
		t.Errorf("after a fit %d is owed", owed)
	}
	for i := 1; i < 30; i++ {
		w.answer(0, i, i%3)
	}
	events := w.events(w.seen)
	since := events[slices.IndexFunc(events, func(e akhra.Event) bool { return e.Kind == akhra.EventAnswerStored })].Seq
	w.must(w.room.Apply(t.Context(), events[:25]))
	first := w.room.Owed()
	w.must(w.room.Apply(t.Context(), events[25:]))
	if owed := w.room.Owed(); first != since || owed != since {
		t.Errorf("%d is owed, then %d, since %d", first, owed, since)
	}
	w.must(w.room.Fit(t.Context(), w.tenant))
	w.must(w.room.Save(t.Context()))
	if owed := w.room.Owed(); owed != 0 {
		t.Errorf("after the fit %d is owed", owed)
	}
}

// A few answers after a fit wait for the next one, but not for ever: when nobody
// answers any more the people are fitted with those answers too.
func TestTheLastAnswersAreFittedWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 3, 40)
	for i := range 30 {
		w.answer(i%3, i, i%2)
		w.answer((i+1)%3, i, i%2)
	}
	w.follow()
	if w.room.Hurry(w.tenant) {
		t.Error("a fit is due that has heard every answer")
	}
	w.answer(0, 35, 0)
	w.follow()
	if w.room.Due(w.tenant) {
		t.Error("one answer makes a fit due while others come")
	}
	if !w.room.Hurry(w.tenant) || !w.room.Due(w.tenant) {
		t.Fatal("the last answer is never fitted")
	}
	w.must(w.room.Fit(t.Context(), w.tenant))
	if w.room.Hurry(w.tenant) {
		t.Error("the same answers are fitted again")
	}
}
