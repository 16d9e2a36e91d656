package storetest

import (
	"time"

	"akhra.dev/akhra"
)

// states: nothing is given out of a project that is not active, answers that
// are on their way are kept all the same, and a removed one comes back for
// thirty days.
func states(w *world) {
	t, l := w.project("leaves")
	lead, asha := w.person("lead"), w.person("asha")
	tasks := w.tasks(t, 8)
	for i, state := range []akhra.ProjectState{akhra.ProjectPaused, akhra.ProjectArchived, akhra.ProjectRemoved} {
		had := w.lease(t, asha, 1, places(tasks[i:]))
		w.must(w.SetProjectState(w.ctx(), t, state, lead.ID))
		if p, _, err := w.Project(w.ctx(), t); err != nil || p.State != state || p.StateAt != w.now() {
			w.Errorf("%s: reads %q since %d, %v", state, p.State, p.StateAt, err)
		}
		_, err := w.Lease(w.ctx(), t, asha.ID, 5, w.now()+60_000, places(tasks))
		w.wantCode(akhra.Conflict, err, "a lease while %s", state)
		_, err = w.TakePack(w.ctx(), t, akhra.Pack{ID: akhra.PackID(w.NewID()), Annotator: asha.ID, Size: 5, Taken: w.now(), Until: w.now() + 60_000}, places(tasks))
		w.wantCode(akhra.Conflict, err, "a pack while %s", state)
		open := 0
		w.must(w.Leases(w.ctx(), t, func(akhra.Assignment) error { open++; return nil }))
		if open != 1 {
			w.Errorf("%s: %d tasks are out, want the one from before", state, open)
		}
		w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(had[0], l.Classes[0].ID)))
		w.must(w.SetProjectState(w.ctx(), t, akhra.ProjectActive, lead.ID))
	}
	w.wantCode(akhra.Invalid, w.SetProjectState(w.ctx(), t, "asleep", lead.ID), "no such state")
	w.wantCode(akhra.NotFound, w.SetProjectState(w.ctx(), akhra.Tenant{Org: t.Org, Project: "none"}, akhra.ProjectPaused, lead.ID), "no such project")
	w.must(w.SetProjectState(w.ctx(), t, akhra.ProjectRemoved, lead.ID))
	w.clock = w.clock.Add(akhra.KeptProject + time.Second)
	w.wantCode(akhra.NotFound, w.SetProjectState(w.ctx(), t, akhra.ProjectActive, lead.ID), "brought back too late")
}
