package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// TakePack gives an annotator a pack: the tasks of it that she has not
// answered, their time renewed, then the given places in their order until it
// has p.Size, except of tasks that she holds or answered. Taking it again is
// harmless and fills it up. A pack of somebody else is not found.
func (db *DB) TakePack(ctx context.Context, tn akhra.Tenant, p akhra.Pack, places []akhra.Slot) ([]akhra.Assignment, error) {
	var got []akhra.Assignment
	err := db.write(ctx, func(t *tx) (err error) {
		if err := t.asks(tn); err != nil {
			return err
		}
		if err = t.takePack(tn, p); err != nil {
			return err
		}
		if got, err = t.packed(tn, p); err != nil {
			return err
		}
		got, err = t.claimAll(tn, db.NewID, akhra.Assignment{Annotator: p.Annotator, LeaseUntil: p.Until, Pack: p.ID}, p.Size, places, got)
		return err
	})
	return got, err
}

// takePack writes the pack, or its new end.
func (t *tx) takePack(tn akhra.Tenant, p akhra.Pack) error {
	n, err := t.exec(`INSERT INTO pack (org, project, id, annotator, size, taken, until, returned) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
		ON CONFLICT (org, project, id) DO NOTHING`, tn.Org, tn.Project, p.ID, p.Annotator, p.Size, p.Taken, p.Until)
	if err != nil {
		return err
	}
	if n == 1 {
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventPackTaken, Actor: p.Annotator, Subject: string(p.ID), Body: encode(p)})
		return err
	}
	n, err = t.exec("UPDATE pack SET size = $5, until = $6, returned = 0 WHERE org = $1 AND project = $2 AND id = $3 AND annotator = $4",
		tn.Org, tn.Project, p.ID, p.Annotator, p.Size, p.Until)
	if err == nil && n == 0 {
		err = errNoPack()
	}
	return err
}

func errNoPack() error { return akhra.Errorf(akhra.NotFound, "There is no such pack of yours.") }

// packed renews the open tasks of a pack and lists them.
func (t *tx) packed(tn akhra.Tenant, p akhra.Pack) (open []akhra.Assignment, err error) {
	_, err = t.exec("UPDATE assignment SET lease_until = $5 WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND pack = $4",
		tn.Org, tn.Project, p.Annotator, p.ID, p.Until)
	if err != nil {
		return nil, err
	}
	return t.openOf(tn, p.Annotator, p.ID)
}

// openOf lists the tasks of a pack that are not answered, by their ids.
func (t *tx) openOf(tn akhra.Tenant, annotator akhra.UserID, id akhra.PackID) (open []akhra.Assignment, err error) {
	err = t.each("SELECT "+assignmentColumns+` FROM assignment
		WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND pack = $4 ORDER BY id`, []any{tn.Org, tn.Project, annotator, id}, func(row scanner) error {
		a, err := scanAssignment(row)
		open = append(open, a)
		return err
	})
	return open, err
}

// ReturnPack gives back what an annotator has not answered of a pack, and
// lists it. Answers that still arrive for it are kept.
func (db *DB) ReturnPack(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, id akhra.PackID) ([]akhra.Assignment, error) {
	var open []akhra.Assignment
	err := db.write(ctx, func(t *tx) (err error) {
		now := akhra.MillisOf(t.w.now())
		n, err := t.exec("UPDATE pack SET returned = $5 WHERE org = $1 AND project = $2 AND id = $3 AND annotator = $4 AND returned = 0",
			tn.Org, tn.Project, id, annotator, now)
		if err != nil || n == 0 {
			return errors.Join(err, t.ownPack(tn, annotator, id))
		}
		if open, err = t.openOf(tn, annotator, id); err != nil {
			return err
		}
		if _, err := t.exec("UPDATE assignment SET state = 2 WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND pack = $4",
			tn.Org, tn.Project, annotator, id); err != nil {
			return err
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventPackReturned, Actor: annotator, Subject: string(id)})
		return err
	})
	return open, err
}

// ownPack fails unless the annotator has, or had, the pack.
func (t *tx) ownPack(tn akhra.Tenant, annotator akhra.UserID, id akhra.PackID) error {
	var n int
	err := t.row("SELECT 1 FROM pack WHERE org = $1 AND project = $2 AND id = $3 AND annotator = $4", []any{tn.Org, tn.Project, id, annotator}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return errNoPack()
	}
	return err
}

// Packs lists the packs of a project that are out, oldest first: one
// annotator's, or everybody's for an empty id.
func (db *DB) Packs(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID) (out []akhra.Pack, err error) {
	err = db.each(ctx, `SELECT p.id, p.annotator, p.size, p.taken, p.until, COUNT(a.id) FROM pack p
		LEFT JOIN assignment a ON a.org = p.org AND a.project = p.project AND a.annotator = p.annotator AND a.state = 0 AND a.pack = p.id
		WHERE p.org = $1 AND p.project = $2 AND p.returned = 0 AND ($3 = '' OR p.annotator = $3)
		GROUP BY p.id, p.annotator, p.size, p.taken, p.until ORDER BY p.taken, p.id`, []any{tn.Org, tn.Project, annotator}, func(rows *sql.Rows) error {
		var p akhra.Pack
		err := rows.Scan(&p.ID, &p.Annotator, &p.Size, &p.Taken, &p.Until, &p.Open)
		out = append(out, p)
		return err
	})
	return out, err
}
