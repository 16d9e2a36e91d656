package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
)

// The project the load test makes: every picture takes many answers, so that
// many clients work on few pictures.
const (
	loadOverlap   = akhra.MaxOverlap
	loadClasses   = 5
	loadPerSecond = 15000 // answers per second there must be tasks for
	loadItemBatch = 500
	lagPatience   = time.Minute
)

type loadtestCommand struct {
	URL       string `name:"url" help:"Server to test; else one is started in a temporary folder." placeholder:"URL"`
	Login     string `help:"Who signs in at --url." placeholder:"LOGIN"`
	Password  string `help:"Her password." env:"AKHRA_PASSWORD"`
	Project   string `help:"Project at --url to answer in." placeholder:"P"`
	Clients   int    `help:"Clients at once." default:"64"`
	Listeners int    `help:"Open event streams beside them." default:"0"`
	Seconds   int    `help:"How long." default:"10"`
	Dir       string `help:"Folder whose disk is tested; else the temporary one." placeholder:"DIR"`
	JSON      bool   `name:"json" help:"Print one JSON object."`
}

// loadResult is what `akhra loadtest --json` prints.
type loadResult struct {
	Clients   int     `json:"clients"`
	Listeners int     `json:"listeners"`
	Cores     int     `json:"cores"`
	Seconds   float64 `json:"seconds"`
	Answers   int     `json:"answers"`
	PerSecond float64 `json:"answers_per_second"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
	P999      float64 `json:"p999_ms"`
	LeaseP99  float64 `json:"lease_p99_ms"`
	Errors    int     `json:"errors"`
	Lag       float64 `json:"log_lag_seconds"` // until every consumer stood at the head, after the last answer
}

// Run answers as fast as the clients can, one durable answer per request.
func (l *loadtestCommand) Run(ctx context.Context, c *console) error {
	if l.URL != "" && (l.Project == "" || l.Login == "") {
		return usage("--url needs --project and --login")
	}
	tuneMemory()
	target, err := l.target(ctx, c)
	if err != nil {
		return err
	}
	defer target.close()
	fmt.Fprintf(c.err, "%d clients answer for %d s at %s\n", l.Clients, l.Seconds, target.base)
	load := newLoad(target, l.Clients)
	listening, stop := context.WithCancel(ctx)
	defer stop()
	load.listen(listening, l.Listeners)
	result := load.run(ctx, time.Duration(l.Seconds)*time.Second)
	result.Listeners = l.Listeners
	if result.Lag, err = target.lag(ctx); err != nil {
		return err
	}
	if result.Answers == 0 {
		return akhra.Errorf(akhra.Unavailable, "No answer was stored: %s", load.complaint())
	}
	if complaint := load.complaint(); complaint != "" {
		fmt.Fprintln(c.err, "first refusal:", complaint)
	}
	return l.print(c, result)
}

func (l *loadtestCommand) print(c *console, r loadResult) error {
	if l.JSON {
		return json.NewEncoder(c.out).Encode(r)
	}
	_, err := fmt.Fprintf(c.out, "%d answers in %.1f s: %.0f a second, p50 %.1f ms, p99 %.1f ms, lease p99 %.1f ms, %d errors, log lag %.2f s at the end (%d clients, %d cores)\n",
		r.Answers, r.Seconds, r.PerSecond, r.P50, r.P99, r.LeaseP99, r.Errors, r.Lag, r.Clients, r.Cores)
	return err
}

// loadTarget is the server under test.
type loadTarget struct {
	base    string
	project akhra.ProjectID
	classes []akhra.Class
	cookies []string // of the sessions, used in turn
	lag     func(context.Context) (float64, error)
	close   func()
}

func (l *loadtestCommand) target(ctx context.Context, c *console) (*loadTarget, error) {
	if l.URL != "" {
		return l.remote(ctx)
	}
	dir, err := os.MkdirTemp(l.Dir, "akhra-loadtest-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	h, err := openHouse(ctx, houseOptions{dir: dir, log: c.err})
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	clear := func() { h.close(); os.RemoveAll(dir) }
	t, err := l.own(ctx, h)
	if err != nil {
		clear()
		return nil, err
	}
	server := t.close
	t.close = func() { server(); clear() }
	return t, nil
}

// own starts a server on a fresh project with enough tasks and one signed-in
// annotator a client.
func (l *loadtestCommand) own(ctx context.Context, h *house) (*loadTarget, error) {
	t := &loadTarget{}
	tenant, err := l.fill(ctx, h, t)
	if err != nil {
		return nil, err
	}
	t.project = tenant.Project
	for i := range l.Clients {
		token, err := signedIn(ctx, h, i)
		if err != nil {
			return nil, err
		}
		t.cookies = append(t.cookies, "akhra="+token)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: h.api}
	go server.Serve(listener)
	t.base = "http://" + listener.Addr().String()
	t.close = func() { h.api.EndStreams(); server.Close() }
	t.lag = h.logLag
	return t, nil
}

// fill makes the project and its pictures. They have rows but no bytes: the
// test is about answers.
func (l *loadtestCommand) fill(ctx context.Context, h *house, t *loadTarget) (akhra.Tenant, error) {
	var err error
	if t.classes, err = classesNamed([]string{"a", "b", "c", "d", "e"}[:loadClasses]); err != nil {
		return akhra.Tenant{}, err
	}
	settings := akhra.DefaultSettings()
	settings.Overlap, settings.Cap = loadOverlap, loadOverlap
	p := akhra.Project{ID: akhra.ProjectID(h.db.NewID()), Org: h.org.ID, Name: "Load test", Question: "What is it?", Settings: settings,
		LabelSet: akhra.LabelSetID(h.db.NewID()), Created: akhra.MillisOf(time.Now())}
	tenant := akhra.Tenant{Org: h.org.ID, Project: p.ID}
	if err := h.db.AddProject(ctx, tenant, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: t.classes}); err != nil {
		return tenant, fmt.Errorf("make a project: %w", err)
	}
	want := l.Seconds*loadPerSecond/min(loadOverlap, l.Clients) + loadItemBatch
	for made := 0; made < want; made += loadItemBatch {
		if _, err := h.db.AddItems(ctx, tenant, fakeItems(h, made)); err != nil {
			return tenant, fmt.Errorf("make pictures: %w", err)
		}
	}
	return tenant, nil
}

func fakeItems(h *house, from int) []akhra.Item {
	items := make([]akhra.Item, loadItemBatch)
	for i := range items {
		name := fmt.Sprintf("load-%06d.jpg", from+i)
		hash := api.HashToken(name)
		items[i] = akhra.Item{ID: akhra.ItemID(h.db.NewID()), Blob: hash, Name: name, Width: 640, Height: 480,
			Variants: [3]string{hash, hash, hash}, Created: akhra.MillisOf(time.Now())}
	}
	return items
}

func signedIn(ctx context.Context, h *house, i int) (token string, err error) {
	token = rand.Text() + rand.Text()
	now := time.Now()
	u := akhra.User{ID: akhra.UserID(h.db.NewID()), Org: h.org.ID, Name: fmt.Sprintf("Client %d", i+1), Login: fmt.Sprintf("client-%d", i+1),
		Role: akhra.Annotator, Created: akhra.MillisOf(now)}
	if err := h.db.AddUser(ctx, u); err != nil {
		return "", fmt.Errorf("add a client: %w", err)
	}
	s := akhra.Session{TokenHash: api.HashToken(token), User: u.ID, Org: u.Org, Created: akhra.MillisOf(now), Expires: akhra.MillisOf(now.Add(24 * time.Hour))}
	if err := h.db.AddSession(ctx, s); err != nil {
		return "", fmt.Errorf("sign a client in: %w", err)
	}
	return token, nil
}

// logLag waits until every consumer of the log stands at the head and returns
// the seconds that took.
func (h *house) logLag(ctx context.Context) (float64, error) {
	start := time.Now()
	head, err := h.db.Head(ctx, h.org.ID)
	if err != nil {
		return 0, fmt.Errorf("read the log's head: %w", err)
	}
	for time.Since(start) < lagPatience {
		behind, err := h.behind(ctx)
		if err != nil {
			return 0, err
		}
		if behind >= head {
			break
		}
		if !sleep(ctx, 10*time.Millisecond) {
			break
		}
	}
	return time.Since(start).Seconds(), nil
}

// behind is the position up to which every consumer saved that it has worked;
// they save once a second.
func (h *house) behind(ctx context.Context) (at akhra.Seq, err error) {
	for i, name := range []string{"consensus", "loop", "queue"} {
		one, err := h.db.Cursor(ctx, h.org.ID, name)
		if err != nil {
			return 0, fmt.Errorf("read a cursor: %w", err)
		}
		if i == 0 || one < at {
			at = one
		}
	}
	return at, nil
}

// remote signs in at a running server and answers in one of its projects.
func (l *loadtestCommand) remote(ctx context.Context) (*loadTarget, error) {
	cl := &client{http: &http.Client{}, base: l.URL}
	text, err := json.Marshal(map[string]string{"login": l.Login, "password": l.Password})
	if err != nil {
		return nil, fmt.Errorf("write a request: %w", err)
	}
	cookie, err := cl.signIn(ctx, text)
	if err != nil {
		return nil, err
	}
	cl.cookie = cookie
	card, err := cl.projectNamed(ctx, l.Project)
	if err != nil {
		return nil, err
	}
	var p api.ProjectView
	if err := cl.ask(ctx, "GET", "/api/projects/"+string(card.ID), nil, &p); err != nil {
		return nil, err
	}
	t := &loadTarget{base: l.URL, project: p.ID, cookies: []string{cookie}, close: func() {}, lag: func(context.Context) (float64, error) { return 0, nil }}
	for _, class := range p.LabelSet.Classes {
		if !class.Deleted {
			t.classes = append(t.classes, class)
		}
	}
	return t, nil
}

func cores() int { return runtime.GOMAXPROCS(0) }
