package api_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/connect"
	"akhra.dev/akhra/api/work"
)

// TestLog_NamesNoSecret: whatever fails, and everything fails once the store is
// closed, the log tells what and where, but nothing that opens a door and
// nothing anybody said.
func TestLog_NamesNoSecret(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	token := owner.letIn(connect.NewToken{Name: "x", Acts: akhra.TokenActs})
	task := owner.lease(w, 1)[0]
	link := rand.Text()
	secrets := []string{owner.token, token.Secret, link, "a long password 8472", "a note 5518", "Birsa Munda 1899", "https://hook.example/9f3a", "secret-name-77.png"}
	said := say(t, task, w.classes[0].ID)
	said.Note = "a note 5518"
	must(t, h.db.Close())
	h.api.ForgetSessions()
	for _, r := range []struct {
		method, path string
		in           any
	}{
		{"POST", "/api/session", map[string]string{"login": "Birsa Munda 1899", "password": "a long password 8472"}},
		{"GET", "/api/links/" + link, nil},
		{"POST", "/api/links/" + link, map[string]string{"name": "Birsa Munda 1899", "login": "x", "password": "a long password 8472"}},
		{"POST", "/api/sync", work.SyncBody{V: 1, Project: w.id, Answers: []akhra.Annotation{said}}},
		{"POST", "/api/hooks", connect.NewHook{URL: "https://hook.example/9f3a", Kinds: akhra.HookKinds}},
		{"GET", w.path + "/items?text=secret-name-77.png", nil},
		{"GET", w.path + "/export", nil},
		{"POST", w.path + "/pictures?name=secret-name-77.png", nil},
		{"GET", "/api/me", nil},
	} {
		if got := owner.ask(r.method, r.path, r.in); got.status < 500 {
			t.Errorf("%s %s: %d: it must fail for the test to tell something", r.method, strings.ReplaceAll(r.path, link, "LINK"), got.status)
		}
		h.program(token.Secret, r.method, r.path, "{}")
	}
	// a fault of ours in a handler, on a path that opens a door
	fault := httptest.NewRecorder()
	h.api.Guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a planted fault") })).
		ServeHTTP(fault, httptest.NewRequest("GET", "/api/links/"+link, nil))
	text := h.logged.String()
	if strings.Count(text, "request failed") < 8 || !strings.Contains(text, "a planted fault") {
		t.Fatalf("the log tells too little to be tested:\n%s", text)
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}
