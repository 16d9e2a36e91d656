package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/work"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// house is a real server over a real store, with one project and one person
// of each role, and a second organisation with the same.
type house struct {
	t      *testing.T
	dir    string
	db     *store.DB
	engine *engine.Engine
	api    *api.API
	server *httptest.Server
	org    akhra.Org
	ahead  atomic.Int64 // nanoseconds the clock runs ahead
	logged logged
}

// logged is what the server logs.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func openHouse(t *testing.T, demo bool) *house {
	t.Helper()
	dir := t.TempDir()
	h := &house{t: t, dir: dir}
	db, err := store.Open(t.Context(), dir, store.Options{Now: h.now, Chance: rand.Reader, Synchronous: "OFF"})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	blobs, err := blob.Open(dir)
	must(t, err)
	h.db = db
	h.org, err = db.EnsureOrg(t.Context(), "Akhra")
	must(t, err)
	log := slog.New(slog.NewJSONHandler(&h.logged, nil))
	h.engine = engine.New(engine.Config{DB: db, Blobs: blobs, Now: h.now, Chance: rand.Reader, Log: log})
	h.api = api.New(door.Config{DB: db, Engine: h.engine, Blobs: blobs, Org: h.org, Now: h.now, Chance: rand.Reader, Log: log, DataDir: dir, Demo: demo, Pepper: []byte("pepper of this test")}, nil)
	h.server = httptest.NewServer(h.api)
	t.Cleanup(func() { h.api.EndStreams(); h.server.Close() })
	return h
}

func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newID(t *testing.T) string {
	t.Helper()
	id, err := akhra.NewID(time.Now(), rand.Reader)
	must(t, err)
	return id
}

// person adds somebody and signs her in.
func (h *house) person(role akhra.Role) *person {
	h.t.Helper()
	return h.personOf(h.org.ID, role, "Someone")
}

func (h *house) personOf(org akhra.OrgID, role akhra.Role, name string) *person {
	h.t.Helper()
	id := newID(h.t)
	u := akhra.User{ID: akhra.UserID(id), Org: org, Name: name, Login: "someone-" + id, Role: role, Created: akhra.MillisOf(h.now())}
	must(h.t, h.db.AddUser(h.t.Context(), u))
	token := rand.Text()
	must(h.t, h.db.AddSession(h.t.Context(), akhra.Session{TokenHash: door.HashToken(token), User: u.ID, Org: org,
		Created: akhra.MillisOf(h.now()), Expires: akhra.MillisOf(h.now().Add(time.Hour))}))
	return &person{h: h, user: u, cookie: "akhra=" + token, token: token}
}

// person speaks to the server with her cookie; an empty cookie is a stranger.
type person struct {
	h             *house
	user          akhra.User
	cookie, token string
	mark          string // begins every text of the projects she makes
}

// client is one who was given a project.
func (h *house) client(w world) *person {
	h.t.Helper()
	c := h.person(akhra.Client)
	must(h.t, h.db.Give(h.t.Context(), h.org.ID, c.user.ID, []akhra.ProjectID{w.id}, c.user.ID))
	return c
}

// reply is one answer of the server, its body read.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (p *person) send(method, path, kind string, body io.Reader) reply {
	p.h.t.Helper()
	return p.sendCtx(p.h.t.Context(), method, path, kind, body)
}

func (p *person) sendCtx(ctx context.Context, method, path, kind string, body io.Reader) reply {
	p.h.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, p.h.server.URL+path, body)
	must(p.h.t, err)
	if p.cookie != "" {
		r.Header.Set("Cookie", p.cookie)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return p.h.do(r)
}

// request is one of hers, to be changed before it is sent.
func (p *person) request(method, path string) *http.Request {
	p.h.t.Helper()
	r, err := http.NewRequestWithContext(p.h.t.Context(), method, p.h.server.URL+path, nil)
	must(p.h.t, err)
	r.Header.Set("Cookie", p.cookie)
	return r
}

func (h *house) do(r *http.Request) reply {
	h.t.Helper()
	answer, err := h.server.Client().Do(r)
	must(h.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(h.t, err)
	return reply{answer.StatusCode, answer.Header, text}
}

func (p *person) ask(method, path string, in any) reply {
	p.h.t.Helper()
	if in == nil {
		return p.send(method, path, "", nil)
	}
	text, err := json.Marshal(in)
	must(p.h.t, err)
	return p.send(method, path, "application/json", bytes.NewReader(text))
}

// want checks the status and reads the body into out, which may be nil.
func (r reply) want(t *testing.T, status int, out any) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	if out != nil {
		if err := json.Unmarshal(r.body, out); err != nil {
			t.Fatalf("%v in %s", err, r.body)
		}
	}
	return r
}

