package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"akhra.dev/akhra"
)

// Remove takes pictures out of a project: they are not asked, shown or
// delivered any more. Answers about them stay, and those that still arrive are
// kept. It gives those that were in.
func (db *DB) Remove(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID, by akhra.UserID) ([]akhra.ItemID, error) {
	return db.eachItem(ctx, items, func(t *tx, item akhra.ItemID) (bool, error) { return t.remove(tn, item, by) })
}

// Restore brings removed pictures back; it gives those that were out, for no
// longer than akhra.KeptRemoved.
func (db *DB) Restore(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID, by akhra.UserID) ([]akhra.ItemID, error) {
	return db.eachItem(ctx, items, func(t *tx, item akhra.ItemID) (bool, error) { return t.restore(tn, item, by) })
}

// eachItem does something to pictures in one transaction and gives those it
// was done to.
func (db *DB) eachItem(ctx context.Context, items []akhra.ItemID, do func(*tx, akhra.ItemID) (bool, error)) (done []akhra.ItemID, err error) {
	err = db.write(ctx, func(t *tx) error {
		done = nil
		for _, item := range items {
			ok, err := do(t, item)
			if err != nil {
				return err
			}
			if ok {
				done = append(done, item)
			}
		}
		return nil
	})
	return done, err
}

func (t *tx) remove(tn akhra.Tenant, item akhra.ItemID, by akhra.UserID) (bool, error) {
	n, err := t.exec("UPDATE item SET removed = $4 WHERE org = $1 AND project = $2 AND id = $3 AND removed = 0",
		tn.Org, tn.Project, item, max(1, akhra.MillisOf(t.w.now())))
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.itemEvent(tn, akhra.EventItemRemoved, item, by, map[string]akhra.ItemID{"item": item})
}

func (t *tx) restore(tn akhra.Tenant, item akhra.ItemID, by akhra.UserID) (bool, error) {
	n, err := t.exec("UPDATE item SET removed = 0 WHERE org = $1 AND project = $2 AND id = $3 AND removed > $4",
		tn.Org, tn.Project, item, max(0, keptSince(t.w.now())))
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.itemEvent(tn, akhra.EventItemRestored, item, by, map[string]akhra.ItemID{"item": item})
}

// keptSince is the moment from which on removed pictures can be brought back.
func keptSince(now time.Time) akhra.Millis { return akhra.MillisOf(now.Add(-akhra.KeptRemoved)) }

// restoreBlob brings a removed picture back because its bytes came again.
func (t *tx) restoreBlob(tn akhra.Tenant, blob string) error {
	var id akhra.ItemID
	err := t.row("UPDATE item SET removed = 0 WHERE org = $1 AND project = $2 AND blob = $3 AND removed > 0 RETURNING id", []any{tn.Org, tn.Project, blob}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.itemEvent(tn, akhra.EventItemRestored, id, "", map[string]akhra.ItemID{"item": id})
}

// Removed lists the pictures that can be brought back, the last removed first.
func (db *DB) Removed(ctx context.Context, tn akhra.Tenant, limit int) ([]akhra.Item, error) {
	return list(ctx, db, "SELECT "+itemColumns+" FROM item WHERE org = $1 AND project = $2 AND removed > $3 ORDER BY removed DESC, seq LIMIT $4",
		[]any{tn.Org, tn.Project, max(0, keptSince(db.now())), limit}, scanItem)
}
