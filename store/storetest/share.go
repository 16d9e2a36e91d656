package storetest

import (
	"context"
	"time"

	"akhra.dev/akhra"
)

// Shares are people's parts of a project.
type Shares interface {
	Mine(ctx context.Context, t akhra.Tenant, annotator akhra.UserID) (answers, skips int, err error)
	HadSay(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, last int) (int, error)
	Quarters(ctx context.Context, t akhra.Tenant) (map[akhra.UserID]int, error)
}

// shares: a person's count is her own, what she said of pictures that still
// want answers is known, and so are the quarters of an hour she worked in.
func shares(w *world) {
	t, l := w.project("leaves")
	asha, binita := w.person("asha"), w.person("binita")
	tasks := w.tasks(t, 6)
	var said []akhra.Annotation
	for i, a := range w.lease(t, asha, 5, places(tasks)) {
		if i == 4 {
			w.clock = w.clock.Add(20 * time.Minute)
		}
		one := w.said(a, l.Classes[0].ID)
		w.wantOutcome(akhra.Stored, w.submit(t, asha, one))
		said = append(said, one)
	}
	for _, a := range w.lease(t, binita, 1, places(tasks)) {
		w.submit(t, binita, w.said(a, l.Classes[0].ID))
	}
	want := func(who akhra.User, answers, given int, when string) {
		w.Helper()
		mine, _, err := w.Mine(w.ctx(), t, who.ID)
		w.must(err)
		open, err := w.HadSay(w.ctx(), t, who.ID, 500)
		w.must(err)
		if mine != answers || open != given {
			w.Errorf("%s: %d answers, %d of open ones, want %d and %d", when, mine, open, answers, given)
		}
	}
	want(asha, 5, 5, "nothing is settled")
	want(binita, 1, 1, "another person")
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: tasks[0].ID, Item: tasks[0].Item, Class: l.Classes[0].ID, Posterior: []float64{1, 0}, State: akhra.TaskDone}}))
	want(asha, 5, 4, "one is settled")
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.undone(said[1])))
	want(asha, 4, 3, "one is taken back")
	if _, err := w.Reask(w.ctx(), t, []akhra.ItemID{tasks[2].Item}, asha.ID); err != nil {
		w.Fatal(err)
	}
	want(asha, 4, 2, "one is asked anew")
	if _, err := w.Remove(w.ctx(), t, []akhra.ItemID{tasks[3].Item}, asha.ID); err != nil {
		w.Fatal(err)
	}
	want(asha, 4, 1, "one is taken out")
	if n, err := w.HadSay(w.ctx(), t, asha.ID, 1); err != nil || n != 0 {
		w.Errorf("of her last answer, which she took back: %d, %v", n, err)
	}
	if q, err := w.Quarters(w.ctx(), t); err != nil || q[asha.ID] != 2 || q[binita.ID] != 1 || len(q) != 2 {
		w.Errorf("quarters of an hour: %v, %v", q, err)
	}
}
