package api_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

// newBatch makes a batch through the API.
func (p *person) newBatch(w world, in item.BatchBody) akhra.BatchID {
	p.h.t.Helper()
	id := newID(p.h.t)
	p.ask("PUT", w.path+"/batches/"+id, in).want(p.h.t, 204, nil)
	return akhra.BatchID(id)
}

func (p *person) batches(w world) []item.BatchView {
	p.h.t.Helper()
	var list item.BatchList
	p.ask("GET", w.path+"/batches", nil).want(p.h.t, 200, &list)
	return list.Batches
}

func (p *person) put(w world, into akhra.BatchID, items ...akhra.ItemID) (out item.ChangeView) {
	p.h.t.Helper()
	p.ask("POST", w.path+"/changes", item.ChangeBody{ID: akhra.ChangeID(newID(p.h.t)), Act: akhra.ChangeBatch, Batch: into, Items: items}).want(p.h.t, 200, &out)
	return out
}

// TestBatches_AreMadeFilledFoundAndCounted goes the way of a manager: pictures
// come into a batch or are put there, are found by it, also in a view, and what
// was done is taken back.
func TestBatches_AreMadeFilledFoundAndCounted(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	if none := owner.batches(w); len(none) != 0 {
		t.Fatalf("a project begins with %+v", none)
	}
	april := owner.newBatch(w, item.BatchBody{Name: " April ", Priority: akhra.PriorityNormal})
	may := owner.newBatch(w, item.BatchBody{Name: "May", Priority: akhra.PriorityHigh, Overlap: 2})
	var came item.AddedPicture
	owner.send("POST", w.path+"/pictures?"+url.Values{"name": {"new.png"}, "batch": {string(may)}}.Encode(), "image/png", bytes.NewReader(drawing(t, 50))).want(t, 200, &came)
	moved := owner.put(w, april, w.items...)
	if moved.Done != 6 || moved.Left != 0 {
		t.Errorf("put %+v", moved)
	}
	want := []item.BatchView{{ID: may, Name: "May", Priority: akhra.PriorityHigh, Overlap: 2, Pictures: 1}, {ID: april, Name: "April", Priority: akhra.PriorityNormal, Pictures: 6, Done: 4}}
	if got := owner.batches(w); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("batches %+v, want %+v", got, want)
	}
	var page item.ItemPage
	owner.ask("GET", w.path+"/items?stage=done&batch="+string(april)+","+string(may), nil).want(t, 200, &page)
	if len(page.Items) != 4 || len(page.Tally.Batches) != 2 || page.Tally.Batches[1] != (item.BatchTally{ID: april, Name: "April", N: 4}) {
		t.Errorf("%d settled ones are found, counted %+v", len(page.Items), page.Tally.Batches)
	}
	var one item.ItemDetail
	owner.ask("GET", w.path+"/items/"+string(came.Item), nil).want(t, 200, &one)
	if one.Batch == nil || *one.Batch != (item.BatchRef{ID: may, Name: "May"}) {
		t.Errorf("the picture is in %+v", one.Batch)
	}
	owner.ask("PUT", w.path+"/views/"+newID(t), item.ViewBody{Name: "May only", Search: akhra.Search{Batches: []akhra.BatchID{may}}}).want(t, 204, nil)
	var views item.ViewList
	owner.ask("GET", w.path+"/views", nil).want(t, 200, &views)
	if got := views.Views[0].Search.Batches; len(got) != 1 || got[0] != may {
		t.Errorf("the view asks for %v", got)
	}
	owner.ask("DELETE", w.path+"/batches/"+string(april), nil).problem(t, 409, akhra.Conflict, "has pictures")
	owner.ask("POST", w.path+"/changes/"+string(moved.ID)+"/undo", nil).want(t, 200, nil)
	owner.ask("DELETE", w.path+"/batches/"+string(april), nil).want(t, 204, nil)
	if got := owner.batches(w); len(got) != 1 || got[0] != want[0] {
		t.Errorf("after it was taken back there are %+v", got)
	}
}

