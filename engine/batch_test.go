package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// put puts pictures into a batch by a change.
func (w *world) put(into akhra.BatchID, items ...akhra.ItemID) akhra.ChangeID {
	w.t.Helper()
	c := akhra.Change{ID: akhra.ChangeID(w.db.NewID()), Act: akhra.ChangeBatch, Batch: into, By: w.people[0]}
	_, _, err := w.e.Change(w.t.Context(), w.tenant, c, items, nil)
	w.must(err)
	return c.ID
}

func (w *world) ranked() []akhra.Slot {
	w.t.Helper()
	slots, err := w.e.Loop.Rank(w.t.Context(), w.tenant, 500, "")
	w.must(err)
	return slots
}

// TestBatches_WhoFollowsTheLogAsksAsWhoReadsAnew: whatever is done to batches
// and pictures, in between answers, is taken back or comes anew, the order of
// asking and the truth are those of a process that has just begun.
func TestBatches_WhoFollowsTheLogAsksAsWhoReadsAnew(t *testing.T) {
	t.Parallel()
	s := akhra.DefaultSettings()
	s.Strategy, s.GoldShare = "random", 0
	w := newWorld(t, s, 3, 3)
	w.pictures(40)
	chance := rand.New(rand.NewPCG(5, 6))
	var batches []akhra.BatchID
	var undoable []akhra.ChangeID
	for round := range 12 {
		switch b := (akhra.Batch{ID: akhra.BatchID(w.db.NewID()), Name: fmt.Sprint("batch ", round)}); {
		case round < 3:
			batches = append(batches, b.ID)
			fallthrough
		case chance.IntN(2) == 0:
			b.ID = batches[chance.IntN(len(batches))]
			b.Name, b.Priority, b.Overlap = "batch "+string(b.ID), akhra.Priorities[chance.IntN(3)], chance.IntN(4)
			w.must(w.db.PutBatch(t.Context(), w.tenant, b, w.people[0]))
		}
		known, err := w.db.Batches(t.Context(), w.tenant)
		w.must(err)
		var items []akhra.ItemID
		for id := range w.truth {
			if chance.IntN(6) == 0 {
				items = append(items, id)
			}
		}
		undoable = append(undoable, w.put(known[chance.IntN(len(known))].ID, items...))
		if chance.IntN(3) == 0 {
			_, _, err := w.e.Undo(t.Context(), w.tenant, undoable[chance.IntN(len(undoable))])
			w.must(err)
		}
		w.work(round%3, 4)
		w.drain()
		followed, told := w.ranked(), w.concluded()
		w.close()
		w.open()
		w.drain()
		if anew := w.ranked(); !slices.Equal(followed, anew) {
			t.Fatalf("round %d: who followed asks %d places, who reads anew %d, or in another order", round, len(followed), len(anew))
		}
		for id, was := range told {
			if is := w.concluded()[id]; is.State != was.State || is.Wants != was.Wants {
				t.Errorf("round %d: task %s is %s and wants %d, read anew %s and %d", round, id, was.State, was.Wants, is.State, is.Wants)
			}
		}
	}
}

// TestBatches_AChangeOfVeryManyIsAJob that goes on where it stood and is taken
// back as a whole.
func TestBatches_AChangeOfVeryManyIsAJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t, akhra.DefaultSettings(), 2, 1)
	w.pictures(310)
	april := akhra.BatchID(w.db.NewID())
	w.must(w.db.PutBatch(t.Context(), w.tenant, akhra.Batch{ID: april, Name: "April", Priority: akhra.PriorityHigh}, w.people[0]))
	c := akhra.Change{ID: akhra.ChangeID(w.db.NewID()), Act: akhra.ChangeBatch, Batch: april, By: w.people[0]}
	if _, job, err := w.e.Change(t.Context(), w.tenant, c, nil, &akhra.Search{}); err != nil || job == "" {
		t.Fatalf("the job is %q, %v", job, err)
	}
	for _, want := range []int{310, 0} {
		w.drain()
		n, err := w.e.Catalogue.Batches(t.Context(), w.tenant)
		w.must(err)
		if n[april].Pictures != want {
			t.Errorf("the batch has %d pictures, want %d", n[april].Pictures, want)
		}
		_, _, err = w.e.Undo(t.Context(), w.tenant, c.ID)
		w.must(err)
	}
}
