package project

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/store"
)

// How often a page hears of news, how often its session is looked at, and how
// many events one round reads before it counts every project as changed.
const (
	eventPause   = 500 * time.Millisecond
	sessionWatch = 2 * time.Second
	eventPage    = 1000
	eventPages   = 20
	heartbeat    = 15 * time.Second
)

func (a *room) routeEvents() {
	a.Plain("events", a.events, door.Shapes(door.Params("path", "project"), door.BytesOut("text/event-stream")))
}

// events streams "progress" and "job" of one project, each at most twice a
// second, until the page leaves or its session ends.
func (a *room) events(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	t := c.Tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.Known(r.Context(), t); err != nil {
		return err
	}
	feed, leave := a.feeds.join(t.Org)
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	s := stream{w: w, out: http.NewResponseController(w)}
	s.seen, _ = strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64)
	if s.send("retry: 2000\n\n") != nil {
		return nil
	}
	a.follow(r.Context(), c, t.Project, feed, &s)
	return nil
}

func (a *room) follow(ctx context.Context, c *door.Caller, project akhra.ProjectID, feed *feed, s *stream) {
	closing := a.Closing
	watch, alive := time.NewTicker(sessionWatch), time.NewTicker(heartbeat)
	defer watch.Stop()
	defer alive.Stop()
	for {
		progress, job, changed := feed.state(project)
		if s.news(progress, job) != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-closing:
			return
		case <-changed:
		case <-alive.C:
			if s.send(": still here\n\n") != nil {
				return
			}
		case <-watch.C:
			if c.Local {
				continue
			}
			if now, err := a.Again(ctx, c); err != nil || !now.May(akhra.ActSeeProgress) || !now.Sees(project) {
				return
			}
		}
	}
}

// stream writes server-sent events and remembers what was sent.
type stream struct {
	w         http.ResponseWriter
	out       *http.ResponseController
	seen, job int64
}

func (s *stream) news(progress, job akhra.Seq) error {
	if int64(job) > s.job {
		s.job = int64(job)
		if err := s.send(fmt.Sprintf("event: job\ndata: {\"seq\":%d}\n\n", job)); err != nil {
			return err
		}
	}
	if int64(progress) <= s.seen {
		return nil
	}
	s.seen = int64(progress)
	return s.send(fmt.Sprintf("id: %d\nevent: progress\ndata: {\"seq\":%d}\n\n", progress, progress))
}

func (s *stream) send(text string) error {
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.out.Flush()
}

// feeds holds one feed an organisation while somebody listens.
type feeds struct {
	db *store.DB
	mu sync.Mutex
	by map[akhra.OrgID]*feed
}

func newFeeds(db *store.DB) *feeds { return &feeds{db: db, by: map[akhra.OrgID]*feed{}} }

// feed reads an organisation's log once for all who listen.
type feed struct {
	mu        sync.Mutex
	listeners int
	stop      context.CancelFunc
	changed   chan struct{}
	floor     akhra.Seq // every project counts as changed up to here
	progress  map[akhra.ProjectID]akhra.Seq
	jobs      map[akhra.ProjectID]akhra.Seq
}

func (f *feeds) join(org akhra.OrgID) (*feed, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.by[org]
	if one == nil {
		ctx, stop := context.WithCancel(context.Background())
		one = &feed{stop: stop, changed: make(chan struct{}), progress: map[akhra.ProjectID]akhra.Seq{}, jobs: map[akhra.ProjectID]akhra.Seq{}}
		f.by[org] = one
		go one.run(ctx, f.db, org)
	}
	one.listeners++
	return one, sync.OnceFunc(func() { f.leave(org, one) })
}

func (f *feeds) leave(org akhra.OrgID, one *feed) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one.listeners--; one.listeners == 0 {
		one.stop()
		delete(f.by, org)
	}
}

func (f *feed) state(project akhra.ProjectID) (progress, job akhra.Seq, changed <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(f.floor, f.progress[project]), f.jobs[project], f.changed
}

func (f *feed) run(ctx context.Context, db *store.DB, org akhra.OrgID) {
	last, err := db.Head(ctx, org)
	f.skipTo(last)
	for ctx.Err() == nil {
		if err == nil {
			select {
			case <-ctx.Done():
				return
			case <-db.Changed(org, last):
			}
		}
		if last, err = f.read(ctx, db, org, last); err == nil {
			f.tell()
		}
		select {
		case <-ctx.Done():
		case <-time.After(eventPause):
		}
	}
}

// read takes in what the log says after last. A log that runs ahead faster
// than it can be read counts as a change of every project.
func (f *feed) read(ctx context.Context, db *store.DB, org akhra.OrgID, last akhra.Seq) (akhra.Seq, error) {
	for range eventPages {
		events, err := db.Events(ctx, org, last, eventPage)
		if err != nil {
			return last, err
		}
		f.note(events)
		if len(events) > 0 {
			last = events[len(events)-1].Seq
		}
		if len(events) < eventPage {
			return last, nil
		}
	}
	head, err := db.Head(ctx, org)
	if err != nil {
		return last, err
	}
	f.skipTo(head)
	return head, nil
}

func (f *feed) note(events []akhra.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		if e.Kind == akhra.EventJobChanged {
			f.jobs[e.Project] = e.Seq
			continue
		}
		f.progress[e.Project] = e.Seq
	}
}

func (f *feed) skipTo(seq akhra.Seq) {
	f.mu.Lock()
	f.floor = seq
	f.mu.Unlock()
	f.tell()
}

func (f *feed) tell() {
	f.mu.Lock()
	close(f.changed)
	f.changed = make(chan struct{})
	f.mu.Unlock()
}
