package storetest

import (
	"sync"
	"time"

	"akhra.dev/akhra"
)

func queue(w *world) {
	t, l := w.project("Leaves")
	asha, binita := w.person("asha"), w.person("binita")
	open := places(w.tasks(t, 4))
	hers := w.lease(t, asha, 2, open)
	if len(hers) != 2 || hers[0].Task != open[0].Task || hers[1].Task != open[1].Task {
		w.Fatalf("leased %+v, want the first two in their order", hers)
	}
	w.clock = w.clock.Add(time.Minute)
	for _, a := range w.lease(t, asha, 2, open[2:]) {
		if a.ID != hers[0].ID && a.ID != hers[1].ID || a.LeaseUntil <= hers[0].LeaseUntil {
			w.Errorf("asking again gave %+v, want her own leases, renewed", a)
		}
	}
	if got := w.lease(t, binita, 4, open); len(got) != 4 {
		w.Errorf("another person leased %d of 4 places", len(got))
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(hers[0], l.Classes[0].ID)))
	for _, a := range w.lease(t, asha, 4, open) {
		if a.Task == hers[0].Task {
			w.Error("a task she answered was given to her again")
		}
	}
	if got := w.lease(t, w.person("chandra"), 9, append(open[:1:1], open[0])); len(got) != 1 {
		w.Errorf("one person leased %d places of one task", len(got))
	}
	expiry(w, t, asha)
	rush(w)
}

// expiry: a lease that ran out is swept; who asks again keeps its id.
func expiry(w *world, t akhra.Tenant, asha akhra.User) {
	before := w.lease(t, asha, 1, nil)[0]
	w.clock = w.clock.Add(2 * time.Minute)
	n, err := w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	if n == 0 {
		w.Error("no lease was released")
	}
	w.must(w.Leases(w.ctx(), t, func(a akhra.Assignment) error {
		w.Errorf("a lease is still open: %+v", a)
		return nil
	}))
	if after := w.lease(t, asha, 1, []akhra.Slot{{Task: before.Task, Item: before.Item, Why: akhra.WhyNew}}); len(after) != 1 || after[0].ID != before.ID {
		w.Errorf("leased again %+v, want the id %s", after, before.ID)
	}
}

// rush: one person who asks from many tabs at once never gets a task twice.
func rush(w *world) {
	t, _ := w.project("Beetles")
	open, who := places(w.tasks(t, 40)), w.person("tabs")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { w.lease(t, who, 40, open) })
	}
	all.Wait()
	ids := map[akhra.TaskID]akhra.AssignmentID{}
	w.must(w.Leases(w.ctx(), t, func(a akhra.Assignment) error {
		if ids[a.Task] != "" {
			w.Errorf("task %s was given twice", a.Task)
		}
		ids[a.Task] = a.ID
		return nil
	}))
	if len(ids) != 40 {
		w.Errorf("%d tasks are held, want 40", len(ids))
	}
}
