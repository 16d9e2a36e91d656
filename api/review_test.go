package api_test

import (
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

// tornWorld is a project of four pictures; a manager and an annotator answered
// all and differ about the first two.
func tornWorld(t *testing.T, h *house) (w world, asha *person) {
	t.Helper()
	owner := h.person(akhra.Owner)
	w = owner.project(4)
	two := 2
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Overlap: &two, Cap: &two}}).want(t, 200, nil)
	asha = h.person(akhra.Manager)
	for n, who := range []*person{asha, h.person(akhra.Annotator)} {
		for _, one := range who.lease(w, 4) {
			class := w.classes[0].ID
			if n == 1 && (one.Item == w.items[0] || one.Item == w.items[1]) {
				class = w.classes[1].ID
			}
			who.sync(w, say(t, one, class))
		}
		must(t, h.engine.Drain(t.Context()))
	}
	return w, asha
}

func (p *person) reviews(w world) (list item.ReviewList) {
	p.h.t.Helper()
	p.ask("GET", w.path+"/reviews", nil).want(p.h.t, 200, &list)
	return list
}

func settles(t *testing.T, task akhra.TaskID, class akhra.ClassID) item.SettleBody {
	t.Helper()
	return item.SettleBody{ID: akhra.ReviewID(newID(t)), Task: task, Class: class}
}

func TestReview_WherePeopleDiffer(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	w, asha := tornWorld(t, h)
	sunita, kiran := h.person(akhra.Reviewer), h.person(akhra.Reviewer)
	list := sunita.reviews(w)
	if list.Left != 2 || len(list.Tasks) != 2 {
		t.Fatalf("%d tasks to review, want the two people differ about: %+v", list.Left, list)
	}
	task := list.Tasks[0].Task
	var view item.ReviewView
	reply := sunita.ask("GET", w.path+"/reviews/"+string(task), nil).want(t, 200, &view)
	if len(view.Votes) != 2 || view.Votes[0].Person != 1 || view.Votes[1].Person != 2 || view.Votes[0].Class == view.Votes[1].Class || view.Decided != nil {
		t.Errorf("the task shows %+v, want both answers", view)
	}
	for _, hidden := range []string{asha.user.Name, string(asha.user.ID), "posterior", "weights", "thought", "why", "annotator"} {
		if strings.Contains(string(reply.body), hidden) {
			t.Errorf("before she decides she reads %q: %s", hidden, reply.body)
		}
	}
	if got := kiran.reviews(w); got.Left != 1 || got.Tasks[0].Task == task {
		t.Errorf("while one reviewer has a task open another is offered %+v", got)
	}
	h.ahead.Add(int64(6 * time.Minute))
	if got := kiran.reviews(w); got.Left != 2 {
		t.Errorf("a task that was left open is not offered to others: %+v", got)
	}
	t.Run("who answered does not decide", func(t *testing.T) {
		if got := asha.reviews(w); got.Left != 0 {
			t.Errorf("she is offered %+v", got)
		}
		asha.ask("GET", w.path+"/reviews/"+string(task), nil).problem(t, 409, akhra.Conflict, "answered this picture yourself")
		asha.ask("POST", w.path+"/reviews", settles(t, task, w.classes[0].ID)).problem(t, 409, akhra.Conflict, "answered this picture yourself")
	})
}

func TestReview_TheLatestDecides(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	w, _ := tornWorld(t, h)
	sunita := h.person(akhra.Reviewer)
	task := sunita.reviews(w).Tasks[0]
	first := settles(t, task.Task, w.classes[1].ID)
	first.Note, first.Gold = "Six legs.", true
	for range 2 {
		sunita.ask("POST", w.path+"/reviews", first).want(t, 200, nil)
	}
	first.Note = "Eight legs."
	sunita.ask("POST", w.path+"/reviews", first).problem(t, 409, akhra.Conflict, "other content")
	if got := sunita.reviews(w); got.Left != 1 || got.Tasks[0].Task == task.Task {
		t.Errorf("after deciding she is offered %+v", got)
	}
	sunita.ask("POST", w.path+"/reviews", settles(t, task.Task, akhra.ClassID(newID(t)))).problem(t, 400, akhra.Invalid, "no longer in the project")
	sunita.ask("POST", w.path+"/reviews", settles(t, task.Task, w.classes[0].ID)).want(t, 200, nil)
	var view item.ReviewView
	sunita.ask("GET", w.path+"/reviews/"+string(task.Task), nil).want(t, 200, &view)
	if view.Decided == nil || view.Decided.Class != w.classes[0].ID || view.Decided.Note != "" || view.Decided.Gold {
		t.Errorf("the decision reads %+v, want the second", view.Decided)
	}
	var item item.ItemDetail
	h.person(akhra.Manager).ask("GET", w.path+"/items/"+string(task.Item), nil).want(t, 200, &item)
	if item.Decided == nil || item.Decided.Class != w.classes[0].ID || item.Gold != "" {
		t.Errorf("the picture shows %+v and gold %q", item.Decided, item.Gold)
	}
}