// problem checks that the answer is a refusal of a kind with a sentence.
func (r reply) problem(t *testing.T, status int, kind akhra.Code, words string) {
	t.Helper()
	var p door.Problem
	r.want(t, status, &p)
	if p.Type != kind || !strings.Contains(p.Title, words) || r.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("problem %q %q (%s), want %q with %q", p.Type, p.Title, r.header.Get("Content-Type"), kind, words)
	}
}

// world is a project with pictures in it.
type world struct {
	id      akhra.ProjectID
	classes []akhra.Class
	items   []akhra.ItemID
	path    string // "/api/projects/ID"
}

func classes(t *testing.T, names ...string) []akhra.Class {
	t.Helper()
	out := make([]akhra.Class, len(names))
	for i, name := range names {
		out[i] = akhra.Class{ID: akhra.ClassID(newID(t)), Name: name, Key: fmt.Sprint(i + 1)}
	}
	return out
}

// project makes a project with n pictures through the API.
func (p *person) project(n int) world {
	t := p.h.t
	t.Helper()
	w := world{id: akhra.ProjectID(newID(t)), classes: classes(t, p.mark+"beetle", p.mark+"leaf")}
	w.path = "/api/projects/" + string(w.id)
	p.ask("POST", "/api/projects", project.NewProject{ID: w.id, Name: p.mark + "Leaves " + string(w.id), Question: p.mark + "What is it?", Classes: w.classes}).want(t, 200, nil)
	for i := range n {
		var added item.AddedPicture
		p.send("POST", fmt.Sprintf("%s/pictures?name=%sp%d.png", w.path, p.mark, i), "image/png", bytes.NewReader(drawing(t, i))).want(t, 200, &added)
		if added.Outcome != "imported" {
			t.Fatalf("picture %d: %+v", i, added)
		}
		w.items = append(w.items, added.Item)
	}
	return w
}

// drawing is a small PNG, another one for each n.
func drawing(t *testing.T, n int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 96, 72))
	for y := range 72 {
		for x := range 96 {
			img.Set(x, y, color.RGBA{uint8(x*n + 40), uint8(y * 3), uint8(n * 37), 255})
		}
	}
	var out bytes.Buffer
	must(t, png.Encode(&out, img))
	return out.Bytes()
}

// lease takes n tasks.
func (p *person) lease(w world, n int) []work.AssignmentView {
	p.h.t.Helper()
	var out work.LeaseView
	p.ask("POST", w.path+"/lease", work.LeaseBody{N: n}).want(p.h.t, 200, &out)
	return out.Assignments
}

// say is one answer to a task, ready to send.
func say(t *testing.T, task work.AssignmentView, class akhra.ClassID) akhra.Annotation {
	t.Helper()
	return akhra.Annotation{ID: akhra.AnnotationID(newID(t)), Assignment: task.ID, Task: task.Task, Answer: akhra.AnswerClass, Class: class, TookMillis: 900}
}

func (p *person) sync(w world, answers ...akhra.Annotation) []work.VerdictView {
	p.h.t.Helper()
	var out work.SyncView
	p.ask("POST", "/api/sync", work.SyncBody{V: 1, Project: w.id, Answers: answers}).want(p.h.t, 200, &out)
	return out.Verdicts
}

// signInAgain opens another session of the same person.
func (p *person) signInAgain() {
	p.h.t.Helper()
	p.token = rand.Text()
	p.cookie = "akhra=" + p.token
	must(p.h.t, p.h.db.AddSession(p.h.t.Context(), akhra.Session{TokenHash: door.HashToken(p.token), User: p.user.ID, Org: p.user.Org,
		Created: akhra.MillisOf(p.h.now()), Expires: akhra.MillisOf(p.h.now().Add(time.Hour))}))
}

// foreignWorld is a project with one picture of another organisation.
func (h *house) foreignWorld() world {
	t := h.t
	t.Helper()
	tenant := akhra.Tenant{Org: akhra.OrgID(newID(t)), Project: akhra.ProjectID(newID(t))}
	w := world{id: tenant.Project, classes: classes(t, "cat", "dog"), path: "/api/projects/" + string(tenant.Project)}
	p := akhra.Project{ID: tenant.Project, Org: tenant.Org, Name: "Foreign", Question: "What?", LabelSet: akhra.LabelSetID(newID(t)),
		Settings: akhra.DefaultSettings(), Created: akhra.MillisOf(h.now())}
	must(t, h.db.AddProject(t.Context(), tenant, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: w.classes}))
	item := akhra.Item{ID: akhra.ItemID(newID(t)), Blob: door.HashToken("foreign"), Name: "secret-canary.jpg", Width: 10, Height: 10, Created: akhra.MillisOf(h.now())}
	_, err := h.db.AddItems(t.Context(), tenant, []akhra.Item{item})
	must(t, err)
	w.items = []akhra.ItemID{item.ID}
	return w
}
