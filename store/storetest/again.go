package storetest

import (
	"slices"
	"time"

	"akhra.dev/akhra"
)

// reasks: a picture that people answered is asked anew in a further round, in
// which whoever answered may answer again; what was settled is history.
func reasks(w *world) {
	t, l := w.project("Leaves")
	asha, lead := w.person("asha"), w.person("lead")
	leases := w.lease(t, asha, 3, places(w.tasks(t, 6)))
	items := make([]akhra.ItemID, 6)
	for i, one := range w.allTasks(t) {
		items[i] = one.Item
	}
	for _, a := range leases {
		w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(a, l.Classes[0].ID)))
		w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: a.Task, Item: a.Item, Class: l.Classes[0].ID, Posterior: []float64{1, 0}, Answers: 1, Asked: 1, State: akhra.TaskDone}}))
	}
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{{Item: items[1], Class: l.Classes[0].ID, Source: akhra.GoldImport, By: lead.ID}}))
	audit := w.allTasks(t)[2].ID
	w.must(w.DrawAudit(w.ctx(), t, nil, []akhra.TaskID{audit}, nil))
	asked, err := w.Reask(w.ctx(), t, items, lead.ID)
	w.must(err)
	if !slices.Equal(asked, items[:1]) {
		w.Fatalf("asked anew are %v, want %v alone: the second is known, the third proves a promise, nobody answered the others", asked, items[0])
	}
	tasks := w.allTasks(t)
	if len(tasks) != 7 || tasks[1].Round != 1 || tasks[1].Item != items[0] {
		w.Fatalf("tasks %+v, want a second round of the first picture", tasks)
	}
	if of, err := w.ConsensusOf(w.ctx(), t, items); err != nil || len(of) != 2 {
		w.Errorf("consensus %v, %v: an earlier round is history", of, err)
	}
	if c, err := w.Counts(w.ctx(), t); err != nil || c.Done != 2 || c.Open != 4 || c.Asked != 2 {
		w.Errorf("counts %+v, %v, want two done", c, err)
	}
	w.must(w.Rows(w.ctx(), t, func(r akhra.Row) error {
		if r.Item == items[0] && (r.Class != "" || r.State != akhra.TaskOpen) {
			w.Errorf("delivered %+v, want nothing decided while it is asked anew", r)
		}
		return nil
	}))
	if again, err := w.Reask(w.ctx(), t, items[:1], lead.ID); err != nil || len(again) != 0 {
		w.Errorf("asked a third time before the second was answered: %v, %v", again, err)
	}
	withdraw(w, t, items[0], tasks, asha, lead, l.Classes[1].ID)
}

// withdraw: a round that nobody was given can be taken back, one that somebody
// was given goes on.
func withdraw(w *world, t akhra.Tenant, item akhra.ItemID, tasks []akhra.Task, asha, lead akhra.User, class akhra.ClassID) {
	back, err := w.Withdraw(w.ctx(), t, []akhra.ItemID{item}, lead.ID)
	w.must(err)
	if of, err := w.ConsensusOf(w.ctx(), t, []akhra.ItemID{item}); err != nil || len(back) != 1 || of[item].Task != tasks[0].ID {
		w.Errorf("taken back %v, settled %+v, %v: the first round stands again", back, of, err)
	}
	if got := w.lease(t, asha, 1, places(tasks[1:2])); len(got) != 0 {
		w.Errorf("a round that was taken back was given out: %+v", got)
	}
	if asked, err := w.Reask(w.ctx(), t, []akhra.ItemID{item}, lead.ID); err != nil || len(asked) != 1 {
		w.Fatalf("asked anew after all: %v, %v", asked, err)
	}
	again := w.lease(t, asha, 1, places(w.allTasks(t)[1:2]))
	if len(again) != 1 {
		w.Fatal("who answered the first round is not given the second")
	}
	if back, err := w.Withdraw(w.ctx(), t, []akhra.ItemID{item}, lead.ID); err != nil || len(back) != 0 {
		w.Errorf("taken back while somebody has it: %v, %v", back, err)
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(again[0], class)))
	kinds := []akhra.HappeningKind{}
	history, err := w.History(w.ctx(), t, item)
	w.must(err)
	for _, h := range history {
		kinds = append(kinds, h.Kind)
	}
	if want := []akhra.HappeningKind{akhra.HappenCame, akhra.HappenAnswered, akhra.HappenReasked, akhra.HappenWithdrawn, akhra.HappenReasked, akhra.HappenAnswered}; !sameKinds(kinds, want) {
		w.Errorf("happened %v, want %v", kinds, want)
	}
	votes, err := w.VotesOf(w.ctx(), t, item)
	if err != nil || len(votes) != 2 || votes[0].Round != 0 || votes[1].Round != 1 {
		w.Errorf("answers %+v, %v, want one of each round", votes, err)
	}
}

