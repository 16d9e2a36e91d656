package engine_test

import (
	"bytes"
	"fmt"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
)

// copies adds n pictures of each of some kinds; those of a kind are the same.
func (w *world) copies(n, kinds int) {
	w.t.Helper()
	var items []akhra.Item
	for i := range n * kinds {
		k := i % kinds
		hash, err := w.blobs.PutBytes(w.t.Context(), bytes.Repeat([]byte{byte(40 + 50*k), byte(200 - 60*k), 90}, embed.ThumbBytes/3))
		w.must(err)
		id := akhra.ItemID(w.db.NewID())
		w.truth[id] = k % len(w.classes)
		items = append(items, akhra.Item{ID: id, Blob: fmt.Sprintf("%064x", i), Thumb: hash, Name: string(id) + ".jpg", Width: 64, Height: 64,
			Created: akhra.MillisOf(w.now())})
	}
	_, err := w.db.AddItems(w.t.Context(), w.tenant, items)
	w.must(err)
}

func TestOfNearDuplicatesTwoAreAsked(t *testing.T) {
	t.Parallel()
	for strategy, want := range map[string]int{"full+groups": 4, "full": 60} {
		s := settings(1, 1)
		s.Strategy = strategy
		w := newWorld(t, s, 2, 1)
		w.copies(30, 2)
		if n := w.finish(); n != want {
			t.Errorf("%s: %d of 60 pictures of two kinds are asked, want %d", strategy, n, want)
		}
	}
}

func TestWithoutThatRungNoModelIsTaught(t *testing.T) {
	t.Parallel()
	s := settings(1, 1)
	s.Strategy = "full-model"
	w := newWorld(t, s, 2, 1)
	w.pictures(40)
	w.finish()
	if m, err := w.db.Model(t.Context(), w.tenant); akhra.CodeOf(err) != akhra.NotFound {
		t.Errorf("a model of version %d is taught, %v", m.Version, err)
	}
}

func TestPicturesThatAreAllTheSameAreAskedToTheEnd(t *testing.T) {
	t.Parallel()
	for _, strategy := range []string{"full", "full+groups+marginal"} {
		s := settings(1, 1)
		s.Strategy = strategy
		w := newWorld(t, s, 2, 1)
		w.copies(40, 1)
		for id := range w.truth { // people see two classes where the vectors show one
			w.truth[id] = int(id[len(id)-1]) % 2
		}
		if n := w.finish(); n != 40 {
			t.Errorf("%s: %d of 40 are asked", strategy, n)
		}
	}
}
