package storetest

import (
	"maps"
	"reflect"
	"slices"

	"akhra.dev/akhra"
)

// promises: an audit, its looks and what they accept are stored together, and
// go with a promise that is void.
func promises(w *world) {
	t, l := w.project("Leaves")
	tasks := w.tasks(t, 4)
	p := akhra.Promise{No: 1, Last: 4, Items: 4, Audit: 1, Cut: 1 << 63, Target: .95, Delta: .05, Looks: 1, Taken: []akhra.Look{},
		Classes: []akhra.ClassID{l.Classes[0].ID}, Seed: 7, State: akhra.PromiseOpen}
	w.must(w.DrawAudit(w.ctx(), t, []akhra.Promise{p}, []akhra.TaskID{tasks[1].ID, tasks[2].ID}, nil))
	w.must(w.DrawAudit(w.ctx(), t, []akhra.Promise{p}, nil, []akhra.TaskID{tasks[2].ID}))
	for i, one := range w.allTasks(t) {
		if (one.Purpose == akhra.ForAudit) != (i == 1) {
			w.Errorf("task %d is for %q", i, one.Purpose)
		}
	}
	if got, err := w.Promises(w.ctx(), t); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], p) {
		w.Errorf("promises = %+v, %v, want %+v", got, err, p)
	}
	p.State, p.Taken = akhra.PromiseKept, []akhra.Look{{At: w.now(), Model: 3, Audit: 1, Delta: .05, Bound: .04, Threshold: .5, Accepted: 1, Passed: true}}
	a := akhra.Accepted{Item: tasks[3].Item, Class: l.Classes[1].ID, P: .9, Version: 3, Promise: 1}
	w.must(w.StoreLook(w.ctx(), t, p, []akhra.Accepted{a}))
	if got := w.accepted(t); !slices.Equal(got, []akhra.Accepted{a}) {
		w.Errorf("accepted = %+v, want %+v", got, a)
	}
	if c, err := w.Counts(w.ctx(), t); err != nil || c.Accepted != 1 || c.Done != 1 || c.Open != 3 {
		w.Errorf("counts = %+v, %v", c, err)
	}
	var delivered []akhra.Row
	w.must(w.Rows(w.ctx(), t, func(r akhra.Row) error { delivered = append(delivered, r); return nil }))
	if r := delivered[3]; r.Class != l.Classes[1].Name || r.Source != "model" || r.Method != akhra.MethodAccepted || r.State != akhra.TaskDone || r.ModelVersion != 3 || r.Posterior != .9 {
		w.Errorf("an accepted picture is delivered as %+v", r)
	}
	p.State = akhra.PromiseVoid
	w.must(w.DrawAudit(w.ctx(), t, []akhra.Promise{p}, nil, nil))
	if got := w.accepted(t); len(got) != 0 {
		w.Errorf("a void promise still accepts %+v", got)
	}
	err := w.DrawAudit(w.ctx(), t, nil, []akhra.TaskID{akhra.TaskID(w.NewID())}, nil)
	w.wantCode(akhra.NotFound, err, "an audit task of another project")
}

// asked: only answered tasks count, each with its reason.
func asked(w *world) {
	t, l := w.project("Leaves")
	tasks, asha := w.tasks(t, 3), w.person("asha")
	open := places(tasks)
	open[0].Why, open[1].Why, open[2].Why = akhra.WhyRandom, akhra.WhyRandom, akhra.WhyUnsure
	leases := w.lease(t, asha, 3, open)
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(leases[0], l.Classes[0].ID)))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(leases[2], l.Classes[0].ID)))
	got := map[akhra.ItemID]akhra.Why{}
	w.must(w.Asked(w.ctx(), t, func(item akhra.ItemID, why akhra.Why) error { got[item] = why; return nil }))
	if want := map[akhra.ItemID]akhra.Why{tasks[0].Item: akhra.WhyRandom, tasks[2].Item: akhra.WhyUnsure}; !maps.Equal(got, want) {
		w.Errorf("answered, and why they were asked: %v, want %v", got, want)
	}
}

func (w *world) accepted(t akhra.Tenant) (all []akhra.Accepted) {
	w.Helper()
	w.must(w.Accepted(w.ctx(), t, func(a akhra.Accepted) error { all = append(all, a); return nil }))
	return all
}