func TestBatches_AskForAsManyAnswersAsTheySay(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	done := func() int {
		must(t, h.engine.Drain(t.Context()))
		var p project.ProjectView
		owner.ask("GET", w.path, nil).want(t, 200, &p)
		return p.Counts.Done
	}
	april := owner.newBatch(w, item.BatchBody{Name: "April", Priority: akhra.PriorityLow, Overlap: 2})
	owner.put(w, april, w.items...)
	if n := done(); n != 0 {
		t.Errorf("%d pictures are done with one answer of two", n)
	}
	asha := h.person(akhra.Annotator)
	if got := asha.lease(w, 10); len(got) != 6 {
		t.Errorf("somebody else is asked %d of 6", len(got))
	}
	owner.ask("PUT", w.path+"/batches/"+string(april), item.BatchBody{Name: "April", Priority: akhra.PriorityLow}).want(t, 204, nil)
	if n := done(); n != 4 {
		t.Errorf("%d pictures are done, 4 have the one answer that is wanted", n)
	}
}

func TestBatches_AHigherPriorityIsAskedFirst(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(12)
	owner.ask("PATCH", w.path, map[string]any{"settings": map[string]any{"explore": 0, "goldShare": 0}}).want(t, 200, nil)
	low, high := owner.newBatch(w, item.BatchBody{Name: "Low", Priority: akhra.PriorityLow}), owner.newBatch(w, item.BatchBody{Name: "High", Priority: akhra.PriorityNormal})
	owner.put(w, low, w.items[:4]...)
	owner.put(w, high, w.items[8:]...)
	must(t, h.engine.Drain(t.Context()))
	h.person(akhra.Annotator).lease(w, 1) // the places are made before the batch is raised
	owner.ask("PUT", w.path+"/batches/"+string(high), item.BatchBody{Name: "High", Priority: akhra.PriorityHigh}).want(t, 204, nil)
	must(t, h.engine.Drain(t.Context()))
	turn := map[akhra.ItemID]int{}
	for i, id := range w.items {
		turn[id] = []int{2, 1, 0}[i/4]
	}
	last := 0
	for _, task := range h.person(akhra.Annotator).lease(w, 12) {
		if turn[task.Item] < last {
			t.Errorf("a picture of turn %d comes after one of turn %d", turn[task.Item], last)
		}
		last = turn[task.Item]
	}
}

// TestBatches_OnlyOfTheProject: a batch that a project does not have is named
// nowhere, and only those who lead make or change one.
func TestBatches_OnlyOfTheProject(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	other := owner.project(1)
	april := owner.newBatch(other, item.BatchBody{Name: "April", Priority: akhra.PriorityNormal})
	owner.send("POST", w.path+"/pictures?name=x.png&batch="+string(april), "image/png", bytes.NewReader(drawing(t, 60))).problem(t, 400, akhra.Invalid, "no such batch")
	owner.send("POST", w.path+"/zip?name=x.zip&batch="+string(april), "application/zip", strings.NewReader("")).problem(t, 400, akhra.Invalid, "no such batch")
	owner.ask("POST", w.path+"/changes", item.ChangeBody{ID: akhra.ChangeID(newID(t)), Act: akhra.ChangeBatch, Batch: april, Items: w.items}).problem(t, 400, akhra.Invalid, "no such batch")
	owner.ask("DELETE", w.path+"/batches/"+string(april), nil).want(t, 404, nil)
	owner.newBatch(other, item.BatchBody{Name: "May", Priority: akhra.PriorityNormal})
	owner.ask("PUT", other.path+"/batches/"+newID(t), item.BatchBody{Name: "May", Priority: akhra.PriorityNormal}).problem(t, 409, akhra.Conflict, "name already")
	reviewer := h.person(akhra.Reviewer)
	if got := reviewer.batches(other); len(got) != 2 {
		t.Errorf("a reviewer sees %+v", got)
	}
	reviewer.ask("PUT", other.path+"/batches/"+string(april), item.BatchBody{Name: "Mine", Priority: akhra.PriorityHigh}).want(t, 403, nil)
	h.person(akhra.Annotator).ask("GET", other.path+"/batches", nil).want(t, 403, nil)
}
