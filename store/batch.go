package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

const batchColumns = "id, name, priority, overlap, created"

func scanBatch(row scanner) (b akhra.Batch, err error) {
	return b, row.Scan(&b.ID, &b.Name, &b.Priority, &b.Overlap, &b.Created)
}

// PutBatch stores a batch; the same id again takes its place. It fails with
// conflict when another batch has the name, and with too large at
// akhra.MaxBatches.
func (db *DB) PutBatch(ctx context.Context, tn akhra.Tenant, b akhra.Batch, by akhra.UserID) error {
	if err := b.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		was, err := t.batch(tn, b.ID)
		if akhra.CodeOf(err) == akhra.NotFound {
			return t.addBatch(tn, b, by)
		}
		if b.Created = was.Created; err != nil || b == was {
			return err
		}
		if _, err := t.exec("UPDATE batch SET name = $4, priority = $5, overlap = $6 WHERE org = $1 AND project = $2 AND id = $3",
			tn.Org, tn.Project, b.ID, b.Name, b.Priority, b.Overlap); err != nil {
			return batchTaken(err)
		}
		return t.batchEvent(tn, akhra.EventBatchChanged, b, was.Overlap, by)
	})
}

func (t *tx) addBatch(tn akhra.Tenant, b akhra.Batch, by akhra.UserID) error {
	var n int
	if err := t.row("SELECT COUNT(*) FROM batch WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &n); err != nil {
		return err
	}
	if n >= akhra.MaxBatches {
		return akhra.Errorf(akhra.TooLarge, "A project keeps at most %d batches. Take an empty one away first.", akhra.MaxBatches)
	}
	if _, err := t.exec("INSERT INTO batch (org, project, "+batchColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
		tn.Org, tn.Project, b.ID, b.Name, b.Priority, b.Overlap, akhra.MillisOf(t.w.now())); err != nil {
		return batchTaken(err)
	}
	return t.batchEvent(tn, akhra.EventBatchCreated, b, b.Overlap, by)
}

func batchTaken(err error) error {
	if isUnique(err) {
		return &akhra.Error{Code: akhra.Conflict, Field: "name", Message: "There is a batch of this name already."}
	}
	return err
}

// batchChanged is the body of a batch event. Was is the overlap before it.
type batchChanged struct {
	Name     string         `json:"name"`
	Priority akhra.Priority `json:"priority"`
	Overlap  int            `json:"overlap"`
	Was      int            `json:"was"`
}

func (t *tx) batchEvent(tn akhra.Tenant, kind akhra.EventKind, b akhra.Batch, was int, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: kind, Actor: by, Subject: string(b.ID),
		Body: encode(batchChanged{b.Name, b.Priority, b.Overlap, was})})
	return err
}

// RemoveBatch takes a batch away that has no pictures; it fails with conflict
// while it has. Removed pictures leave it.
func (db *DB) RemoveBatch(ctx context.Context, tn akhra.Tenant, id akhra.BatchID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		b, err := t.batch(tn, id)
		if err != nil {
			return err
		}
		var out []akhra.ItemID
		in := 0
		err = t.each("SELECT id, removed FROM item WHERE org = $1 AND project = $2 AND batch = $3 AND batch <> ''", []any{tn.Org, tn.Project, id}, func(row scanner) error {
			var item akhra.ItemID
			var removed akhra.Millis
			err := row.Scan(&item, &removed)
			if out = append(out, item); removed == 0 {
				in++
			}
			return err
		})
		if err != nil {
			return err
		}
		if in > 0 {
			return akhra.Errorf(akhra.Conflict, "The batch has pictures. Put them into another one first.")
		}
		for _, item := range out {
			if err := t.moveItem(tn, item, akhra.Batch{}, by); err != nil {
				return err
			}
		}
		if _, err := t.exec("DELETE FROM batch WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, id); err != nil {
			return err
		}
		return t.batchEvent(tn, akhra.EventBatchRemoved, b, b.Overlap, by)
	})
}

// Batches lists the batches of a project, those asked first first, then by name.
func (db *DB) Batches(ctx context.Context, tn akhra.Tenant) ([]akhra.Batch, error) {
	return list(ctx, db, "SELECT "+batchColumns+` FROM batch WHERE org = $1 AND project = $2
		ORDER BY CASE priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END, name, id`, []any{tn.Org, tn.Project}, scanBatch)
}

const batchRead = "SELECT " + batchColumns + " FROM batch WHERE org = $1 AND project = $2 AND id = $3"

