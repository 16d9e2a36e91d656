package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// Events lists an organisation's log after a place, in order, at most limit;
// only what is durable. The newest come from memory: the slice is shared and
// must not be changed.
func (db *DB) Events(ctx context.Context, org akhra.OrgID, after akhra.Seq, limit int) ([]akhra.Event, error) {
	newest, known, head := db.writer.newest(org, after, limit)
	if known {
		return newest, nil
	}
	return list(ctx, db, `SELECT org, seq, project, kind, actor, subject, body, at FROM log WHERE org = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
		[]any{org, after, head, limit}, func(row scanner) (e akhra.Event, err error) {
			return e, row.Scan(&e.Org, &e.Seq, &e.Project, &e.Kind, &e.Actor, &e.Subject, &e.Body, &e.At)
		})
}

// Head is the place of the last durable event of an organisation, 0 before the
// first. It reads the database, so that it tells whether that can be read.
func (db *DB) Head(ctx context.Context, org akhra.OrgID) (akhra.Seq, error) {
	head, err := db.headOf(ctx, org)
	_, _, durable := db.writer.newest(org, head, 0)
	return min(head, durable), err
}

func (db *DB) headOf(ctx context.Context, org akhra.OrgID) (head akhra.Seq, err error) {
	return head, db.one(ctx, "SELECT COALESCE(MAX(seq), 0) FROM log WHERE org = $1", []any{org}, &head)
}

// tails are how far the logs are durable when a database is opened.
func (db *DB) tails(ctx context.Context) (map[akhra.OrgID]*tail, error) {
	orgs, err := list(ctx, db, "SELECT id FROM org", nil, func(row scanner) (id akhra.OrgID, err error) { return id, row.Scan(&id) })
	if err != nil {
		return nil, err
	}
	tails := map[akhra.OrgID]*tail{}
	for _, org := range orgs {
		head, err := db.headOf(ctx, org)
		if err != nil {
			return nil, err
		}
		tails[org] = &tail{head: head}
	}
	return tails, nil
}

// Append adds one event that no other method writes.
func (db *DB) Append(ctx context.Context, e akhra.Event) (seq akhra.Seq, err error) {
	err = db.writeAlways(ctx, func(t *tx) (err error) {
		seq, err = t.event(e)
		return err
	})
	return seq, err
}

// Changed gives a channel that is closed once an organisation's log has grown
// past a place; at once when it has.
func (db *DB) Changed(org akhra.OrgID, after akhra.Seq) <-chan struct{} {
	w := db.writer
	w.mu.Lock()
	defer w.mu.Unlock()
	if t := w.recent[org]; t != nil && t.head > after {
		return closed
	}
	return w.changed
}

// newest lists the events behind a place if memory has them, and tells how far
// the log is durable.
func (w *writer) newest(org akhra.OrgID, after akhra.Seq, limit int) (events []akhra.Event, known bool, head akhra.Seq) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.recent[org]
	if t == nil {
		return nil, true, 0 // nothing of it is durable
	}
	events, known = t.after(after, limit)
	return events, known, t.head
}

var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// Cursor is the last event a consumer has dealt with, 0 before the first.
func (db *DB) Cursor(ctx context.Context, org akhra.OrgID, consumer string) (seq akhra.Seq, err error) {
	err = db.one(ctx, "SELECT seq FROM log_cursor WHERE org = $1 AND consumer = $2", []any{org, consumer}, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// SetCursor remembers how far a consumer has come.
func (db *DB) SetCursor(ctx context.Context, org akhra.OrgID, consumer string, seq akhra.Seq) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO log_cursor (org, consumer, seq) VALUES ($1, $2, $3)
			ON CONFLICT (org, consumer) DO UPDATE SET seq = excluded.seq`, org, consumer, seq)
		return err
	})
}
