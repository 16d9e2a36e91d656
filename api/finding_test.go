package api_test

import (
	"bytes"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
)

func TestSimilar_ShowsTheOtherPicturesTheLikestFirst(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(6)
	at := w.path + "/items/" + string(w.items[2]) + "/similar"
	var list item.SimilarList
	owner.ask("GET", at, nil).want(t, 200, &list)
	if len(list.Items) != 0 {
		t.Errorf("before it has a vector a picture is like %+v", list.Items)
	}
	must(t, h.engine.Drain(t.Context()))
	owner.ask("GET", at, nil).want(t, 200, &list)
	if len(list.Items) != 5 {
		t.Fatalf("%d pictures are like it, want the other 5", len(list.Items))
	}
	for _, one := range list.Items {
		if one.ID == w.items[2] || one.Thumb == "" {
			t.Errorf("shows %+v", one)
		}
	}
	var short item.SimilarList
	owner.ask("GET", at+"?limit=2", nil).want(t, 200, &short)
	if len(short.Items) != 2 || short.Items[0].ID != list.Items[0].ID {
		t.Errorf("the first two are %+v", short.Items)
	}
}

func TestSuspects_OnlyWhatIsSuspectedIsSentToTheSecondLook(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	one := owner.lease(w, 1)[0]
	owner.sync(w, say(t, one, w.classes[0].ID))
	must(t, h.engine.Drain(t.Context()))
	var list item.SuspectList
	sunita := h.person(akhra.Reviewer)
	sunita.ask("GET", w.path+"/suspects", nil).want(t, 200, &list)
	if list.Left != 0 || len(list.Items) != 0 {
		t.Errorf("without a model these may be wrong: %+v", list)
	}
	sunita.ask("POST", w.path+"/suspects", item.AskReviewBody{Task: one.Task}).problem(t, 404, akhra.NotFound, "not among those that may be wrong")
}

func TestDoubles_AreShownTogether(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(6)
	var list item.DoubleList
	owner.ask("GET", w.path+"/doubles", nil).want(t, 200, &list)
	if list.Left != 0 {
		t.Errorf("before there are vectors %+v are doubles", list.Groups)
	}
	again := drawing(t, 2)
	again = append(again, 0) // other bytes, the same picture
	var added struct{ Item akhra.ItemID }
	owner.send("POST", w.path+"/pictures?name=again.png", "image/png", bytes.NewReader(again)).want(t, 200, &added)
	must(t, h.engine.Drain(t.Context()))
	owner.ask("GET", w.path+"/doubles", nil).want(t, 200, &list)
	for _, g := range list.Groups {
		if last := g.Items[len(g.Items)-1]; g.Size == len(g.Items) && last.ID == added.Item && !g.Differ {
			return
		}
	}
	t.Errorf("the picture that came twice is not among the doubles: %+v", list.Groups)
}
