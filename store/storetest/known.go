package storetest

import (
	"fmt"
	"slices"
	"time"

	"akhra.dev/akhra"
)

func gold(w *world) {
	t, l := w.project("Leaves")
	other, _ := w.project("Beetles")
	asha := w.person("asha")
	tasks := w.tasks(t, 2)
	known := akhra.Gold{Item: tasks[0].Item, Class: l.Classes[0].ID, Source: akhra.GoldImport, By: asha.ID}
	changed := known
	changed.Class = l.Classes[1].ID
	from, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{known}))
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{known}))
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{changed}))
	changed.Task, changed.Created = tasks[0].ID, w.now()
	if all := w.gold(t); !slices.Equal(all, []akhra.Gold{changed}) {
		w.Errorf("gold = %+v, want the last alone, %+v", all, changed)
	}
	if of, err := w.GoldOf(w.ctx(), t, []akhra.ItemID{tasks[0].Item, tasks[1].Item}); err != nil || len(of) != 1 || of[tasks[0].Item] != changed {
		w.Errorf("gold of two pictures = %+v, %v", of, err)
	}
	goldRefusals(w, t, other, known, tasks[1])
	w.must(w.RemoveGold(w.ctx(), t, known.Item, asha.ID))
	w.must(w.RemoveGold(w.ctx(), t, known.Item, asha.ID))
	if all := w.gold(t); len(all) != 0 {
		w.Errorf("gold = %+v after it was taken away", all)
	}
	w.wantBodies(t, from, akhra.EventGoldChanged,
		goldBody(known.Item, tasks[0].ID, l.Classes[0].ID), goldBody(known.Item, tasks[0].ID, l.Classes[1].ID), goldBody(known.Item, tasks[0].ID, ""))
}

// goldRefusals: one bad row keeps those beside it out too.
func goldRefusals(w *world, t, other akhra.Tenant, good akhra.Gold, second akhra.Task) {
	rows := map[string]struct {
		tenant akhra.Tenant
		change func(*akhra.Gold)
		code   akhra.Code
	}{
		"a picture of another project": {other, func(*akhra.Gold) {}, akhra.NotFound},
		"a task of another picture":    {t, func(g *akhra.Gold) { g.Task = second.ID }, akhra.NotFound},
		"a class that there is not":    {t, func(g *akhra.Gold) { g.Class = akhra.ClassID(w.NewID()) }, akhra.Invalid},
		"no picture":                   {t, func(g *akhra.Gold) { g.Item = "" }, akhra.Invalid},
		"a source that there is not":   {t, func(g *akhra.Gold) { g.Source = "hearsay" }, akhra.Invalid},
	}
	before := w.gold(t)
	for name, r := range rows {
		fine, bad := good, good
		fine.Item = second.Item
		r.change(&bad)
		w.wantCode(r.code, w.SetGold(w.ctx(), r.tenant, []akhra.Gold{fine, bad}), "%s", name)
	}
	if after := w.gold(t); !slices.Equal(before, after) {
		w.Errorf("gold = %+v after refusals, want %+v", after, before)
	}
}

func goldBody(item akhra.ItemID, task akhra.TaskID, class akhra.ClassID) string {
	return fmt.Sprintf(`{"item":"%s","task":"%s","class":"%s"}`, item, task, class)
}

func (w *world) gold(t akhra.Tenant) (all []akhra.Gold) {
	w.Helper()
	w.must(w.Gold(w.ctx(), t, func(g akhra.Gold) error { all = append(all, g); return nil }))
	return all
}

// wantBodies checks the bodies of a project's events of one kind after a place.
func (w *world) wantBodies(t akhra.Tenant, after akhra.Seq, kind akhra.EventKind, want ...string) {
	w.Helper()
	events, err := w.Events(w.ctx(), t.Org, after, 100)
	w.must(err)
	var got []string
	for _, e := range events {
		if e.Project == t.Project && e.Kind == kind {
			got = append(got, e.Body)
		}
	}
	if !slices.Equal(got, want) {
		w.Errorf("%s told %v, want %v", kind, got, want)
	}
}

