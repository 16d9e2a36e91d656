package storetest

import (
	"reflect"
	"slices"
	"time"

	"akhra.dev/akhra"
)

// offering are places that go with the class a model thinks of and the one it names.
func offering(tasks []akhra.Task, thought, named akhra.ClassID, show bool) []akhra.Slot {
	open := places(tasks)
	for i := range open {
		open[i].Proposal = &akhra.Proposal{Class: named, Thought: thought, P: .9, Version: 3, Shown: show}
	}
	return open
}

// shown: what goes with a lease stays with it, is there again when it is read
// again or opened again, and is copied onto its answers; audit tasks, tasks
// asked by chance and those asked anew have none.
func shown(w *world) {
	t, l := w.project("Leaves")
	pest, leaf := l.Classes[0].ID, l.Classes[1].ID
	tasks, asha, binita := w.tasks(t, 5), w.person("asha"), w.person("binita")
	want := &akhra.Proposal{Class: pest, Thought: pest, P: .9, Version: 3, Shown: true}
	open := offering(tasks, pest, pest, true)
	hers := w.lease(t, asha, 2, open)
	again := w.lease(t, asha, 2, offering(tasks, leaf, leaf, true))
	for i := range hers {
		if !reflect.DeepEqual(hers[i].Proposal, want) || !reflect.DeepEqual(again[i].Proposal, want) {
			w.Errorf("leased with %+v, read again with %+v, want %+v", hers[i].Proposal, again[i].Proposal, want)
		}
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(hers[0], leaf)))
	w.clock = w.clock.Add(time.Hour)
	_, err := w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	if got := w.lease(t, asha, 1, offering(tasks[1:2], leaf, leaf, false)); len(got) != 1 || !reflect.DeepEqual(got[0].Proposal, want) {
		w.Errorf("leased again with %+v, want what she was shown: %+v", got[0].Proposal, want)
	}
	for _, said := range w.hers(t, tasks[0].ID) {
		if !reflect.DeepEqual(said.Proposal, want) {
			w.Errorf("the answer was given beside %+v, want %+v", said.Proposal, want)
		}
	}
	w.must(w.DrawAudit(w.ctx(), t, nil, []akhra.TaskID{tasks[2].ID}, nil))
	chance := places(tasks[3:4])
	chance[0].Why = akhra.WhyRandom
	w.lease(t, binita, 1, chance)
	_, err = w.Reask(w.ctx(), t, []akhra.ItemID{tasks[0].Item}, binita.ID)
	w.must(err)
	anew := w.allTasks(t)
	for _, one := range w.lease(t, w.person("chandra"), 9, offering(anew, pest, pest, true)) {
		at := slices.IndexFunc(anew, func(k akhra.Task) bool { return k.ID == one.Task })
		may := anew[at].Purpose != akhra.ForAudit && anew[at].Round == 0 && one.Task != tasks[3].ID
		if (one.Proposal != nil) != may {
			w.Errorf("round %d of a task for %q was leased with %+v", anew[at].Round, anew[at].Purpose, one.Proposal)
		}
	}
}

// unshown: the first answers of those from whom the model's opinion was kept
// back stand beside it, in their order; one that was shown it is not among them.
func unshown(w *world) {
	t, l := w.project("Leaves")
	pest, leaf := l.Classes[0].ID, l.Classes[1].ID
	tasks, asha := w.tasks(t, 4), w.person("asha")
	open := append(offering(tasks[:3], pest, pest, false), offering(tasks[3:], pest, pest, true)...)
	leases := w.lease(t, asha, 4, open)
	for i, class := range []akhra.ClassID{pest, leaf, leaf, pest} {
		w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(leases[i], class)))
	}
	corrected := w.said(leases[1], pest)
	corrected.Replaces, corrected.AfterSeen = w.hers(t, tasks[1].ID)[0].ID, true
	w.wantOutcome(akhra.Stored, w.submit(t, asha, corrected))
	var got []akhra.Blind
	after := func(seq akhra.Seq) []akhra.Blind {
		got = nil
		w.must(w.BlindProposals(w.ctx(), t, seq, func(b akhra.Blind) error { got = append(got, b); return nil }))
		return got
	}
	all := after(0)
	if len(all) != 3 || all[0].Said != pest || all[1].Said != leaf || all[2].Item != tasks[2].Item || all[0].Thought != pest || all[0].Version != 3 {
		w.Fatalf("blind answers are %+v", all)
	}
	if rest := after(all[1].Seq); len(rest) != 1 || rest[0] != all[2] {
		w.Errorf("after the second come %+v, want the third", rest)
	}
}

// plants: of proposals that are wrong on purpose it is known for good who
// accepted them, whatever she says once she was told; only then is she told.
func plants(w *world) {
	t, l := w.project("Leaves")
	pest, leaf := l.Classes[0].ID, l.Classes[1].ID
	tasks, asha := w.tasks(t, 4), w.person("asha")
	leases := w.lease(t, asha, 4, append(offering(tasks[:3], pest, leaf, true), offering(tasks[3:], pest, pest, true)...))
	for i, class := range []akhra.ClassID{leaf, pest, leaf, pest} {
		v := w.submit(t, asha, w.said(leases[i], class))
		if w.wantOutcome(akhra.Stored, v); v.Planted != (i < 3) {
			w.Errorf("after answer %d she is told that its proposal was wrong on purpose: %v", i, v.Planted)
		}
	}
	corrected := w.said(leases[0], pest)
	corrected.Replaces, corrected.AfterSeen = w.hers(t, tasks[0].ID)[0].ID, true
	w.wantOutcome(akhra.Stored, w.submit(t, asha, corrected))
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: tasks[2].ID, Item: tasks[2].Item, Class: leaf, State: akhra.TaskDone, Posterior: []float64{0, 1}, Version: 1}}))
	got, err := w.Plants(w.ctx(), t)
	one := akhra.Plant{Annotator: asha.ID, Class: leaf, Stored: w.now()}
	accepted, right := one, one
	accepted.Accepted, right.Accepted, right.Right = true, true, true
	if want := []akhra.Plant{accepted, one, right}; err != nil || !slices.Equal(got, want) {
		w.Errorf("plants are %+v, %v, want %+v", got, err, want)
	}
}
