package api_test

import (
	"fmt"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
)

// browsed is a project of six pictures of which four are answered: leaf, leaf,
// beetle, beetle.
func browsed(t *testing.T, h *house) (owner *person, w world) {
	t.Helper()
	owner = h.person(akhra.Owner)
	w = owner.project(6)
	owner.ask("PATCH", w.path, map[string]any{"settings": map[string]any{"overlap": 1, "cap": 1, "goldShare": 0}}).want(t, 200, nil)
	must(t, h.engine.Drain(t.Context()))
	for i, task := range owner.lease(w, 4) {
		owner.sync(w, say(t, task, w.classes[1-i/2].ID))
	}
	must(t, h.engine.Drain(t.Context()))
	return owner, w
}

func TestFind_ByWhatIsKnown(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	for query, want := range map[string]int{
		"":                                 6,
		"class=" + string(w.classes[1].ID): 2,
		"class=" + string(w.classes[0].ID) + "," + string(w.classes[1].ID): 4,
		"stage=done":                             4,
		"stage=none,review":                      2,
		"by=" + string(owner.user.ID):            4,
		"by=" + newID(t):                         0,
		"text=P3":                                1,
		"text=nothing":                           0,
		"differ=true":                            0,
		"doubt=little,some,great&order=answered": 4,
		"cameFrom=99999999999999":                0,
		"answeredFrom=1&order=newest&stage=done": 4,
		"class=" + string(w.classes[0].ID) + "&text=.png&stage=done&order=name": 2,
	} {
		var page item.ItemPage
		owner.ask("GET", w.path+"/items?"+query, nil).want(t, 200, &page)
		if len(page.Items) != want || page.Tally.Found != want || page.Tally.All != 6 {
			t.Errorf("%q finds %d, counts %+v, want %d", query, len(page.Items), page.Tally, want)
		}
	}
	var page item.ItemPage
	owner.ask("GET", w.path+"/items?order=name", nil).want(t, 200, &page)
	for i, one := range page.Items {
		if one.Name != fmt.Sprintf("p%d.png", i) {
			t.Errorf("%d by name is %s", i, one.Name)
		}
	}
	if page.Tally.Classes[w.classes[0].ID] != 2 || page.Tally.Stages[akhra.StageNone] != 2 || len(page.Tally.Annotators) != 1 || page.Tally.Annotators[0].N != 4 {
		t.Errorf("counts %+v", page.Tally)
	}
	owner.ask("GET", w.path+"/items?order=luck", nil).problem(t, 400, akhra.Invalid, "no such order")
	owner.ask("GET", w.path+"/items?cursor=x", nil).problem(t, 400, akhra.Invalid, "not the cursor")
}

// TestFind_TellsARoleOnlyWhatItMayKnow: neither known answers nor removed
// pictures can be found out by asking.
func TestFind_TellsARoleOnlyWhatItMayKnow(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	owner.ask("PUT", w.path+"/items/"+string(w.items[0])+"/gold", item.GoldBody{Class: w.classes[0].ID}).want(t, 204, nil)
	reviewer := h.person(akhra.Reviewer)
	for query, search := range map[string]akhra.Search{"gold=true": {Gold: true}, "removed=true": {Removed: true}} {
		reviewer.ask("GET", w.path+"/items?"+query, nil).want(t, 403, nil)
		reviewer.ask("PUT", w.path+"/views/"+newID(t), item.ViewBody{Name: "x", Search: search}).want(t, 403, nil)
	}
	owner.ask("PUT", w.path+"/views/"+newID(t), item.ViewBody{Name: "Known", Search: akhra.Search{Gold: true}}).want(t, 204, nil)
	var page item.ItemPage
	reviewer.ask("GET", w.path+"/items", nil).want(t, 200, &page)
	if page.Tally.Gold != 0 || slices.ContainsFunc(page.Items, func(i item.ItemView) bool { return i.Gold != "" }) {
		t.Errorf("a reviewer is told what is known: %+v", page.Tally)
	}
	var views item.ViewList
	reviewer.ask("GET", w.path+"/views", nil).want(t, 200, &views)
	if len(views.Views) != 0 {
		t.Errorf("a reviewer is shown %+v", views.Views)
	}
	var history item.HistoryView
	reviewer.ask("GET", w.path+"/items/"+string(w.items[0])+"/history", nil).want(t, 200, &history)
	if slices.ContainsFunc(history.Happenings, func(h item.HappeningView) bool { return h.Kind == akhra.HappenGold }) {
		t.Error("a reviewer reads in its history that a picture is known")
	}
}

func TestViews_AreSharedAndTakenAwayByWhoMadeThem(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	_, w := browsed(t, h)
	reviewer, other, manager := h.person(akhra.Reviewer), h.person(akhra.Reviewer), h.person(akhra.Manager)
	id := newID(t)
	search := akhra.Search{Stages: []akhra.Stage{akhra.StageNone}, Order: akhra.OrderNewest}
	reviewer.ask("PUT", w.path+"/views/"+id, item.ViewBody{Name: "Not asked yet", Search: search}).want(t, 204, nil)
	var views item.ViewList
	other.ask("GET", w.path+"/views", nil).want(t, 200, &views)
	if len(views.Views) != 1 || views.Views[0].Name != "Not asked yet" || views.Views[0].Search.Stages[0] != akhra.StageNone || views.Views[0].Yours {
		t.Errorf("another sees %+v", views.Views)
	}
	other.ask("PUT", w.path+"/views/"+newID(t), item.ViewBody{Name: "Not asked yet"}).problem(t, 409, akhra.Conflict, "name already")
	other.ask("PUT", w.path+"/views/"+id, item.ViewBody{Name: "Mine"}).want(t, 403, nil)
	other.ask("DELETE", w.path+"/views/"+id, nil).want(t, 403, nil)
	manager.ask("DELETE", w.path+"/views/"+id, nil).want(t, 204, nil)
	manager.ask("DELETE", w.path+"/views/"+id, nil).want(t, 404, nil)
}

