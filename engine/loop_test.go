package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

func TestAnsweredItemsArePredictedOutOfFold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 3, 1)
	w.pictures(90)
	w.drain()
	w.work(0, 40)
	m, err := w.db.Model(t.Context(), w.tenant)
	w.must(err)
	n := 0
	w.must(w.db.OutOfFold(t.Context(), w.tenant, m.Version, func(p akhra.Prediction) error {
		n++
		if !p.OutOfFold {
			t.Errorf("the say on %s saw its own answer", p.Item)
		}
		if _, sure := p.Top(); sure > 0.99+1e-6 {
			t.Errorf("a say of %f is surer than the cap", sure)
		}
		return nil
	}))
	if n != m.Taught || n != 40 {
		t.Errorf("%d out-of-fold rows, taught by %d, want 40", n, m.Taught)
	}
	right, of := 0, 0
	w.must(w.e.Loop.Says(t.Context(), w.tenant, func(item akhra.ItemID, p []float64) {
		pred := akhra.Prediction{Probabilities: p}
		if k, _ := pred.Top(); k == w.truth[item] {
			right++
		}
		of++
	}))
	if of != 90 || right < 80 {
		t.Errorf("the model is right on %d of %d pictures that differ by colour", right, of)
	}
}

func TestARestartKeepsTheModelInForce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(60)
	w.drain()
	w.work(0, 30)
	says := func() string {
		text := ""
		w.must(w.e.Loop.Says(t.Context(), w.tenant, func(item akhra.ItemID, p []float64) { text += fmt.Sprintf("%s %.3f\n", item, p) }))
		return text
	}
	before := says()
	card, err := w.e.Portrait.ReportCard(t.Context(), w.tenant)
	w.must(err)
	w.close()
	w.open()
	after, err := w.e.Portrait.ReportCard(t.Context(), w.tenant)
	w.must(err)
	if card.Version != after.Version || card.Version == 0 || card.Taught != after.Taught {
		t.Errorf("version %d taught by %d became %d taught by %d", card.Version, card.Taught, after.Version, after.Taught)
	}
	if says() != before {
		t.Error("the model says something else after a restart")
	}
}

func TestAKillInARetrainLeavesThePreviousVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(60)
	w.drain()
	w.work(0, 30)
	before, err := w.db.Model(t.Context(), w.tenant)
	w.must(err)
	for _, a := range w.lease(0, 10) {
		w.answer(0, a, w.truth[a.Item])
	}
	ctx, kill := context.WithCancel(t.Context())
	kill()
	if err := w.e.Drain(ctx); err == nil {
		t.Fatal("a killed drain reports success")
	}
	w.close()
	w.open()
	after, err := w.db.Model(t.Context(), w.tenant)
	w.must(err)
	if after.Version != before.Version {
		t.Errorf("version %d became %d", before.Version, after.Version)
	}
	w.drain()
	after, err = w.db.Model(t.Context(), w.tenant)
	w.must(err)
	if after.Version <= before.Version || after.Taught != 40 {
		t.Errorf("after the restart version %d is taught by %d, want a new one by 40", after.Version, after.Taught)
	}
}

func TestTinyAndOneClassProjectsDoNotFail(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int{"two pictures": 2, "all of one class": 40} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, settings(1, 1), 2, 1)
			w.pictures(n)
			w.drain()
			for {
				got := w.lease(0, 10)
				if len(got) == 0 {
					break
				}
				for _, a := range got {
					w.answer(0, a, 0)
				}
				w.drain()
			}
			card, err := w.e.Portrait.ReportCard(t.Context(), w.tenant)
			w.must(err)
			if card.Version != 0 || card.Classes[0].TaughtBy != n {
				t.Errorf("one class made model %d, taught by %d of %d", card.Version, card.Classes[0].TaughtBy, n)
			}
		})
	}
}

func TestOnlyBlindAnswersMakeTheEstimate(t *testing.T) {
	t.Parallel()
	s := settings(1, 1)
	s.Explore = 0.5
	w := newWorld(t, s, 2, 1)
	w.pictures(150)
	w.drain()
	w.work(0, 80)
	blinds, err := w.db.Blinds(t.Context(), w.tenant)
	w.must(err)
	if len(blinds) < 10 || len(blinds) > 50 {
		t.Fatalf("%d blind answers of about 55 under a model, half of them drawn at random", len(blinds))
	}
	card, err := w.e.Portrait.ReportCard(t.Context(), w.tenant)
	w.must(err)
	if card.Estimate == nil || card.Estimate.Of != len(blinds) {
		t.Errorf("the estimate rests on %+v, there are %d blind answers", card.Estimate, len(blinds))
	}
	if len(card.Curve) == 0 || len(card.Next) == 0 {
		t.Errorf("no curve (%d) or no next questions (%d)", len(card.Curve), len(card.Next))
	}
}

func TestWhatTaughtItIsOfThatClass(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(60)
	w.drain()
	w.work(0, 30)
	for item, k := range w.truth {
		taught := w.e.Portrait.Taught(t.Context(), w.tenant, item, w.classes[k], 3)
		for _, id := range taught {
			if w.truth[id] != k || id == item {
				t.Errorf("%s of class %d is among what taught class %d", id, w.truth[id], k)
			}
		}
		thought, ok := w.e.Portrait.Thought(t.Context(), w.tenant, item)
		if !ok || thought.P <= 0.4 || thought.RightOf10 < 0 || thought.RightOf10 > 10 {
			t.Fatalf("no thought on a picture: %+v", thought)
		}
	}
}

func TestAnUndoneAnswerTeachesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(3)
	a := w.lease(0, 1)[0]
	given := w.answer(0, a, 0)
	undo := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: a.ID, Task: a.Task, Answer: akhra.AnswerUndo, Replaces: given.ID}
	_, err := w.db.Submit(t.Context(), w.tenant, w.people[0], []akhra.Annotation{undo})
	w.must(err)
	w.drain()
	card, err := w.e.Portrait.ReportCard(t.Context(), w.tenant)
	w.must(err)
	if card.Classes[0].TaughtBy != 0 {
		t.Errorf("taught by %d, the only answer was undone", card.Classes[0].TaughtBy)
	}
}

func TestALostPictureHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(40)
	lost := akhra.ItemID(w.db.NewID())
	nowhere := strings.Repeat("0", 64)
	_, err := w.db.AddItems(t.Context(), w.tenant, []akhra.Item{{ID: lost, Blob: nowhere, Thumb: nowhere, Name: "lost.jpg", Width: 64, Height: 64, Created: akhra.MillisOf(w.now())}})
	w.must(err)
	w.drain()
	w.work(0, 30)
	said := 0
	w.must(w.e.Loop.Says(t.Context(), w.tenant, func(item akhra.ItemID, _ []float64) {
		if item == lost {
			t.Error("the model judges a picture that nobody can read")
		}
		said++
	}))
	if said != 40 {
		t.Errorf("the model judges %d of the 40 pictures that are there", said)
	}
}
