package engine_test

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// TestAPictureAskedAnewStandsOnItsNewAnswers: the first round was answered
// wrong; asked anew, before and after a restart, the second decides.
func TestAPictureAskedAnewStandsOnItsNewAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(30)
	w.drain()
	wrong := w.lease(0, 1)[0]
	w.answer(0, wrong, 1-w.truth[wrong.Item])
	w.finish()
	asked, err := w.db.Reask(t.Context(), w.tenant, []akhra.ItemID{wrong.Item}, w.people[0])
	if err != nil || len(asked) != 1 {
		t.Fatal(asked, err)
	}
	w.drain()
	again := w.lease(0, 5)
	if len(again) != 1 || again[0].Item != wrong.Item || again[0].Task == wrong.Task {
		t.Fatalf("given out %+v, want the picture in a new task", again)
	}
	w.answer(0, again[0], w.truth[wrong.Item])
	w.drain()
	w.close()
	w.open()
	w.drain()
	for _, task := range []akhra.TaskID{wrong.Task, again[0].Task} {
		if c := w.truthOf(task); c.Answers != 1 {
			t.Errorf("a round is settled by %+v, want its own answer", c)
		}
	}
	of, err := w.db.ConsensusOf(t.Context(), w.tenant, []akhra.ItemID{wrong.Item})
	if err != nil || of[wrong.Item].Class != w.classes[w.truth[wrong.Item]] || of[wrong.Item].Task != again[0].Task {
		t.Errorf("settled %+v, %v, want the class of the second round", of, err)
	}
	if left := w.lease(0, 5); len(left) != 0 {
		t.Errorf("still asked: %+v", left)
	}
}

// TestARemovedPictureIsNotAskedUntilItIsBack removes pictures that are open and
// some that taught the model.
func TestARemovedPictureIsNotAskedUntilItIsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(1, 1), 2, 1)
	w.pictures(40)
	w.drain()
	w.work(0, 20)
	var out []akhra.ItemID
	for item := range w.truth {
		if out = append(out, item); len(out) == 15 {
			break
		}
	}
	done, err := w.db.Remove(t.Context(), w.tenant, out, w.people[0])
	if err != nil || len(done) != 15 {
		t.Fatal(done, err)
	}
	given := map[akhra.ItemID]bool{}
	for {
		w.drain()
		got := w.lease(0, 10)
		if len(got) == 0 {
			break
		}
		for _, a := range got {
			given[a.Item] = true
			w.answer(0, a, w.truth[a.Item])
		}
	}
	for _, item := range out {
		if given[item] {
			t.Errorf("the removed picture %s was asked", item)
		}
		if like, err := w.e.Sight.Similar(t.Context(), w.tenant, item, 5); err != nil || len(like) != 0 {
			t.Errorf("a removed picture is like %v, %v", like, err)
		}
	}
	back, err := w.db.Restore(t.Context(), w.tenant, out, w.people[0])
	if err != nil || len(back) != 15 {
		t.Fatal(back, err)
	}
	w.finish()
	if c, err := w.db.Counts(t.Context(), w.tenant); err != nil || c.Done != 40 {
		t.Errorf("%+v, %v, want all settled once they are back", c, err)
	}
	seen := 0
	w.must(w.e.Loop.Predictions(t.Context(), w.tenant, func(q akhra.Prediction) {
		if slices.Contains(out, q.Item) {
			seen++
		}
	}))
	if seen != 15 {
		t.Errorf("the model speaks of %d of 15 pictures that came back", seen)
	}
}
