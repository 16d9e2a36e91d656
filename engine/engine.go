package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/consensus"
	"akhra.dev/akhra/ingest"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/queue"
	"akhra.dev/akhra/store"
)

// Config is what an engine stands on. Now, Chance and Log may be left out.
type Config struct {
	DB     *store.DB
	Blobs  *blob.Store
	Now    func() time.Time
	Chance io.Reader
	Log    *slog.Logger
}

// Engine is the platform without its doors.
type Engine struct {
	Queue     *queue.Room
	Consensus *consensus.Room
	Loop      *loop.Room
	Ingest    *ingest.Room

	db  *store.DB
	now func() time.Time
	log *slog.Logger

	follow sync.Mutex // one step through the log at a time
	tails  []*tail
	org    akhra.OrgID

	mu       sync.Mutex
	learners map[akhra.Tenant]*learner
}

// The rooms satisfy each other's ports here, where they are joined.
var (
	_ queue.Store   = (*store.DB)(nil)
	_ queue.Ranking = (*loop.Room)(nil)
	_ loop.Store    = (*store.DB)(nil)
	_ loop.Blobs    = (*blob.Store)(nil)
)

// New joins the rooms over a store and its blobs. Nothing runs until Run.
func New(c Config) *Engine {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Chance == nil {
		c.Chance = rand.Reader
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{db: c.DB, now: c.Now, log: c.Log, learners: map[akhra.Tenant]*learner{}}
	e.Consensus = consensus.New(c.DB, c.Log)
	e.Loop = loop.New(c.DB, c.Blobs, c.Now, c.Log)
	e.Queue = queue.New(c.DB, e.Loop, c.Now, c.Log)
	e.Ingest = ingest.New(c.DB, c.Blobs, c.Now, c.Chance)
	e.tails = []*tail{
		{name: "consensus", apply: e.Consensus.Apply},
		{name: "loop", apply: e.Loop.Apply},
		{name: "queue", apply: e.Queue.Apply},
	}
	return e
}

// Run works until the context ends: it follows the log, runs jobs, sweeps
// expired leases and trains in the background. It returns an error only when
// the log can no longer be followed.
func (e *Engine) Run(ctx context.Context) error {
	if err := e.begin(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := e.resume(ctx); err != nil {
		return err
	}
	failed := make(chan error, 3)
	var wait sync.WaitGroup
	for _, work := range []func(context.Context) error{e.followLog, e.runJobs, e.sweep} {
		wait.Go(func() {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				failed <- err
				stop()
			}
		})
	}
	wait.Wait()
	e.waitLearners()
	if err := e.saveCursors(context.WithoutCancel(ctx)); err != nil {
		e.log.Warn("cursors not saved; the log will be followed again from the last ones", "error", err)
	}
	close(failed)
	return <-failed
}

// begin reads the organisation and the consumers' cursors, once.
func (e *Engine) begin(ctx context.Context) error {
	e.follow.Lock()
	defer e.follow.Unlock()
	if e.org != "" {
		return nil
	}
	org, err := e.db.EnsureOrg(ctx, "Akhra")
	if err != nil {
		return fmt.Errorf("find the organisation: %w", err)
	}
	for _, t := range e.tails {
		if t.at, err = e.db.Cursor(ctx, org.ID, t.name); err != nil {
			return fmt.Errorf("read cursor of %s: %w", t.name, err)
		}
		t.saved = t.at
	}
	e.org = org.ID
	return nil
}

// resume looks at every project once: pictures without a vector or answers
// that teach nothing yet may have been left by a killed process.
func (e *Engine) resume(ctx context.Context) error {
	projects, err := e.db.Projects(ctx, e.org)
	if err != nil {
		return fmt.Errorf("read projects: %w", err)
	}
	for _, p := range projects {
		e.learner(akhra.Tenant{Org: e.org, Project: p.ID}).wake(ctx, true)
	}
	return nil
}

const sweepEvery = 10 * time.Second

func (e *Engine) sweep(ctx context.Context) error {
	for pause(ctx, sweepEvery) {
		if _, err := e.Queue.Sweep(ctx, e.org); err != nil && ctx.Err() == nil {
			e.log.Error("expired leases were not released", "error", err)
		}
	}
	return nil
}

// pause waits, false when the context ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