func reviews(w *world) {
	t, l := w.project("Leaves")
	asha, sunita := w.person("asha"), w.person("sunita")
	tasks := w.tasks(t, 2)
	hers := w.lease(t, asha, 2, places(tasks))
	w.submit(t, asha, w.said(hers[0], l.Classes[0].ID))
	from, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	w.wantReviewable(t, sunita, tasks, true, true)
	w.wantReviewable(t, asha, tasks, false, true)
	_, err = w.ReviewOf(w.ctx(), t, tasks[0].ID)
	w.wantCode(akhra.NotFound, err, "a review before the first")
	first := akhra.Review{ID: akhra.ReviewID(w.NewID()), Task: tasks[0].ID, Reviewer: sunita.ID, Class: l.Classes[1].ID, Note: "Six legs.", Gold: true}
	w.must(w.Settle(w.ctx(), t, first))
	w.must(w.Settle(w.ctx(), t, first))
	reviewRefusals(w, t, asha, first)
	first.Item, first.Created = tasks[0].Item, w.now()
	w.wantReviews(t, first)
	mark := akhra.Gold{Item: first.Item, Task: first.Task, Class: first.Class, Source: akhra.GoldReview, By: sunita.ID, Created: w.now()}
	if all := w.gold(t); !slices.Equal(all, []akhra.Gold{mark}) {
		w.Errorf("gold = %+v, want %+v", all, mark)
	}
	again := first
	again.ID, again.Class, again.Note, again.Gold = akhra.ReviewID(w.NewID()), l.Classes[0].ID, "", false
	w.must(w.Settle(w.ctx(), t, again))
	w.wantReviews(t, again)
	if got, err := w.ReviewOf(w.ctx(), t, again.Task); err != nil || got != again {
		w.Errorf("the latest review is %+v, %v, want %+v", got, err, again)
	}
	if all := w.gold(t); len(all) != 0 {
		w.Errorf("gold = %+v, though the review that set it is overruled", all)
	}
	body := `{"task":"%s","item":"%s","class":"%s","gold":%v}`
	w.wantBodies(t, from, akhra.EventReviewSettled, fmt.Sprintf(body, first.Task, first.Item, first.Class, true), fmt.Sprintf(body, first.Task, first.Item, again.Class, false))
	reviewerIsNotAsked(w, t, l, sunita, asha, tasks, hers)
}

func reviewRefusals(w *world, t akhra.Tenant, asha akhra.User, good akhra.Review) {
	rows := map[string]struct {
		change func(*akhra.Review)
		code   akhra.Code
	}{
		"the same id with another body": {func(r *akhra.Review) { r.Note = "Eight legs." }, akhra.Conflict},
		"who answered it":               {func(r *akhra.Review) { r.ID, r.Reviewer = akhra.ReviewID(w.NewID()), asha.ID }, akhra.Conflict},
		"a task that there is not":      {func(r *akhra.Review) { r.Task = akhra.TaskID(w.NewID()) }, akhra.NotFound},
		"a class that there is not":     {func(r *akhra.Review) { r.Class = akhra.ClassID(w.NewID()) }, akhra.Invalid},
		"no id":                         {func(r *akhra.Review) { r.ID = "" }, akhra.Invalid},
	}
	for name, row := range rows {
		r := good
		row.change(&r)
		w.wantCode(row.code, w.Settle(w.ctx(), t, r), "%s", name)
	}
}

// reviewerIsNotAsked: who decided a task has seen its answers and is not asked
// about it; what she held of it is closed.
func reviewerIsNotAsked(w *world, t akhra.Tenant, l akhra.LabelSet, sunita, asha akhra.User, tasks []akhra.Task, hers []akhra.Assignment) {
	if got := w.lease(t, sunita, 2, places(tasks)); len(got) != 1 || got[0].Task != tasks[1].ID {
		w.Errorf("the reviewer of the first task leased %+v", got)
	}
	own := akhra.Review{ID: akhra.ReviewID(w.NewID()), Task: tasks[1].ID, Reviewer: asha.ID, Class: l.Classes[0].ID}
	w.must(w.Settle(w.ctx(), t, own))
	if v := w.submit(t, asha, w.said(hers[1], l.Classes[0].ID)); v.Outcome != akhra.Refused || v.Problem.Code != akhra.Conflict {
		w.Errorf("an answer after the own review: %+v", v)
	}
}

func (w *world) wantReviews(t akhra.Tenant, want ...akhra.Review) {
	w.Helper()
	var got []akhra.Review
	w.must(w.Reviews(w.ctx(), t, func(r akhra.Review) error { got = append(got, r); return nil }))
	if !slices.Equal(got, want) {
		w.Errorf("reviews = %+v, want %+v", got, want)
	}
}

