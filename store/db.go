package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the database driver

	"akhra.dev/akhra"
)

// readers caps concurrent read connections: a lone committing writer starves
// when more of them spin on two cores.
const readers = 4

// Options are what the store is given from outside. The zero value is right
// for production.
type Options struct {
	Now         func() time.Time // time.Now when nil
	Chance      io.Reader        // crypto/rand when nil
	Synchronous string           // "FULL" when empty: what is answered is durable; "OFF" is for simulations only
}

// DB is an open store. It is safe for concurrent use.
type DB struct {
	now    func() time.Time
	chance io.Reader
	lock   *os.File
	reads  *sql.DB
	writes *sql.DB
	stmts  sync.Map // SQL text -> *sql.Stmt on reads
	writer *writer
	sizes  sizes
	space  *space
	idMu   sync.Mutex

	closing sync.Once
	closed  error
}

// Open takes the data folder for this process, brings its database to the
// newest form and starts the writer. It fails with unavailable when the folder
// cannot be written to or another process holds it, and with precondition when
// a newer version of Akhra wrote it.
func Open(ctx context.Context, dir string, o Options) (*DB, error) {
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	db := &DB{now: o.Now, chance: o.Chance, lock: lock, space: &space{stop: make(chan struct{}), over: make(chan struct{})}}
	go db.space.watch(dir)
	if db.now == nil {
		db.now = time.Now
	}
	if db.chance == nil {
		db.chance = rand.Reader
	}
	if err := db.open(ctx, dir, o.Synchronous); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context, dir, synchronous string) (err error) {
	path := filepath.Join(dir, "akhra.db")
	sync := newSyncer(path, synchronous == "OFF")
	if synchronous != "OFF" {
		synchronous = "NORMAL" // the syncer waits for the disk
	}
	if err := refuseNewer(ctx, dir, path); err != nil {
		return err
	}
	if db.writes, err = sql.Open("sqlite", dsn(path, synchronous, false)); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	db.writes.SetMaxOpenConns(1)
	if err := migrate(ctx, db.writes, dir); err != nil {
		return err
	}
	if db.reads, err = sql.Open("sqlite", dsn(path, synchronous, true)); err != nil {
		return fmt.Errorf("open database for reading: %w", err)
	}
	db.reads.SetMaxOpenConns(readers)
	db.reads.SetMaxIdleConns(readers)
	tails, err := db.tails(ctx)
	if err != nil {
		return err
	}
	if db.writer, err = newWriter(ctx, db.writes, sync, tails, db.now); err != nil {
		return err
	}
	return db.writeAlways(ctx, (*tx).freeJobs)
}

func dsn(path, synchronous string, readOnly bool) string {
	q := url.Values{}
	q.Set("_txlock", "immediate")
	for _, p := range []string{"journal_mode(WAL)", "synchronous(" + synchronous + ")", "foreign_keys(ON)", "busy_timeout(5000)", "cache_size(-16000)", "wal_autocheckpoint(8000)"} {
		q.Add("_pragma", p)
	}
	if readOnly {
		q.Add("_pragma", "query_only(ON)")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// Close waits for the writes under way, checkpoints and lets the folder go.
// Closing again does nothing more.
func (db *DB) Close() error {
	db.closing.Do(func() { db.closed = db.close() })
	return db.closed
}

func (db *DB) close() error {
	var errs []error
	close(db.space.stop)
	<-db.space.over
	if db.writer != nil {
		errs = append(errs, db.writer.close())
	}
	for _, pool := range []*sql.DB{db.reads, db.writes} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, unlockFolder(db.lock))...)
}

// Fault delivers the error after which nothing may be written any more: the
// disk failed, and only a restart can tell what reached it. The process should
// end when it arrives.
func (db *DB) Fault() <-chan error { return db.writer.fault }

// NewID makes a UUIDv7 from the store's clock and chance.
func (db *DB) NewID() string {
	db.idMu.Lock()
	defer db.idMu.Unlock()
	id, err := akhra.NewID(db.now(), db.chance)
	if err != nil {
		panic("store: no chance left: " + err.Error()) // crypto/rand never fails
	}
	return id
}

func (db *DB) millis() akhra.Millis { return akhra.MillisOf(db.now()) }