// TestChanges_AreDoneToThoseNamedOrFoundAndTakenBack goes the way of a manager.
func TestChanges_AreDoneToThoseNamedOrFoundAndTakenBack(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := browsed(t, h)
	found := func(query string) int {
		t.Helper()
		var page item.ItemPage
		owner.ask("GET", w.path+"/items?"+query, nil).want(t, 200, &page)
		return page.Tally.Found
	}
	change := func(in item.ChangeBody) (out item.ChangeView) {
		t.Helper()
		owner.ask("POST", w.path+"/changes", in).want(t, 200, &out)
		return out
	}
	removal := item.ChangeBody{ID: akhra.ChangeID(newID(t)), Act: akhra.ChangeRemove, Items: w.items[:2]}
	if out := change(removal); out.Done != 2 || found("") != 4 || found("removed=true") != 2 {
		t.Errorf("removed %+v, left %d", out, found(""))
	}
	if out := change(removal); out.Done != 2 || out.Planned != 2 {
		t.Errorf("sent again %+v", out)
	}
	owner.ask("POST", w.path+"/changes/"+string(removal.ID)+"/undo", nil).want(t, 200, nil)
	if found("") != 6 {
		t.Errorf("after it was taken back there are %d", found(""))
	}
	again := change(item.ChangeBody{ID: akhra.ChangeID(newID(t)), Act: akhra.ChangeReask, Search: &akhra.Search{Stages: []akhra.Stage{akhra.StageDone}}})
	if again.Done != 4 || found("stage=done") != 0 || found("stage=none") != 6 {
		t.Errorf("asked anew %+v, done are %d", again, found("stage=done"))
	}
	must(t, h.engine.Drain(t.Context()))
	if got := owner.lease(w, 6); len(got) != 6 {
		t.Errorf("%d are given out, want all", len(got))
	}
	var undone item.ChangeView
	owner.ask("POST", w.path+"/changes/"+string(again.ID)+"/undo", nil).want(t, 200, &undone)
	if undone.Undone != 0 || undone.Left != 4 {
		t.Errorf("taken back though somebody has them: %+v", undone)
	}
	owner.ask("POST", w.path+"/changes", item.ChangeBody{ID: akhra.ChangeID(newID(t)), Act: akhra.ChangeGold}).problem(t, 400, akhra.Invalid, "Choose pictures")
	h.person(akhra.Reviewer).ask("POST", w.path+"/changes", removal).want(t, 403, nil)
	var one item.ItemDetail
	owner.ask("GET", w.path+"/items/"+string(w.items[0]), nil).want(t, 200, &one)
	if one.Round+len(one.Earlier) != 2*one.Round || len(one.Votes) != 0 && one.Round == 1 {
		t.Errorf("after it is asked anew its answers are history: round %d, %+v, earlier %+v", one.Round, one.Votes, one.Earlier)
	}
}

// TestChanges_ManyAreAJobThatGoesOn changes more than can be waited for.
func TestChanges_ManyAreAJobThatGoesOn(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	tenant := akhra.Tenant{Org: owner.user.Org, Project: w.id}
	many := make([]akhra.Item, 700)
	for i := range many {
		many[i] = akhra.Item{ID: akhra.ItemID(newID(t)), Blob: fmt.Sprintf("%064x", i), Name: "many.jpg", Width: 1, Height: 1}
	}
	_, err := h.db.AddItems(t.Context(), tenant, many)
	must(t, err)
	removal := item.ChangeBody{ID: akhra.ChangeID(newID(t)), Act: akhra.ChangeRemove, Search: &akhra.Search{Text: "many"}}
	var out item.ChangeView
	owner.ask("POST", w.path+"/changes", removal).want(t, 200, &out)
	if out.Job == "" || out.Planned != 700 || out.Done != 0 {
		t.Fatalf("%+v, want a job", out)
	}
	must(t, h.engine.Drain(t.Context()))
	at := w.path + "/changes/" + string(removal.ID)
	owner.ask("GET", at, nil).want(t, 200, &out)
	if out.Done != 700 {
		t.Errorf("after the job %+v", out)
	}
	owner.ask("POST", at+"/undo", nil).want(t, 200, &out)
	if out.Job == "" {
		t.Fatalf("%+v, want a job", out)
	}
	must(t, h.engine.Drain(t.Context()))
	owner.ask("GET", at, nil).want(t, 200, &out)
	var page item.ItemPage
	owner.ask("GET", w.path+"/items", nil).want(t, 200, &page)
	if out.Undone != 700 || page.Tally.Found != 701 {
		t.Errorf("taken back %+v, found %d", out, page.Tally.Found)
	}
}