// rotation: known answers that were asked least come first, never one that she
// had, holds, or declared known herself.
func rotation(w *world) {
	t, l := w.project("Leaves")
	asha, binita, sunita := w.person("asha"), w.person("binita"), w.person("sunita")
	tasks := w.tasks(t, 4)
	open := places(tasks)
	var rows []akhra.Gold
	for _, one := range tasks[:3] {
		rows = append(rows, akhra.Gold{Item: one.Item, Class: l.Classes[0].ID, Source: akhra.GoldImport, By: sunita.ID})
	}
	rows[2].Source = akhra.GoldConsensus
	w.must(w.SetGold(w.ctx(), t, rows))
	w.lease(t, asha, 1, open[:1])
	w.wantGold(t, sunita, 9, open[1], open[0])
	w.wantGold(t, asha, 9, open[1], open[2])
	w.lease(t, asha, 3, open[1:3])
	w.wantGold(t, asha, 9)
	w.clock = w.clock.Add(time.Hour)
	_, err := w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	w.wantGold(t, asha, 9)
	w.lease(t, binita, 1, open[1:2])
	got, err := w.GoldFor(w.ctx(), t, sunita.ID, 1)
	if err != nil || len(got) != 1 || got[0].Task != tasks[0].ID || got[0].Item != tasks[0].Item || got[0].Why != akhra.WhyGold {
		w.Errorf("one known answer: %+v, %v, want the least asked alone", got, err)
	}
}

// wantGold checks which known answers a person may get; those asked equally
// often may come in any order.
func (w *world) wantGold(t akhra.Tenant, who akhra.User, n int, want ...akhra.Slot) {
	w.Helper()
	got, err := w.GoldFor(w.ctx(), t, who.ID, n)
	w.must(err)
	tasks := func(slots []akhra.Slot) (ids []string) {
		for _, s := range slots {
			ids = append(ids, string(s.Task))
		}
		slices.Sort(ids)
		return ids
	}
	if !slices.Equal(tasks(got), tasks(want)) {
		w.Errorf("%s may get %+v, want %+v", who.Login, got, want)
	}
}

// reviewable: what is decided is offered again only when somebody appeals, and
// then not to who decided it; gold neither.
func reviewable(w *world) {
	t, l := w.project("Leaves")
	asha, sunita, kiran := w.person("asha"), w.person("sunita"), w.person("kiran")
	tasks := w.tasks(t, 2)
	hers := w.lease(t, asha, 1, places(tasks))
	w.submit(t, asha, w.said(hers[0], l.Classes[0].ID))
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{{Item: tasks[1].Item, Class: l.Classes[0].ID, Source: akhra.GoldImport}}))
	w.wantReviewable(t, sunita, tasks, true, false)
	w.must(w.Settle(w.ctx(), t, akhra.Review{ID: akhra.ReviewID(w.NewID()), Task: tasks[0].ID, Reviewer: sunita.ID, Class: l.Classes[1].ID}))
	w.wantReviewable(t, sunita, tasks, false, false)
	w.wantReviewable(t, kiran, tasks, false, false)
	settled := akhra.Consensus{Task: tasks[0].ID, Item: tasks[0].Item, Class: l.Classes[1].ID, Posterior: []float64{0, 1}, State: akhra.TaskDone, Method: akhra.MethodReview}
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{settled}))
	w.must(w.Appeal(w.ctx(), t, asha.ID, tasks[0].ID))
	w.wantReviewable(t, sunita, tasks, false, false)
	w.wantReviewable(t, kiran, tasks, true, false)
	w.wantReviewable(t, asha, tasks, false, false)
}

func (w *world) wantReviewable(t akhra.Tenant, who akhra.User, tasks []akhra.Task, want ...bool) {
	w.Helper()
	ids := make([]akhra.TaskID, len(tasks))
	for i, one := range tasks {
		ids[i] = one.ID
	}
	got, err := w.Reviewable(w.ctx(), t, who.ID, ids)
	w.must(err)
	for i, id := range ids {
		if got[id] != want[i] {
			w.Errorf("%s may review task %d: %v, want %v", who.Login, i, got[id], want[i])
		}
	}
}