// Batch finds a batch of a project.
func (db *DB) Batch(ctx context.Context, tn akhra.Tenant, id akhra.BatchID) (b akhra.Batch, err error) {
	err = db.one(ctx, batchRead, []any{tn.Org, tn.Project, id}, &b.ID, &b.Name, &b.Priority, &b.Overlap, &b.Created)
	return b, found(err, "batch")
}

func (t *tx) batch(tn akhra.Tenant, id akhra.BatchID) (b akhra.Batch, err error) {
	err = t.row(batchRead, []any{tn.Org, tn.Project, id}, &b.ID, &b.Name, &b.Priority, &b.Overlap, &b.Created)
	return b, found(err, "batch")
}

// Overlaps streams the pictures that came after a place and whose batch has an
// overlap of its own, with that.
func (db *DB) Overlaps(ctx context.Context, tn akhra.Tenant, after int64, fn func(item akhra.ItemID, overlap int) error) error {
	return db.each(ctx, `SELECT i.id, b.overlap FROM batch b CROSS JOIN item i WHERE b.org = $1 AND b.project = $2 AND b.overlap > 0
		AND i.org = b.org AND i.project = b.project AND i.batch = b.id AND i.batch <> '' AND i.seq > $3`, []any{tn.Org, tn.Project, after}, func(rows *sql.Rows) error {
		var item akhra.ItemID
		var overlap int
		if err := rows.Scan(&item, &overlap); err != nil {
			return err
		}
		return fn(item, overlap)
	})
}

// batched is the body of an item.batched event: Task is the picture's newest,
// Batch, its name and its overlap are those it is in after it, empty for none.
type batched struct {
	Item    akhra.ItemID  `json:"item"`
	Task    akhra.TaskID  `json:"task"`
	Batch   akhra.BatchID `json:"batch"`
	Name    string        `json:"name"`
	Overlap int           `json:"overlap"`
}

// moveItem puts a picture into a batch, or out of its own.
func (t *tx) moveItem(tn akhra.Tenant, item akhra.ItemID, to akhra.Batch, by akhra.UserID) error {
	if _, err := t.exec("UPDATE item SET batch = $4 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, item, to.ID); err != nil {
		return err
	}
	task, err := t.newestTask(tn, item)
	if err != nil {
		return err
	}
	return t.itemEvent(tn, akhra.EventItemBatched, item, by, batched{item, task.ID, to.ID, to.Name, to.Overlap})
}

// batchOf is the batch that a picture is in; ok is false where there is no such
// picture.
func (t *tx) batchOf(tn akhra.Tenant, item akhra.ItemID) (id akhra.BatchID, ok bool, err error) {
	err = t.row("SELECT batch FROM item WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, item}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return id, err == nil, err
}

func (t *tx) changeBatch(tn akhra.Tenant, c akhra.Change, o *one) (int, error) {
	was, ok, err := t.batchOf(tn, o.item)
	if o.was = string(was); err != nil || !ok || was == c.Batch {
		return changeLeft, err
	}
	to := akhra.Batch{}
	if c.Batch != "" {
		if to, err = t.batch(tn, c.Batch); err != nil {
			return changeLeft, err
		}
	}
	return changeDone, t.moveItem(tn, o.item, to, c.By)
}

// unchangeBatch puts a picture back where it was, unless it was put elsewhere
// since. Where that batch is gone it is in none.
func (t *tx) unchangeBatch(tn akhra.Tenant, c akhra.Change, o *one) (int, error) {
	now, ok, err := t.batchOf(tn, o.item)
	if err != nil || !ok || now != c.Batch {
		return changeLeft, err
	}
	to, err := t.batch(tn, akhra.BatchID(o.was))
	if err != nil && akhra.CodeOf(err) != akhra.NotFound {
		return changeLeft, err
	}
	return changeUndone, t.moveItem(tn, o.item, to, c.By)
}

// ownBatch gives a project the batch that another of its family has: by its id,
// or else by its name. So pictures that a family shares are in the same batches.
func (t *tx) ownBatch(tn akhra.Tenant, id akhra.BatchID) (akhra.BatchID, error) {
	if _, err := t.batch(tn, id); akhra.CodeOf(err) != akhra.NotFound {
		return id, err
	}
	var b akhra.Batch
	err := t.row("SELECT "+batchColumns+" FROM batch WHERE org = $1 AND id = $2 LIMIT 1", []any{tn.Org, id}, &b.ID, &b.Name, &b.Priority, &b.Overlap, &b.Created)
	if err != nil {
		return "", found(err, "batch")
	}
	err = t.row("SELECT id FROM batch WHERE org = $1 AND project = $2 AND name = $3", []any{tn.Org, tn.Project, b.Name}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return id, t.addBatch(tn, b, "")
	}
	return id, err
}
