package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/connect"
	"akhra.dev/akhra/api/project"
)

// program asks with a token in the place of a session.
func (h *house) program(secret, method, path, body string) reply {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+path, strings.NewReader(body))
	must(h.t, err)
	r.Header.Set("Authorization", "Bearer "+secret)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return h.do(r)
}

func (p *person) letIn(in connect.NewToken) connect.MadeToken {
	p.h.t.Helper()
	var made connect.MadeToken
	p.ask("POST", "/api/tokens", in).want(p.h.t, 200, &made)
	return made
}

func TestToken_MayWhatItWasGivenAndNoMore(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	made := owner.letIn(connect.NewToken{Name: "reports", Acts: []akhra.Act{akhra.ActListProjects, akhra.ActExport}})
	if !strings.HasPrefix(made.Secret, "akhra_") || made.By != "Someone" {
		t.Fatalf("made %+v", made)
	}
	h.program(made.Secret, "GET", w.path, "").want(t, 200, nil)
	h.program(made.Secret, "GET", w.path+"/export", "").want(t, 200, nil)
	h.program(made.Secret, "POST", w.path+"/datasets", `{"format":"csv"}`).want(t, 200, nil)
	for method, paths := range map[string][]string{
		"GET":    {w.path + "/items", w.path + "/jobs", "/api/people", "/api/tokens", "/api/hooks", "/api/me"},
		"POST":   {w.path + "/lease", "/api/sync", "/api/tokens", "/api/people/links"},
		"DELETE": {"/api/tokens/" + string(made.Token), "/api/session"},
	} {
		for _, path := range paths {
			h.program(made.Secret, method, path, "{}").problem(t, 403, akhra.Forbidden, "not given this")
		}
	}
}

func TestToken_NeverMayMoreThanItsPersonNow(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, manager := h.person(akhra.Owner), h.person(akhra.Manager)
	w := owner.project(1)
	made := manager.letIn(connect.NewToken{Name: "x", Acts: []akhra.Act{akhra.ActManageProject, akhra.ActListProjects}})
	h.program(made.Secret, "PATCH", w.path, `{"question":"Which?"}`).want(t, 200, nil)
	owner.ask("PATCH", "/api/people/"+string(manager.user.ID), map[string]any{"role": "annotator"}).want(t, 200, nil)
	h.ahead.Store(int64(3 * time.Second))
	h.program(made.Secret, "PATCH", w.path, `{"question":"What?"}`).problem(t, 403, akhra.Forbidden, "Your role")
	h.program(made.Secret, "GET", w.path, "").want(t, 200, nil)
	owner.ask("DELETE", "/api/people/"+string(manager.user.ID), nil).want(t, 204, nil)
	h.ahead.Store(int64(6 * time.Second))
	h.program(made.Secret, "GET", w.path, "").problem(t, 401, akhra.Unauthorized, "not valid")
}

func TestToken_IsToldOnceKeptAsAHashAndTakenAway(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(0)
	made := owner.letIn(connect.NewToken{Name: "reports", Acts: []akhra.Act{akhra.ActListProjects}, Days: 1})
	h.program(made.Secret, "GET", w.path, "").want(t, 200, nil)
	body := owner.ask("GET", "/api/tokens", nil).want(t, 200, nil).body
	if bytes.Contains(body, []byte(made.Secret[6:])) {
		t.Error("the list tells the secret")
	}
	all, err := h.db.Tokens(t.Context(), h.org.ID)
	must(t, err)
	if len(all) != 1 || strings.Contains(all[0].Hash, made.Secret[6:]) || all[0].Used == 0 {
		t.Errorf("kept as %+v", all)
	}
	owner.ask("DELETE", "/api/tokens/"+string(made.Token), nil).want(t, 204, nil)
	for _, secret := range []string{made.Secret, "akhra_", "akhra_x", made.Secret[6:], ""} {
		h.program(secret, "GET", w.path, "").problem(t, 401, akhra.Unauthorized, "not valid")
	}
	later := owner.letIn(connect.NewToken{Name: "reports", Acts: []akhra.Act{akhra.ActListProjects}, Days: 1})
	h.ahead.Store(int64(25 * time.Hour))
	h.program(later.Secret, "GET", w.path, "").problem(t, 401, akhra.Unauthorized, "not valid")
}

