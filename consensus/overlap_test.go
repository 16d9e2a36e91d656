package consensus_test

import (
	"testing"

	"akhra.dev/akhra"
)

// batch stores a batch with an overlap of its own.
func (w *world) batch(id akhra.BatchID, overlap int) {
	w.Helper()
	w.must(w.db.PutBatch(w.Context(), w.tenant, akhra.Batch{ID: id, Name: "April", Priority: akhra.PriorityNormal, Overlap: overlap}, w.boss))
}

// move puts a picture into a batch.
func (w *world) move(task int, to akhra.BatchID) {
	w.Helper()
	c := akhra.Change{ID: akhra.ChangeID(w.db.NewID()), Act: akhra.ChangeBatch, Batch: to, By: w.boss}
	_, err := w.db.AddChange(w.Context(), w.tenant, c)
	w.must(err)
	w.must(w.db.PlanChange(w.Context(), w.tenant, c.ID, []akhra.ItemID{w.tasks[task].Item}, true))
	_, err = w.db.DoChange(w.Context(), w.tenant, c.ID, 1)
	w.must(err)
}

// A batch asks for as many answers as it says, or as the project does if that is
// more, from the moment it does; other pictures are left as they are. It may ask
// for more than the project's most.
func TestABatchAsksForItsOwnOverlap(t *testing.T) {
	t.Parallel()
	april := akhra.BatchID("01a20000-0000-7000-8000-000000000001")
	steps := []struct {
		what  string
		do    func(w *world)
		state akhra.TaskState
		wants int
	}{
		{"answered once, in no batch", func(w *world) { w.answer(0, 0, 1); w.answer(0, 1, 1) }, akhra.TaskDone, 0},
		{"put into a batch that asks three", func(w *world) { w.batch(april, 3); w.move(0, april) }, akhra.TaskOpen, 2},
		{"a second answer", func(w *world) { w.answer(1, 0, 1) }, akhra.TaskOpen, 1},
		{"a third", func(w *world) { w.answer(2, 0, 1) }, akhra.TaskDone, 0},
		{"the batch asks five, the project three at most", func(w *world) { w.batch(april, 5) }, akhra.TaskOpen, 2},
		{"the batch asks fewer than the project", func(w *world) { w.batch(april, 0) }, akhra.TaskDone, 0},
		{"the batch asks four", func(w *world) { w.batch(april, 4) }, akhra.TaskOpen, 1},
		{"taken out of it", func(w *world) { w.move(0, "") }, akhra.TaskDone, 0},
	}
	for name, restart := range map[string]bool{"followed": false, "read anew": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, settings(1, 3), 2, 5, 2)
			for _, step := range steps {
				if step.do(w); restart {
					w.restart()
				}
				w.follow()
				if got := w.of(0); got.State != step.state || got.Wants != step.wants {
					t.Errorf("%s: %s and wants %d, not %s and %d", step.what, got.State, got.Wants, step.state, step.wants)
				}
				if got := w.of(1); got.State != akhra.TaskDone {
					t.Errorf("%s: another picture is %s", step.what, got.State)
				}
			}
		})
	}
}

func TestAPictureThatComesIntoABatchIsAskedAsItSays(t *testing.T) {
	t.Parallel()
	april := akhra.BatchID("01a20000-0000-7000-8000-000000000001")
	w := newWorld(t, settings(1, 3), 2, 2, 1)
	w.batch(april, 2)
	w.answer(0, 0, 1)
	w.follow() // the project is in memory
	_, err := w.db.AddItems(t.Context(), w.tenant, []akhra.Item{{ID: akhra.ItemID(w.db.NewID()), Blob: "b", Name: "b.jpg", Width: 64, Height: 64, Batch: april}})
	w.must(err)
	w.tasks = nil
	w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error { w.tasks = append(w.tasks, one); return nil }))
	w.answer(0, 1, 1)
	w.follow()
	if got := w.of(1); got.State != akhra.TaskOpen || got.Wants != 1 {
		t.Errorf("after one answer it is %s and wants %d", got.State, got.Wants)
	}
}
