package storetest

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"akhra.dev/akhra"
)

// Batches are pictures that belong together.
type Batches interface {
	PutBatch(ctx context.Context, t akhra.Tenant, b akhra.Batch, by akhra.UserID) error
	RemoveBatch(ctx context.Context, t akhra.Tenant, id akhra.BatchID, by akhra.UserID) error
	Batches(ctx context.Context, t akhra.Tenant) ([]akhra.Batch, error)
	Batch(ctx context.Context, t akhra.Tenant, id akhra.BatchID) (akhra.Batch, error)
	Overlaps(ctx context.Context, t akhra.Tenant, after int64, fn func(item akhra.ItemID, overlap int) error) error
}

// batch makes a batch of a project.
func (w *world) batch(t akhra.Tenant, name string, priority akhra.Priority, overlap int) akhra.Batch {
	w.Helper()
	b := akhra.Batch{ID: akhra.BatchID(w.NewID()), Name: name, Priority: priority, Overlap: overlap, Created: w.now()}
	w.must(w.PutBatch(w.ctx(), t, b, ""))
	return b
}

// batches: a batch keeps its name, its place is taken by the same id, no two
// have one name, those asked first are listed first, and the log tells each
// change once.
func batches(w *world) {
	t, _ := w.project("Leaves")
	lead := w.person("lead")
	late := w.batch(t, "Last year", akhra.PriorityLow, 0)
	april := w.batch(t, "April", akhra.PriorityNormal, 3)
	may := w.batch(t, "May", akhra.PriorityHigh, 0)
	if all, err := w.Batches(w.ctx(), t); err != nil || !slices.Equal(all, []akhra.Batch{may, april, late}) {
		w.Errorf("batches %+v, %v", all, err)
	}
	head, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	w.must(w.PutBatch(w.ctx(), t, april, lead.ID))
	april.Name, april.Priority, april.Overlap = "April and June", akhra.PriorityHigh, 5
	w.must(w.PutBatch(w.ctx(), t, april, lead.ID))
	if one, err := w.Batch(w.ctx(), t, april.ID); err != nil || one != april {
		w.Errorf("the changed batch is %+v, %v, want %+v", one, err, april)
	}
	events, err := w.Events(w.ctx(), t.Org, head, 10)
	if err != nil || len(events) != 1 || events[0].Kind != akhra.EventBatchChanged || events[0].Subject != string(april.ID) || events[0].Actor != lead.ID ||
		events[0].Body != `{"name":"April and June","priority":"high","overlap":5,"was":3}` {
		w.Errorf("the log tells %+v, %v", events, err)
	}
	twin := akhra.Batch{ID: akhra.BatchID(w.NewID()), Name: "May", Priority: akhra.PriorityNormal}
	w.wantCode(akhra.Conflict, w.PutBatch(w.ctx(), t, twin, lead.ID), "a name that is taken")
	april.Name = "May"
	w.wantCode(akhra.Conflict, w.PutBatch(w.ctx(), t, april, lead.ID), "a change to a name that is taken")
	for what, wrong := range map[string]akhra.Batch{"no name": {ID: twin.ID, Priority: akhra.PriorityHigh}, "no priority": {ID: twin.ID, Name: "x"},
		"an overlap too large": {ID: twin.ID, Name: "x", Priority: akhra.PriorityLow, Overlap: akhra.MaxOverlap + 1}} {
		w.wantCode(akhra.Invalid, w.PutBatch(w.ctx(), t, wrong, lead.ID), "%s", what)
	}
	w.must(w.RemoveBatch(w.ctx(), t, late.ID, lead.ID))
	w.wantCode(akhra.NotFound, w.RemoveBatch(w.ctx(), t, late.ID, lead.ID), "a batch that is gone")
	_, err = w.Batch(w.ctx(), t, late.ID)
	w.wantCode(akhra.NotFound, err, "a batch that is gone")
	other, _ := w.project("Other")
	if all, err := w.Batches(w.ctx(), other); err != nil || len(all) > 0 {
		w.Errorf("another project has batches %+v, %v", all, err)
	}
}

