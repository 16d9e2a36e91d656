package api_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// probe is a legal request of every operation but the public ones. P, I and J
// stand for the ids of a project, an item and a job.
var probes = []struct{ id, method, path, kind, body string }{
	{"sign-out", "DELETE", "/api/session", "", ""},
	{"me", "GET", "/api/me", "", ""},
	{"change-me", "PATCH", "/api/me", "json", `{"language":"hi"}`},
	{"people", "GET", "/api/people", "", ""},
	{"add-person", "POST", "/api/people/links", "json", `{"name":"Asha","role":"annotator"}`},
	{"projects", "GET", "/api/projects", "", ""},
	{"add-project", "POST", "/api/projects", "json", `{"id":"NEW","name":"x","question":"y","classes":[{"id":"0190aaaa-0000-7000-8000-000000000001","name":"a"},{"id":"0190aaaa-0000-7000-8000-000000000002","name":"b"}]}`},
	{"project", "GET", "/api/projects/P", "", ""},
	{"change-project", "PATCH", "/api/projects/P", "json", `{"question":"Which one?"}`},
	{"set-classes", "PUT", "/api/projects/P/classes", "json", `{"classes":[{"id":"0190aaaa-0000-7000-8000-000000000003","name":"c"},{"id":"0190aaaa-0000-7000-8000-000000000004","name":"d"}]}`},
	{"add-picture", "POST", "/api/projects/P/pictures?name=x.png", "image/png", "not a picture"},
	{"add-zip", "POST", "/api/projects/P/zip?name=x.zip", "application/zip", "not a zip"},
	{"add-folder", "POST", "/api/projects/P/folder", "json", `{"path":"/etc","kind":"dir"}`},
	{"jobs", "GET", "/api/projects/P/jobs", "", ""},
	{"cancel-job", "DELETE", "/api/projects/P/jobs/J", "", ""},
	{"items", "GET", "/api/projects/P/items", "", ""},
	{"item", "GET", "/api/projects/P/items/I", "", ""},
	{"picture", "GET", "/api/pictures/P/I/320", "", ""},
	{"lease", "POST", "/api/projects/P/lease", "json", `{"n":1}`},
	{"sync", "POST", "/api/sync", "json", `{"v":1,"project":"P","answers":[]}`},
	{"progress", "GET", "/api/projects/P/progress", "", ""},
	{"events", "GET", "/api/projects/P/events", "", ""},
	{"export", "GET", "/api/projects/P/export?format=votes", "", ""},
}

// TestPermissions walks every operation as everybody, on her own project, on
// one of another organisation and on one that does not exist, and compares
// with a table that people read and review.
func TestPermissions(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	own := owner.project(1)
	foreign := h.foreignWorld()
	roles := []akhra.Role{"", akhra.Owner, akhra.Manager, akhra.Reviewer, akhra.Annotator, akhra.Client}
	var table strings.Builder
	fmt.Fprintf(&table, "%-15s %-10s %5s %8s %8s\n", "operation", "role", "own", "foreign", "missing")
	missing := world{id: akhra.ProjectID(newID(t)), items: []akhra.ItemID{akhra.ItemID(newID(t))}}
	for _, probe := range probes {
		for _, role := range roles {
			name := string(role)
			if role == "" {
				name = "nobody"
			}
			fmt.Fprintf(&table, "%-15s %-10s", probe.id, name)
			for _, w := range []world{own, foreign, missing} {
				fmt.Fprintf(&table, " %7s", h.probe(role, w, probe.method, probe.path, probe.kind, probe.body))
			}
			table.WriteString("\n")
		}
	}
	golden(t, "permissions.golden", table.String())
}

// probe asks once as a fresh person of a role and returns the status.
func (h *house) probe(role akhra.Role, w world, method, path, kind, body string) string {
	who := &person{h: h}
	if role != "" {
		who = h.person(role)
	}
	path = strings.NewReplacer("/P", "/"+string(w.id), "/I", "/"+string(w.items[0]), "/J", "/"+newID(h.t)).Replace(path)
	body = strings.NewReplacer(`"P"`, `"`+string(w.id)+`"`, "NEW", newID(h.t)).Replace(body)
	if kind == "json" {
		kind = "application/json"
	}
	return who.statusOf(method, path, kind, body)
}

// golden compares with a file of testdata; -update rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference.\n%s", name, difference(string(want), got))
	}
}

func difference(want, got string) string {
	var out strings.Builder
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		var one, two string
		if i < len(a) {
			one = a[i]
		}
		if i < len(b) {
			two = b[i]
		}
		if one != two {
			fmt.Fprintf(&out, "- %s\n+ %s\n", one, two)
		}
	}
	return out.String()
}
