package storetest

import (
	"sync"
	"time"

	"akhra.dev/akhra"
)

func queue(w *world) {
	t, l := w.project("Leaves")
	asha, binita := w.person("asha"), w.person("binita")
	tasks := w.tasks(t, 4)
	w.offer(t, tasks)
	hers := w.lease(t, asha, 2)
	if len(hers) != 2 || hers[0].Task != tasks[0].ID || hers[1].Task != tasks[1].ID {
		w.Fatalf("leased %+v, want the first two in their order", hers)
	}
	if n, err := w.Avail(w.ctx(), t); err != nil || n != 2 {
		w.Errorf("%d places open, %v, want 2", n, err)
	}
	for _, a := range w.lease(t, asha, 2) {
		if a.ID != hers[0].ID && a.ID != hers[1].ID {
			w.Errorf("asking again gave %+v, want her own leases", a)
		}
	}
	for _, a := range w.lease(t, binita, 4) {
		if a.Task == hers[0].Task || a.Task == hers[1].Task {
			w.Errorf("a place that was taken was given twice")
		}
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(hers[0], l.Classes[0].ID)))
	w.offer(t, tasks)
	for _, a := range w.lease(t, asha, 4) {
		if a.Task == hers[0].Task {
			w.Error("a task she answered was given to her again")
		}
	}
	expiry(w, t, asha)
	twoPlaces(w, t, tasks)
	rush(w)
}

// expiry: a lease that ran out is swept; who asks again keeps its id.
func expiry(w *world, t akhra.Tenant, asha akhra.User) {
	before := w.lease(t, asha, 1)[0]
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
	w.must(w.ReplaceAvail(w.ctx(), t, []akhra.Slot{{Task: before.Task, Item: before.Item, Why: akhra.WhyNew}}))
	if after := w.lease(t, asha, 1); len(after) != 1 || after[0].ID != before.ID {
		w.Errorf("leased again %+v, want the id %s", after, before.ID)
	}
}

// twoPlaces: one person takes at most one of a task's places.
func twoPlaces(w *world, t akhra.Tenant, tasks []akhra.Task) {
	one := tasks[3]
	w.must(w.ReplaceAvail(w.ctx(), t, []akhra.Slot{{Task: one.ID, Item: one.Item, Slot: 0}, {Task: one.ID, Item: one.Item, Slot: 1}}))
	for _, login := range []string{"chandra", "dulari"} {
		if got := w.lease(t, w.person(login), 2); len(got) != 1 {
			w.Errorf("%s leased %d places of one task, want 1", login, len(got))
		}
	}
}

// rush: many people at once never get one place twice.
func rush(w *world) {
	t, _ := w.project("Beetles")
	w.offer(t, w.tasks(t, 40))
	var mu sync.Mutex
	holders := map[akhra.TaskID]int{}
	var all sync.WaitGroup
	for i := range 8 {
		who := w.person(string(rune('k' + i)))
		all.Go(func() {
			for _, a := range w.lease(t, who, 10) {
				mu.Lock()
				holders[a.Task]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(holders) != 40 {
		w.Errorf("%d places were given, want 40", len(holders))
	}
	for task, n := range holders {
		if n != 1 {
			w.Errorf("task %s was given %d times", task, n)
		}
	}
}