func TestToken_WhatCannotBeGivenIsRefused(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	for _, act := range []akhra.Act{akhra.ActManagePeople, akhra.ActConnect, akhra.ActAnnotate, akhra.ActReview, akhra.ActOperateProcess, "nothing"} {
		owner.ask("POST", "/api/tokens", connect.NewToken{Name: "x", Acts: []akhra.Act{act}}).problem(t, 400, akhra.Invalid, "cannot be given")
	}
	owner.ask("POST", "/api/tokens", connect.NewToken{Name: "x", Acts: []akhra.Act{}}).problem(t, 400, akhra.Invalid, "Choose what")
	owner.ask("POST", "/api/tokens", connect.NewToken{Name: " ", Acts: []akhra.Act{akhra.ActExport}}).problem(t, 400, akhra.Invalid, "empty")
}

// TestToken_SeesAForeignProjectAsMissing: whatever it was given, it is given for
// its own organisation.
func TestToken_SeesAForeignProjectAsMissing(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	made := owner.letIn(connect.NewToken{Name: "x", Acts: akhra.TokenActs})
	foreign := h.personOf(akhra.OrgID(newID(t)), akhra.Owner, "Foreign").project(1)
	for _, path := range []string{"", "/items", "/jobs", "/datasets", "/export", "/items/" + string(foreign.items[0])} {
		h.program(made.Secret, "GET", foreign.path+path, "").want(t, 404, nil)
	}
	var list project.ProjectList
	r := h.program(made.Secret, "GET", "/api/projects", "").want(t, 200, &list)
	if len(list.Projects) != 0 {
		t.Errorf("%s", r.body)
	}
}

func TestHook_MadeTestedSwitchedTakenAway(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(0)
	kinds := []akhra.EventKind{akhra.EventExported}
	for url, says := range map[string]string{"http://169.254.169.254/latest/meta-data": "private network", "ftp://a.example": "begins with https", "https://u:p@a.example": "password"} {
		owner.ask("POST", "/api/hooks", connect.NewHook{URL: url, Kinds: kinds}).problem(t, 400, akhra.Invalid, says)
	}
	owner.ask("POST", "/api/hooks", connect.NewHook{URL: "https://a.example", Kinds: []akhra.EventKind{akhra.EventUserAdded}}).problem(t, 400, akhra.Invalid, "no such kind")
	owner.ask("POST", "/api/hooks", connect.NewHook{URL: "https://a.example", Kinds: kinds, Project: akhra.ProjectID(newID(t))}).problem(t, 404, akhra.NotFound, "no such project")
	var made connect.MadeHook
	owner.ask("POST", "/api/hooks", connect.NewHook{URL: "https://a.example/in", Kinds: kinds, Project: w.id}).want(t, 200, &made)
	if !strings.HasPrefix(made.Secret, "whsec_") || !made.On {
		t.Fatalf("made %+v", made)
	}
	if body := owner.ask("GET", "/api/hooks", nil).want(t, 200, nil).body; bytes.Contains(body, []byte(made.Secret[6:])) {
		t.Error("the list tells the key")
	}
	at := "/api/hooks/" + string(made.Hook)
	owner.ask("PATCH", at, connect.HookChange{}).want(t, 204, nil)
	var list connect.HookList
	owner.ask("GET", "/api/hooks", nil).want(t, 200, &list)
	if len(list.Hooks) != 1 || list.Hooks[0].On || list.Hooks[0].Project != w.id {
		t.Errorf("%+v", list.Hooks)
	}
	owner.ask("POST", at+"/test", nil).problem(t, 503, akhra.Unavailable, "tells no addresses") // this house has no way out
	foreign := h.personOf(akhra.OrgID(newID(t)), akhra.Owner, "Foreign")
	foreign.ask("PATCH", at, connect.HookChange{On: true}).problem(t, 404, akhra.NotFound, "no such webhook")
	foreign.ask("POST", at+"/test", nil).problem(t, 404, akhra.NotFound, "no such webhook")
	foreign.ask("DELETE", at, nil).problem(t, 404, akhra.NotFound, "no such webhook")
	owner.ask("DELETE", at, nil).want(t, 204, nil)
	owner.ask("DELETE", at, nil).problem(t, 404, akhra.NotFound, "no such webhook")
}
