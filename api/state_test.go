package api_test

import (
	"net/http"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/work"
)

// TestProjectState takes a project through its states and asks, as each role,
// what is left of it.
func TestProjectState(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(6)
	roles := map[akhra.Role]*person{akhra.Owner: owner, akhra.Manager: h.person(akhra.Manager), akhra.Reviewer: h.person(akhra.Reviewer),
		akhra.Annotator: h.person(akhra.Annotator), akhra.Client: h.client(w)}
	set := func(who *person, state akhra.ProjectState, name string) reply {
		return who.ask("PUT", w.path+"/state", project.StateBody{State: state, Name: name})
	}
	var before project.ProjectView
	owner.ask("GET", w.path, nil).want(t, 200, &before)
	asha := roles[akhra.Annotator]
	task := asha.lease(w, 1)[0]
	for _, row := range []struct {
		state          akhra.ProjectState
		listed         map[akhra.Role]bool
		seen, renaming int
	}{
		{akhra.ProjectPaused, map[akhra.Role]bool{akhra.Owner: true, akhra.Manager: true, akhra.Reviewer: true, akhra.Annotator: true, akhra.Client: true}, 200, 200},
		{akhra.ProjectArchived, map[akhra.Role]bool{akhra.Owner: true, akhra.Manager: true, akhra.Client: true}, 200, 409},
		{akhra.ProjectRemoved, map[akhra.Role]bool{akhra.Owner: true, akhra.Manager: true}, 404, 409},
	} {
		for _, role := range []akhra.Role{akhra.Reviewer, akhra.Annotator, akhra.Client} {
			set(roles[role], row.state, before.Name).problem(t, 403, akhra.Forbidden, "")
		}
		if row.state == akhra.ProjectRemoved {
			set(owner, row.state, "another name").problem(t, 400, akhra.Invalid, "just as it stands")
		}
		set(roles[akhra.Manager], row.state, before.Name).want(t, 200, nil)
		for role, who := range roles {
			var list project.ProjectList
			who.ask("GET", "/api/projects", nil).want(t, 200, &list)
			if got := len(list.Projects) == 1; got != row.listed[role] {
				t.Errorf("%s: %s finds it in her list: %v", row.state, role, got)
			}
		}
		if got := asha.ask("GET", w.path, nil).status; got != row.seen {
			t.Errorf("%s: an annotator reads it: %d, want %d", row.state, got, row.seen)
		}
		if got := owner.ask("PATCH", w.path, map[string]string{"question": "What is it now?"}).status; got != row.renaming {
			t.Errorf("%s: its question is changed: %d, want %d", row.state, got, row.renaming)
		}
		var lease work.LeaseView
		owner.ask("POST", w.path+"/lease", work.LeaseBody{N: 3}).want(t, 200, &lease)
		if len(lease.Assignments) > 0 || lease.Closed != row.state {
			t.Errorf("%s: %d tasks are given out, closed as %q", row.state, len(lease.Assignments), lease.Closed)
		}
		owner.ask("PUT", w.path+"/packs/"+newID(t), work.PackBody{N: 3}).problem(t, http.StatusConflict, akhra.Conflict, "what you answered is safe")
		if got := owner.ask("GET", w.path+"/export?format=csv", nil).status; got != 200 {
			t.Errorf("%s: delivered with %d", row.state, got)
		}
	}
	asha.sync(w, say(t, task, w.classes[0].ID))
	set(owner, akhra.ProjectActive, "").want(t, 200, nil)
	if got := len(asha.lease(w, 3)); got != 3 {
		t.Errorf("%d tasks are given out once it is back", got)
	}
	set(owner, akhra.ProjectRemoved, before.Name).want(t, 200, nil)
	h.ahead.Add(int64(akhra.KeptProject + time.Minute))
	late := h.person(akhra.Owner)
	set(late, akhra.ProjectActive, "").problem(t, 404, akhra.NotFound, "no such project")
}

// TestProjectState_ErasedByItsOwnerAlone deletes a project for good.
func TestProjectState_ErasedByItsOwnerAlone(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(3)
	var p project.ProjectView
	owner.ask("GET", w.path, nil).want(t, 200, &p)
	typed := map[string]string{"name": p.Name}
	for _, role := range []akhra.Role{akhra.Manager, akhra.Reviewer, akhra.Annotator} {
		h.person(role).ask("POST", w.path+"/erase", typed).problem(t, 403, akhra.Forbidden, "")
	}
	owner.ask("POST", w.path+"/erase", map[string]string{"name": "another"}).problem(t, 400, akhra.Invalid, "just as it stands")
	owner.ask("POST", w.path+"/erase", typed).want(t, http.StatusNoContent, nil)
	for range 2 {
		owner.ask("GET", w.path, nil).problem(t, 404, akhra.NotFound, "")
		owner.ask("PUT", w.path+"/state", project.StateBody{State: akhra.ProjectActive}).problem(t, 404, akhra.NotFound, "")
		var list project.ProjectList
		owner.ask("GET", "/api/projects", nil).want(t, 200, &list)
		if len(list.Projects) != 0 {
			t.Errorf("it is in the list: %+v", list.Projects)
		}
		must(t, h.engine.Drain(t.Context()))
	}
	again := owner.project(3) // its pictures can be added anew
	if got := len(owner.lease(again, 3)); got != 3 {
		t.Errorf("%d tasks of a new project with the same pictures", got)
	}
}
