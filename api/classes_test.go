package api_test

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

// TestClasses_WhatIsToldBeforeIsWhatHappens merges a class, then deletes one,
// while answers name them.
func TestClasses_WhatIsToldBeforeIsWhatHappens(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(4)
	moth := akhra.Class{ID: akhra.ClassID(newID(t)), Name: "moth", Key: "3"}
	set := func(classes ...akhra.Class) project.ProjectView {
		t.Helper()
		var view project.ProjectView
		owner.ask("PUT", w.path+"/classes", map[string]any{"classes": classes}).want(t, 200, &view)
		must(t, h.engine.Drain(t.Context()))
		return view
	}
	uses := func() map[akhra.ClassID]project.ClassUseView {
		t.Helper()
		var all project.ClassUses
		owner.ask("GET", w.path+"/classes", nil).want(t, 200, &all)
		by := map[akhra.ClassID]project.ClassUseView{}
		for _, u := range all.Classes {
			by[u.ID] = u
		}
		return by
	}
	beetle, leaf := w.classes[0], w.classes[1]
	set(beetle, leaf, moth)
	for i, task := range asha.lease(w, 4) {
		asha.sync(w, say(t, task, []akhra.ClassID{beetle.ID, leaf.ID, moth.ID, moth.ID}[i]))
	}
	must(t, h.engine.Drain(t.Context()))
	if u := uses(); u[beetle.ID].Answers != 1 || u[moth.ID].Pictures != 2 {
		t.Fatalf("told %+v", u)
	}

	beetle.Deleted, beetle.Into = true, []akhra.ClassID{moth.ID}
	view := set(beetle, leaf, moth)
	if u := uses(); u[moth.ID].Answers != 3 || u[moth.ID].Pictures != 3 || len(u) != 2 || view.Counts.Done != 4 {
		t.Errorf("after the merge %+v, %+v", u, view.Counts)
	}
	if got := len(asha.lease(w, 9)); got != 0 {
		t.Errorf("after a merge %d pictures are asked again", got)
	}
	if classes := w.classesOf(owner); !slices.Equal(classes, []string{"leaf", "moth", "moth", "moth"}) {
		t.Errorf("delivered %v", classes)
	}

	moth.Deleted = true
	set(beetle, leaf, moth, akhra.Class{ID: akhra.ClassID(newID(t)), Name: "butterfly", Key: "4"})
	if got := len(asha.lease(w, 9)); got != 3 {
		t.Errorf("after a class is gone %d pictures are asked again, want 3", got)
	}
	if classes := w.classesOf(owner); !slices.Equal(classes, []string{"", "", "", "leaf"}) {
		t.Errorf("delivered %v", classes)
	}
}

// classesOf lists what the project would deliver, sorted.
func (w world) classesOf(who *person) (classes []string) {
	who.h.t.Helper()
	var page item.ItemPage
	who.ask("GET", w.path+"/items", nil).want(who.h.t, 200, &page)
	names := map[akhra.ClassID]string{}
	var p project.ProjectView
	who.ask("GET", w.path, nil).want(who.h.t, 200, &p)
	for _, c := range p.LabelSet.Classes {
		names[c.ID] = c.Name
	}
	for _, one := range page.Items {
		classes = append(classes, names[one.Class])
	}
	slices.Sort(classes)
	return classes
}