// batchedItems: pictures come into a batch, move between batches and are taken back;
// whoever follows the log knows where each is, its history tells it, and so do
// the rows and votes that are delivered.
func batchedItems(w *world) {
	t, l := w.project("Leaves")
	lead, asha := w.person("lead"), w.person("asha")
	april, may := w.batch(t, "April", akhra.PriorityNormal, 0), w.batch(t, "May", akhra.PriorityHigh, 4)
	coming := []akhra.Item{w.item(0), w.item(1), w.item(2), w.item(3)}
	coming[0].Batch, coming[1].Batch = april.ID, may.ID
	_, err := w.AddItems(w.ctx(), t, coming)
	w.must(err)
	again := w.item(0)
	again.Batch = may.ID
	if added, err := w.AddItems(w.ctx(), t, []akhra.Item{again}); err != nil || added[0] {
		w.Errorf("a known picture is added %v, %v", added, err)
	}
	lost := w.item(9)
	lost.Batch = akhra.BatchID(w.NewID())
	_, err = w.AddItems(w.ctx(), t, []akhra.Item{lost})
	w.wantCode(akhra.NotFound, err, "a picture for a batch that there is not")
	a := w.lease(t, asha, 1, places(w.allTasks(t)))[0]
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(a, l.Classes[0].ID)))

	came := w.inBatches(t)
	w.clock = w.clock.Add(time.Minute)
	head, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	c := akhra.Change{ID: akhra.ChangeID(w.NewID()), Act: akhra.ChangeBatch, Batch: may.ID, By: lead.ID}
	_, err = w.AddChange(w.ctx(), t, c)
	w.must(err)
	w.must(w.PlanChange(w.ctx(), t, c.ID, []akhra.ItemID{coming[0].ID, coming[1].ID, coming[2].ID, "none"}, true))
	if n, err := w.DoChange(w.ctx(), t, c.ID, 10); err != nil || n != (akhra.Changed{Planned: 4, Done: 2, Left: 2}) {
		w.Errorf("moved %+v, %v", n, err)
	}
	moved := map[akhra.ItemID]akhra.BatchID{coming[0].ID: may.ID, coming[1].ID: may.ID, coming[2].ID: may.ID, coming[3].ID: ""}
	w.wantBatches(t, moved, "moved")
	w.wantFollowed(t, head, came, moved)
	overlaps := map[akhra.ItemID]int{}
	w.must(w.Overlaps(w.ctx(), t, 1, func(item akhra.ItemID, n int) error { overlaps[item] = n; return nil }))
	if want := map[akhra.ItemID]int{coming[1].ID: 4, coming[2].ID: 4}; !maps.Equal(overlaps, want) {
		w.Errorf("pictures after the first want %v answers, want %v", overlaps, want)
	}
	w.wantCode(akhra.Conflict, w.RemoveBatch(w.ctx(), t, may.ID, lead.ID), "a batch with pictures")
	w.must(w.RemoveBatch(w.ctx(), t, april.ID, lead.ID))

	var delivered []string
	w.must(w.Rows(w.ctx(), t, func(r akhra.Row) error { delivered = append(delivered, r.Batch); return nil }))
	w.must(w.Votes(w.ctx(), t, func(v akhra.Vote) error { delivered = append(delivered, v.Batch); return nil }))
	if !slices.Equal(delivered, []string{"May", "May", "May", "", "May"}) {
		w.Errorf("rows and votes tell the batches %q", delivered)
	}
	told, err := w.History(w.ctx(), t, coming[0].ID)
	if last := told[len(told)-1]; err != nil || last.Kind != akhra.HappenBatched || last.Note != "May" || last.By != lead.ID {
		w.Errorf("its history ends with %+v, %v", last, err)
	}

	if n, err := w.UndoChange(w.ctx(), t, c.ID, 10); err != nil || n.Undone != 2 {
		w.Errorf("taken back %+v, %v", n, err)
	}
	w.wantBatches(t, map[akhra.ItemID]akhra.BatchID{coming[0].ID: "", coming[1].ID: may.ID, coming[2].ID: "", coming[3].ID: ""}, "taken back, one batch being gone")
	_, err = w.Remove(w.ctx(), t, []akhra.ItemID{coming[1].ID}, lead.ID)
	w.must(err)
	w.must(w.RemoveBatch(w.ctx(), t, may.ID, lead.ID))
	w.wantFollowed(t, head, came, w.inBatches(t))
}

