package store

import (
	"context"
	"database/sql"

	"akhra.dev/akhra"
)

const itemColumns = "id, blob, name, width, height, variant320, variant720, variant1440, thumb, seq, created, removed, batch"

func scanItem(row scanner) (i akhra.Item, err error) {
	return i, row.Scan(&i.ID, &i.Blob, &i.Name, &i.Width, &i.Height, &i.Variants[0], &i.Variants[1], &i.Variants[2], &i.Thumb, &i.Seq, &i.Created, &i.Removed, &i.Batch)
}

// AddItems stores pictures in their order, each with its first task. The same
// original bytes are the same item: added[i] is false for one that the
// project has, which stays in its batch; one that was removed is brought back.
// The other projects of its family get them too, and the batches they name.
func (db *DB) AddItems(ctx context.Context, tn akhra.Tenant, items []akhra.Item) (added []bool, err error) {
	err = db.write(ctx, func(t *tx) (err error) {
		if added, err = t.addItems(tn, items, db); err != nil {
			return err
		}
		others, err := t.siblings(tn)
		for _, other := range others {
			if _, err := t.addItems(other, items, db); err != nil {
				return err
			}
		}
		return err
	})
	return added, err
}

func (t *tx) addItems(tn akhra.Tenant, items []akhra.Item, db *DB) ([]bool, error) {
	var last int64
	var labels string
	if err := t.row("SELECT last_item, label_set FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &last, &labels); err != nil {
		return nil, found(err, "project")
	}
	added, before := make([]bool, len(items)), last
	own := map[akhra.BatchID]akhra.BatchID{"": ""}
	for i, item := range items {
		if _, known := own[item.Batch]; !known {
			batch, err := t.ownBatch(tn, item.Batch)
			if err != nil {
				return nil, err
			}
			own[item.Batch] = batch
		}
		n, err := t.exec("INSERT INTO item (org, project, "+itemColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14)
			ON CONFLICT DO NOTHING`, tn.Org, tn.Project, item.ID, item.Blob, item.Name, item.Width, item.Height,
			item.Variants[0], item.Variants[1], item.Variants[2], item.Thumb, last+1, item.Created, own[item.Batch])
		if err != nil {
			return nil, err
		}
		if n == 0 {
			if err := t.restoreBlob(tn, item.Blob); err != nil {
				return nil, err
			}
			continue
		}
		added[i], last = true, last+1
		if _, err := t.exec("INSERT INTO task (org, project, id, item, label_set, round, purpose) VALUES ($1, $2, $3, $4, $5, 0, '')",
			tn.Org, tn.Project, db.NewID(), item.ID, labels); err != nil {
			return nil, err
		}
	}
	return added, t.itemsAdded(tn, before, last)
}

func (t *tx) itemsAdded(tn akhra.Tenant, before, last int64) error {
	if last == before {
		return nil
	}
	if _, err := t.exec("UPDATE project SET last_item = $3 WHERE org = $1 AND id = $2", tn.Org, tn.Project, last); err != nil {
		return err
	}
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventItemsAdded, Subject: string(tn.Project),
		Body: encode(map[string]int64{"after": before, "last": last})})
	return err
}

// Items lists the pictures of a project that came after a place, in order,
// removed ones included.
func (db *DB) Items(ctx context.Context, tn akhra.Tenant, afterSeq int64, limit int) ([]akhra.Item, error) {
	return list(ctx, db, "SELECT "+itemColumns+" FROM item WHERE org = $1 AND project = $2 AND seq > $3 ORDER BY seq LIMIT $4",
		[]any{tn.Org, tn.Project, afterSeq, limit}, scanItem)
}

// Item finds a picture of a project.
func (db *DB) Item(ctx context.Context, tn akhra.Tenant, id akhra.ItemID) (akhra.Item, error) {
	s, err := db.read(ctx, "SELECT "+itemColumns+" FROM item WHERE org = $1 AND project = $2 AND id = $3")
	if err != nil {
		return akhra.Item{}, err
	}
	i, err := scanItem(s.QueryRowContext(ctx, tn.Org, tn.Project, id))
	return i, found(err, "picture")
}

// KnownBlob tells whether a project has a picture of these original bytes.
func (db *DB) KnownBlob(ctx context.Context, tn akhra.Tenant, hash string) (bool, error) {
	var n int
	err := db.one(ctx, "SELECT COUNT(*) FROM item WHERE org = $1 AND project = $2 AND blob = $3", []any{tn.Org, tn.Project, hash}, &n)
	return n > 0, err
}

// Task finds a task of a project.
func (db *DB) Task(ctx context.Context, tn akhra.Tenant, id akhra.TaskID) (t akhra.Task, err error) {
	err = db.one(ctx, `SELECT t.id, t.item, t.label_set, t.round, t.purpose, i.removed > 0 FROM task t
		JOIN item i ON i.org = t.org AND i.project = t.project AND i.id = t.item WHERE t.org = $1 AND t.project = $2 AND t.id = $3`,
		[]any{tn.Org, tn.Project, id}, &t.ID, &t.Item, &t.LabelSet, &t.Round, &t.Purpose, &t.Removed)
	return t, found(err, "task")
}

// Tasks streams the tasks of a project in the order of their pictures, those
// of removed ones included, and of a picture by round.
func (db *DB) Tasks(ctx context.Context, tn akhra.Tenant, fn func(akhra.Task) error) error {
	return db.each(ctx, `SELECT t.id, t.item, t.label_set, t.round, t.purpose, i.removed > 0 FROM item i
		JOIN task t ON t.org = i.org AND t.project = i.project AND t.item = i.id
		WHERE i.org = $1 AND i.project = $2 ORDER BY i.seq, t.round`, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var t akhra.Task
		if err := rows.Scan(&t.ID, &t.Item, &t.LabelSet, &t.Round, &t.Purpose, &t.Removed); err != nil {
			return err
		}
		return fn(t)
	})
}
