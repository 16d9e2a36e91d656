package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
)

// maxBatch is how many waiting requests share one commit.
const maxBatch = 256

// request is one write waiting for its commit.
type request struct {
	do   func(*tx) error
	done chan error
}

// writer owns the one connection that writes. It takes one request, then all
// that wait, commits them together and leaves it to the syncer to answer every
// caller once the disk has it. A request that fails is undone alone; it may run
// twice, so it must set what it returns anew.
type writer struct {
	conn     *sql.Conn
	now      func() time.Time
	requests chan *request
	quit     chan struct{}
	stopped  chan struct{}
	fault    chan error
	stmts    map[string]driver.Stmt
	values   []driver.NamedValue                     // scratch: the arguments of one statement
	heads    map[akhra.OrgID]akhra.Seq               // last seq used, by organisation
	classes  map[akhra.Tenant]map[akhra.ClassID]bool // those answers may name
	leased   leased
	syncer   *syncer
	broken   atomic.Bool // set after a disk fault; nothing is written any more

	mu      sync.Mutex            // guards the rest
	changed chan struct{}         // closed when a log grew
	recent  map[akhra.OrgID]*tail // of every log
}

func newWriter(ctx context.Context, pool *sql.DB, s *syncer, tails map[akhra.OrgID]*tail, now func() time.Time) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the writing connection: %w", err)
	}
	w := &writer{
		conn: conn, now: now, requests: make(chan *request, maxBatch),
		quit: make(chan struct{}), stopped: make(chan struct{}), fault: make(chan error, 1),
		stmts: map[string]driver.Stmt{}, heads: map[akhra.OrgID]akhra.Seq{}, classes: map[akhra.Tenant]map[akhra.ClassID]bool{}, leased: leased{}, syncer: s, changed: make(chan struct{}), recent: tails,
	}
	go s.run(w.synced)
	go w.run()
	return w, nil
}

// writeAlways runs do in a transaction and returns when it is durable. A
// context that ends while waiting leaves the outcome unknown. It writes on a
// nearly full disk too: what lets people in and data out.
func (db *DB) writeAlways(ctx context.Context, do func(*tx) error) error {
	r := &request{do: do, done: make(chan error, 1)}
	select {
	case db.writer.requests <- r:
	case <-db.writer.stopped:
		return akhra.Errorf(akhra.Unavailable, "The server is stopping. Please try again in a moment.")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-r.done:
		return err
	case <-db.writer.stopped:
		return akhra.Errorf(akhra.Unavailable, "The server is stopping. Please try again in a moment.")
	}
}

func (w *writer) run() {
	defer close(w.stopped)
	defer w.syncer.end()
	for {
		select {
		case r := <-w.requests:
			w.commit(w.gather([]*request{r}))
		case <-w.quit:
			batch := w.gather(nil)
			if len(batch) == 0 {
				return
			}
			w.commit(batch)
		}
	}
}

func (w *writer) gather(batch []*request) []*request {
	for len(batch) < maxBatch {
		select {
		case r := <-w.requests:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// commit runs the batch and hands it to the syncer, or tells each caller why
// it could not be stored.
func (w *writer) commit(batch []*request) {
	c := committed{batch: batch, results: make([]error, len(batch))}
	if err := w.transact(&c); err != nil {
		w.forget()
		c.answer(w.judge(err))
		return
	}
	w.syncer.queue <- c
}

// forget drops what the writer knows from statements that were undone.
func (w *writer) forget() {
	clear(w.heads)
	clear(w.classes)
}

// synced tells the callers of a batch that the disk has it, or that it failed.
func (w *writer) synced(c committed, err error) {
	switch {
	case err != nil:
		w.breaks(err)
		err = errUnsure
	case len(c.events) > 0:
		w.announce(c.events)
	}
	c.answer(err)
}

// answer gives each caller its result, or all the error of the batch.
func (c committed) answer(err error) {
	for i, r := range c.batch {
		if err != nil {
			c.results[i] = err
		}
		r.done <- c.results[i]
	}
}

// transact runs a batch. Requests seldom fail, so they first run without
// savepoints; when one does, all is undone and runs again, each in its own.
func (w *writer) transact(c *committed) error {
	if w.broken.Load() {
		return errUnsure
	}
	return w.conn.Raw(func(conn any) error {
		t := &tx{w: w, ctx: context.Background(), conn: conn.(driver.ConnPrepareContext), leases: map[akhra.AssignmentID]given{}}
		err := t.begin(c.batch, c.results, (*tx).bare)
		if errors.Is(err, errAgain) {
			w.forget()
			t.events = nil
			clear(t.leases)
			err = t.begin(c.batch, c.results, (*tx).savepoint)
		}
		if err == nil {
			w.leased.add(t.leases)
		}
		c.events = t.events
		return err
	})
}

// errAgain says that a batch must run with savepoints.
var errAgain = errors.New("a request of the batch failed")

func (t *tx) begin(batch []*request, results []error, one func(*tx, func(*tx) error) (result, batch error)) (err error) {
	if err := t.plain("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for i, r := range batch {
		if results[i], err = one(t, r.do); err != nil {
			return t.rollback(err)
		}
	}
	if err := t.plain("COMMIT"); err != nil {
		return t.rollback(err)
	}
	return nil
}

// errUnsure is what callers hear whose batch the disk may or may not have.
var errUnsure = akhra.Errorf(akhra.Unavailable, "It is not sure whether this was stored. Please send the same again.")

// judge translates the error of a whole batch for its callers.
func (w *writer) judge(err error) error {
	if isFull(err) {
		return akhra.Errorf(akhra.Unavailable, "The disk is full. What was stored is safe; this could not be stored yet and will be tried again.")
	}
	if isDiskFault(err) {
		w.breaks(err)
	}
	return errUnsure
}

// breaks ends all writing and says why, once.
func (w *writer) breaks(err error) {
	if !w.broken.Swap(true) {
		w.fault <- err
	}
}

// announce tells who follows a log of its new events.
func (w *writer) announce(events []akhra.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range events {
		if w.recent[e.Org] == nil {
			w.recent[e.Org] = &tail{}
		}
		w.recent[e.Org].add(e)
	}
	close(w.changed)
	w.changed = make(chan struct{})
}

func (w *writer) close() error {
	close(w.quit)
	<-w.stopped
	for _, s := range w.stmts {
		s.Close()
	}
	_, _ = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)") // best effort: the WAL is as durable
	return w.conn.Close()
}
