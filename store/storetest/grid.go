package storetest

import (
	"slices"
	"time"

	"akhra.dev/akhra"
)

// grid: tiles are hers apart from her other leases, as they were when she asks
// again; what she strikes out is asked by itself with nothing put to her, and
// taken back it is a tile again. What may not be put to her, or what she had
// before, is in no grid.
func grid(w *world) {
	t, l := w.project("Leaves")
	pest := l.Classes[0].ID
	tasks, asha := w.tasks(t, 8), w.person("asha")
	until := w.now() + 60_000
	w.lease(t, asha, 1, offering(tasks[:1], pest, pest, true))
	w.must(w.DrawAudit(w.ctx(), t, nil, []akhra.TaskID{tasks[1].ID}, nil))
	got, err := w.TakeGrid(w.ctx(), t, asha.ID, until, offering(tasks[:6], pest, pest, true), offering(tasks[6:], pest, pest, false))
	w.must(err)
	if len(got) != 6 || got[0].Task != tasks[2].ID || got[5].Grid != akhra.AfterGrid || got[5].Offered() != "" || got[0].Offered() != pest {
		w.Fatalf("the grid is %+v", got)
	}
	open := func(tiles, first int) []akhra.Assignment {
		w.Helper()
		hers, asked, err := w.OpenGrid(w.ctx(), t, asha.ID, until)
		if err != nil || len(hers) != tiles || asked != first {
			w.Errorf("%d tiles are open and %d questions asked, %v, want %d and %d", len(hers), asked, err, tiles, first)
		}
		return hers
	}
	open(4, 2)
	if hers := w.lease(t, asha, 9, nil); len(hers) != 3 {
		w.Errorf("her other leases are %+v, want the one before and the two that stay blind", hers)
	}
	struck := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: got[0].ID, Task: got[0].Task, Answer: akhra.AnswerStrike}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, struck))
	w.wantOutcome(akhra.Duplicate, w.submit(t, asha, struck))
	blind := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: got[5].ID, Task: got[5].Task, Answer: akhra.AnswerStrike}
	w.wantOutcome(akhra.Refused, w.submit(t, asha, blind))
	open(3, 3)
	at := func(list []akhra.Assignment) akhra.Assignment {
		i := slices.IndexFunc(list, func(a akhra.Assignment) bool { return a.Task == struck.Task })
		if i < 0 {
			w.Fatalf("what she struck out is not among %+v", list)
		}
		return list[i]
	}
	if one := at(w.lease(t, asha, 9, nil)); one.Offered() != "" || !one.Proposal.Shown {
		w.Errorf("what she struck out is asked with %q, of %+v", one.Offered(), one.Proposal)
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.undone(struck)))
	open(4, 2)
	w.wantOutcome(akhra.Stored, w.submit(t, asha, akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: struck.Assignment, Task: struck.Task, Answer: akhra.AnswerStrike}))
	w.clock = w.clock.Add(time.Hour)
	_, err = w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	open(0, 0)
	if one := at(w.lease(t, asha, 9, offering(tasks, pest, pest, true))); one.Offered() != "" || one.Grid != akhra.AfterGrid {
		w.Errorf("leased again what she struck out comes with %q", one.Offered())
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(got[0], l.Classes[1].ID)))
	if said := w.hers(t, struck.Task); said[len(said)-1].Class != l.Classes[1].ID || said[len(said)-1].Agrees() {
		w.Errorf("what stands of it is %+v", said)
	}
}
