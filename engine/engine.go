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
	"akhra.dev/akhra/backend"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/catalogue"
	"akhra.dev/akhra/certify"
	"akhra.dev/akhra/consensus"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/hook"
	"akhra.dev/akhra/ingest"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/portrait"
	"akhra.dev/akhra/propose"
	"akhra.dev/akhra/queue"
	"akhra.dev/akhra/sight"
	"akhra.dev/akhra/store"
)

// Config is what an engine stands on. Now, Chance and Log may be left out.
type Config struct {
	DB     *store.DB
	Blobs  *blob.Store
	Now    func() time.Time
	Chance io.Reader
	Log    *slog.Logger
	Out    hook.Client // tells webhooks; nil tells nobody
	Fill   bool        // Run reads the pictures of the projects before the engine counts as filled
}

// Engine is the platform without its doors.
type Engine struct {
	Queue     *queue.Room
	Consensus *consensus.Room
	Loop      *loop.Room
	Sight     *sight.Room
	Portrait  *portrait.Room
	Certify   *certify.Room
	Propose   *propose.Room
	Ingest    *ingest.Room
	Backend   *backend.Room
	Dataset   *dataset.Room
	Catalogue *catalogue.Room
	Intake    *dataset.Intake
	Hook      *hook.Room

	db    *store.DB
	blobs *blob.Store
	now   func() time.Time
	log   *slog.Logger

	follow sync.Mutex // one step through the log at a time
	tails  []*tail
	org    akhra.OrgID

	mu       sync.Mutex
	learners map[akhra.Tenant]*learner

	endings endings
	filling filling
}

// The rooms satisfy each other's ports here, where they are joined.
var (
	_ queue.Store      = (*store.DB)(nil)
	_ queue.Ranking    = (*loop.Room)(nil)
	_ loop.Store       = (*store.DB)(nil)
	_ queue.Proposer   = (*propose.Room)(nil)
	_ propose.Store    = (*store.DB)(nil)
	_ propose.Model    = (*loop.Room)(nil)
	_ certify.Store    = (*store.DB)(nil)
	_ certify.Model    = (*loop.Room)(nil)
	_ certify.Judge    = (*consensus.Room)(nil)
	_ loop.Blobs       = (*blob.Store)(nil)
	_ portrait.Learner = (*loop.Room)(nil)
	_ sight.Learner    = (*loop.Room)(nil)
	_ sight.Store      = (*store.DB)(nil)
	_ sight.Blobs      = (*blob.Store)(nil)
	_ sight.Embedder   = (*backend.Network)(nil)
	_ backend.Store    = (*store.DB)(nil)
	_ backend.Blobs    = (*blob.Store)(nil)
	_ dataset.Store    = (*store.DB)(nil)
	_ dataset.Blobs    = (*blob.Store)(nil)
	_ catalogue.Store  = (*store.DB)(nil)
	_ catalogue.Model  = (*loop.Room)(nil)
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
	e := &Engine{db: c.DB, blobs: c.Blobs, now: c.Now, log: c.Log, learners: map[akhra.Tenant]*learner{},
		endings: endings{jobs: map[akhra.JobID]ending{}}}
	e.filling.over.Store(!c.Fill)
	e.Consensus = consensus.New(c.DB, c.Log)
	e.Backend = backend.New(c.DB, c.Blobs)
	e.Loop = loop.New(c.DB, c.Blobs, c.Now, c.Log)
	e.Portrait = portrait.New(e.Loop)
	e.Sight = sight.New(e.Loop, c.DB, c.Blobs, e.network, c.Now, c.Log)
	e.Certify = certify.New(c.DB, e.Loop, e.Consensus, c.Now, c.Log)
	e.Catalogue = catalogue.New(c.DB, e.Loop, c.Now)
	e.Propose = propose.New(c.DB, e.Loop)
	e.Queue = queue.New(c.DB, e.Loop, e.Propose, c.Now, c.Log)
	e.Ingest = ingest.New(c.DB, c.Blobs, c.Now, c.Chance)
	e.Dataset = dataset.New(c.DB, c.Blobs, child{e})
	e.Intake = dataset.NewIntake(c.DB)
	e.Hook = hook.New(c.DB, c.Out, c.Now, c.Log)
	e.tails = []*tail{
		{name: "consensus", apply: e.infer, save: e.Consensus.Save, owed: e.Consensus.Owed},
		{name: "loop", apply: e.Loop.Apply},
		{name: "queue", apply: e.Queue.Apply},
	}
	return e
}

// network opens a trained network to see pictures with.
func (e *Engine) network(ctx context.Context, org akhra.OrgID, name string) (sight.Embedder, error) {
	return e.Backend.Open(ctx, org, name)
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
	failed := make(chan error, 5)
	var wait sync.WaitGroup
	for _, work := range []func(context.Context) error{e.followLog, e.runJobs, e.runQuick, e.tellHooks, e.sweep} {
		wait.Go(func() {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				failed <- err
				stop()
			}
		})
	}
	wait.Go(func() { e.fill(ctx) })
	wait.Wait()
	e.waitLearners()
	if err := e.save(context.WithoutCancel(ctx)); err != nil {
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
		if p.State == akhra.ProjectErasing {
			continue
		}
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
		if err := e.eraseLate(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("removed projects were not erased", "error", err)
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
