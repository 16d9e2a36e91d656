package storetest

import (
	"fmt"
	"reflect"

	"akhra.dev/akhra"
)

// changes: each act is done to pictures some at a time, told where it was not
// possible, and taken back; every picture is then as it was.
func changes(w *world) {
	lead := w.person("lead")
	for _, act := range []akhra.ChangeAct{akhra.ChangeGold, akhra.ChangeUngold, akhra.ChangeReask, akhra.ChangeRemove, akhra.ChangeRestore} {
		t, l := w.project(string(act))
		tasks := w.tasks(t, 6)
		asha := w.person(string(act))
		for _, a := range w.lease(t, asha, 4, places(tasks)) {
			w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(a, l.Classes[0].ID)))
			w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: a.Task, Item: a.Item, Class: l.Classes[0].ID, Posterior: []float64{1, 0}, Answers: 1, Asked: 1, State: akhra.TaskDone}}))
		}
		known := tasks[0].Item
		w.must(w.SetGold(w.ctx(), t, []akhra.Gold{{Item: known, Class: l.Classes[1].ID, Source: akhra.GoldImport}}))
		if _, err := w.Remove(w.ctx(), t, []akhra.ItemID{tasks[5].Item}, lead.ID); err != nil {
			w.Fatal(err)
		}
		before := w.entries(t)
		c := akhra.Change{ID: akhra.ChangeID(w.NewID()), Act: act, By: lead.ID}
		for _, want := range []bool{true, false} {
			if fresh, err := w.AddChange(w.ctx(), t, c); err != nil || fresh != want {
				w.Errorf("%s: stored anew %v, %v, want %v", act, fresh, err, want)
			}
		}
		items := []akhra.ItemID{"none"}
		for _, one := range tasks {
			items = append(items, one.Item)
		}
		w.must(w.PlanChange(w.ctx(), t, c.ID, items[:4], false))
		w.must(w.PlanChange(w.ctx(), t, c.ID, items, true))
		w.must(w.PlanChange(w.ctx(), t, c.ID, []akhra.ItemID{"late"}, true))
		want := map[akhra.ChangeAct]akhra.Changed{
			akhra.ChangeGold:    {Planned: 7, Done: 4, Left: 3}, // it changes one that is known as another class
			akhra.ChangeUngold:  {Planned: 7, Done: 1, Left: 6},
			akhra.ChangeReask:   {Planned: 7, Done: 3, Left: 4},
			akhra.ChangeRemove:  {Planned: 7, Done: 5, Left: 2},
			akhra.ChangeRestore: {Planned: 7, Done: 1, Left: 6},
		}[act]
		var got akhra.Changed
		for range 3 {
			var err error
			got, err = w.DoChange(w.ctx(), t, c.ID, 3)
			w.must(err)
		}
		if got != want {
			w.Errorf("%s: %+v, want %+v", act, got, want)
		}
		after, err := w.UndoChange(w.ctx(), t, c.ID, 10)
		w.must(err)
		if after.Undone != want.Done || after.Done != 0 {
			w.Errorf("%s: taken back %+v, want %d", act, after, want.Done)
		}
		if now := w.entries(t); !reflect.DeepEqual(now, before) {
			w.Errorf("%s: after it was taken back %v, want %v", act, now, before)
		}
		if read, n, err := w.Change(w.ctx(), t, c.ID); err != nil || n != after || read.Act != act || read.By != lead.ID {
			w.Errorf("%s: read %+v %+v, %v", act, read, n, err)
		}
	}
}

// entries tells what there is of every picture.
func (w *world) entries(t akhra.Tenant) (all []string) {
	w.Helper()
	w.must(w.Entries(w.ctx(), t, 0, 1000, func(e akhra.Entry) error { all = append(all, fmt.Sprintf("%+v", e)); return nil }))
	return all
}

// views: a search keeps its name, its place is taken by the same id, and no
// two have one name.
func views(w *world) {
	t, l := w.project("Leaves")
	lead := w.person("lead")
	v := akhra.View{ID: akhra.ViewID(w.NewID()), Name: "Doubtful pests", By: lead.ID,
		Search: akhra.Search{Classes: []akhra.ClassID{l.Classes[0].ID}, Doubts: []akhra.Doubt{akhra.DoubtGreat}, Order: akhra.OrderNewest}}
	w.must(w.PutView(w.ctx(), t, v))
	twin := v
	twin.ID = akhra.ViewID(w.NewID())
	w.wantCode(akhra.Conflict, w.PutView(w.ctx(), t, twin), "a name that is taken")
	v.Search.Text = "leaf"
	w.must(w.PutView(w.ctx(), t, v))
	all, err := w.Views(w.ctx(), t)
	v.Created = w.now()
	if err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], v) {
		w.Errorf("views %+v, %v, want %+v", all, err, v)
	}
	w.must(w.RemoveView(w.ctx(), t, v.ID, lead.ID))
	w.wantCode(akhra.NotFound, w.RemoveView(w.ctx(), t, v.ID, lead.ID), "a view that is gone")
	v.Name = ""
	w.wantCode(akhra.Invalid, w.PutView(w.ctx(), t, v), "a view without a name")
}
