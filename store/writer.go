package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// maxBatch is how many waiting requests share one commit.
const maxBatch = 256

// linger is how long the writer waits for more requests while many write: the
// pages and the fsync of one commit are then shared by more of them. Whoever
// writes alone never waits.
const linger = 100 * time.Microsecond

// request is one write waiting for its commit.
type request struct {
	do   func(*tx) error
	done chan error
}

// writer owns the one connection that writes. It takes one request, then all
// that wait, commits them together and only then answers every caller: the
// fsync is the wait. A request that fails is undone alone; it may run twice,
// so it must set what it returns anew.
type writer struct {
	conn     *sql.Conn
	now      func() time.Time
	requests chan *request
	quit     chan struct{}
	stopped  chan struct{}
	fault    chan error
	stmts    map[string]driver.Stmt
	heads    map[akhra.OrgID]akhra.Seq               // last seq used, by organisation
	classes  map[akhra.Tenant]map[akhra.ClassID]bool // those answers may name
	broken   error                                   // set after a disk fault; nothing is written any more

	mu        sync.Mutex                // guards the rest
	changed   chan struct{}             // closed when a log grew
	committed map[akhra.OrgID]akhra.Seq // heads that are durable, of logs that grew since the start
}

func newWriter(ctx context.Context, pool *sql.DB, now func() time.Time) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the writing connection: %w", err)
	}
	w := &writer{
		conn: conn, now: now, requests: make(chan *request, maxBatch),
		quit: make(chan struct{}), stopped: make(chan struct{}), fault: make(chan error, 1),
		stmts: map[string]driver.Stmt{}, heads: map[akhra.OrgID]akhra.Seq{}, classes: map[akhra.Tenant]map[akhra.ClassID]bool{}, changed: make(chan struct{}), committed: map[akhra.OrgID]akhra.Seq{},
	}
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
	batch := make([]*request, 0, maxBatch)
	for {
		select {
		case r := <-w.requests:
			if len(batch) > 1 {
				time.Sleep(linger)
			}
			batch = w.gather(append(batch[:0], r))
			w.commit(batch)
		case <-w.quit:
			if batch = w.gather(batch[:0]); len(batch) == 0 {
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

// commit runs the batch and answers each caller.
func (w *writer) commit(batch []*request) {
	results := make([]error, len(batch))
	grew, err := w.transact(batch, results)
	if err != nil {
		err = w.failed(err)
	} else if grew {
		w.announce()
	}
	for i, r := range batch {
		if err != nil {
			results[i] = err
		}
		r.done <- results[i]
	}
}

// transact runs a batch. Requests seldom fail, so they first run without
// savepoints; when one does, all is undone and runs again, each in its own.
func (w *writer) transact(batch []*request, results []error) (grew bool, err error) {
	if w.broken != nil {
		return false, w.broken
	}
	err = w.conn.Raw(func(conn any) error {
		t := &tx{w: w, ctx: context.Background(), conn: conn.(driver.ConnPrepareContext)}
		err := t.begin(batch, results, (*tx).bare)
		if errors.Is(err, errAgain) {
			clear(w.heads)
			t.events = 0
			err = t.begin(batch, results, (*tx).savepoint)
		}
		grew = t.events > 0
		return err
	})
	return grew && err == nil, err
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

// failed translates the error of a whole batch for its callers.
func (w *writer) failed(err error) error {
	clear(w.heads)
	clear(w.classes)
	switch {
	case isFull(err):
		return akhra.Errorf(akhra.Unavailable, "The disk is full. What was stored is safe; this could not be stored yet and will be tried again.")
	case isDiskFault(err) && w.broken == nil:
		w.broken = err
		w.fault <- err
	}
	return akhra.Errorf(akhra.Unavailable, "It is not sure whether this was stored. Please send the same again.")
}

func (w *writer) announce() {
	w.mu.Lock()
	close(w.changed)
	w.changed = make(chan struct{})
	maps.Copy(w.committed, w.heads)
	w.mu.Unlock()
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