// removals: a removed picture is not asked, counted or delivered; its answers
// stay; it comes back for thirty days, or when its bytes come again.
func removals(w *world) {
	t, l := w.project("Leaves")
	asha, lead := w.person("asha"), w.person("lead")
	tasks := w.tasks(t, 3)
	lease := w.lease(t, asha, 1, places(tasks))[0]
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{{Item: tasks[1].Item, Class: l.Classes[0].ID, Source: akhra.GoldImport, By: lead.ID}}))
	out := []akhra.ItemID{tasks[0].Item, tasks[1].Item, "none"}
	done, err := w.Remove(w.ctx(), t, out, lead.ID)
	w.must(err)
	if !slices.Equal(done, out[:2]) {
		w.Errorf("removed %v, want %v", done, out[:2])
	}
	if again, err := w.Remove(w.ctx(), t, out, lead.ID); err != nil || len(again) != 0 {
		w.Errorf("removed twice: %v, %v", again, err)
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(lease, l.Classes[0].ID)))
	if got := w.lease(t, w.person("birsa"), 3, places(tasks)); len(got) != 1 || got[0].Item != tasks[2].Item {
		w.Errorf("given out %+v, want what is left", got)
	}
	if gold, err := w.GoldFor(w.ctx(), t, asha.ID, 5); err != nil || len(gold) != 0 {
		w.Errorf("known answers to ask %v, %v", gold, err)
	}
	if c, err := w.Counts(w.ctx(), t); err != nil || c.Items != 1 || c.Answers != 1 {
		w.Errorf("counts %+v, %v, want one picture and the answer kept", c, err)
	}
	rows := 0
	w.must(w.Rows(w.ctx(), t, func(akhra.Row) error { rows++; return nil }))
	if rows != 1 {
		w.Errorf("%d rows delivered, want 1", rows)
	}
	w.clock = w.clock.Add(akhra.KeptRemoved / 2)
	if kept, err := w.Removed(w.ctx(), t, 10); err != nil || len(kept) != 2 {
		w.Errorf("kept %v, %v", kept, err)
	}
	back, err := w.Restore(w.ctx(), t, out[:1], lead.ID)
	w.must(err)
	w.clock = w.clock.Add(akhra.KeptRemoved/2 + time.Minute)
	late, err := w.Restore(w.ctx(), t, out[1:2], lead.ID)
	w.must(err)
	if len(back) != 1 || len(late) != 0 {
		w.Errorf("brought back in time %v, too late %v", back, late)
	}
	if added, err := w.AddItems(w.ctx(), t, []akhra.Item{w.item(1)}); err != nil || added[0] {
		w.Errorf("the same bytes again: %v, %v", added, err)
	}
	if one, err := w.Item(w.ctx(), t, out[1]); err != nil || one.Removed != 0 {
		w.Errorf("%+v, %v: bytes that come again bring their picture back", one, err)
	}
}

// sameKinds tells whether the same things happened, in whatever order at one moment.
func sameKinds(a, b []akhra.HappeningKind) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