// batchedFamily: a picture comes into the same batch in every question.
func batchedFamily(w *world) {
	t, _ := w.project("Pets")
	first := w.batch(t, "April", akhra.PriorityLow, 2)
	one := w.item(0)
	one.Batch = first.ID
	_, err := w.AddItems(w.ctx(), t, []akhra.Item{one})
	w.must(err)
	dog, dogs := w.question(t, "dog")
	cat, cats := w.question(akhra.Tenant{Org: t.Org, Project: akhra.ProjectID(w.NewID())}, "cat")
	w.must(w.AskEach(w.ctx(), t, []akhra.Project{dog, cat}, []akhra.LabelSet{dogs, cats}))
	other := akhra.Tenant{Org: t.Org, Project: cat.ID}
	may := w.batch(other, "May", akhra.PriorityHigh, 0)
	named := w.batch(t, "May", akhra.PriorityNormal, 0)
	two := w.item(1)
	two.Batch = named.ID
	_, err = w.AddItems(w.ctx(), t, []akhra.Item{one, two})
	w.must(err)
	w.wantBatches(t, map[akhra.ItemID]akhra.BatchID{one.ID: first.ID, two.ID: named.ID}, "where it was added")
	w.wantBatches(other, map[akhra.ItemID]akhra.BatchID{one.ID: first.ID, two.ID: may.ID}, "the other question")
	if b, err := w.Batch(w.ctx(), other, first.ID); err != nil || b.Name != "April" || b.Priority != akhra.PriorityLow || b.Overlap != 2 {
		w.Errorf("the other question has %+v, %v", b, err)
	}
}

// inBatches tells which batch every picture of a project is in.
func (w *world) inBatches(t akhra.Tenant) map[akhra.ItemID]akhra.BatchID {
	w.Helper()
	of := map[akhra.ItemID]akhra.BatchID{}
	w.must(w.Entries(w.ctx(), t, 0, 1000, func(e akhra.Entry) error { of[e.Item] = e.Batch; return nil }))
	return of
}

func (w *world) wantBatches(t akhra.Tenant, want map[akhra.ItemID]akhra.BatchID, when string) {
	w.Helper()
	if of := w.inBatches(t); !maps.Equal(of, want) {
		w.Errorf("%s: pictures are in %v, want %v", when, of, want)
	}
}

// wantFollowed follows the log from a place, where pictures were in some
// batches, and wants to end where they are.
func (w *world) wantFollowed(t akhra.Tenant, after akhra.Seq, came, want map[akhra.ItemID]akhra.BatchID) {
	w.Helper()
	of := maps.Clone(came)
	events, err := w.Events(w.ctx(), t.Org, after, 1000)
	w.must(err)
	for _, e := range events {
		var body struct {
			Item  akhra.ItemID
			Task  akhra.TaskID
			Batch akhra.BatchID
		}
		if e.Kind != akhra.EventItemBatched {
			continue
		}
		if w.must(json.Unmarshal([]byte(e.Body), &body)); body.Task == "" || string(body.Item) != e.Subject {
			w.Errorf("the log tells %+v", e)
		}
		of[body.Item] = body.Batch
	}
	if !maps.Equal(of, want) {
		w.Errorf("whoever follows the log has pictures in %v, want %v", of, want)
	}
}
