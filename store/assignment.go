package store

import (
	"context"
	"database/sql"

	"akhra.dev/akhra"
)

// The states of an assignment row.
const (
	assignmentOpen = iota
	assignmentAnswered
	assignmentExpired
)

// Avail counts the open places of a project.
func (db *DB) Avail(ctx context.Context, tn akhra.Tenant) (n int, err error) {
	return n, db.one(ctx, "SELECT COUNT(*) FROM avail WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &n)
}

// ReplaceAvail swaps the open places of a project. Cost: two statements and
// one per place.
func (db *DB) ReplaceAvail(ctx context.Context, tn akhra.Tenant, slots []akhra.Slot) error {
	return db.write(ctx, func(t *tx) error {
		if _, err := t.exec("DELETE FROM avail WHERE org = $1 AND project = $2", tn.Org, tn.Project); err != nil {
			return err
		}
		for _, s := range slots {
			if _, err := t.exec("INSERT INTO avail (org, project, priority, task, slot, item, why) VALUES ($1, $2, $3, $4, $5, $6, $7)",
				tn.Org, tn.Project, s.Priority, s.Task, s.Slot, s.Item, s.Why); err != nil {
				return err
			}
		}
		return nil
	})
}

const assignmentColumns = "id, task, item, annotator, lease_until, why, state"

func scanAssignment(row scanner) (a akhra.Assignment, err error) {
	var state int
	err = row.Scan(&a.ID, &a.Task, &a.Item, &a.Annotator, &a.LeaseUntil, &a.Why, &state)
	a.Closed = state == assignmentAnswered
	return a, err
}

// Lease gives an annotator at most n tasks until a moment: those she holds,
// renewed, then open places in their order; never a task she answered.
func (db *DB) Lease(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis) ([]akhra.Assignment, error) {
	var got []akhra.Assignment
	err := db.write(ctx, func(t *tx) (err error) {
		if got, err = t.renew(tn, annotator, n, until); err != nil || len(got) == n {
			return err
		}
		slots, err := t.open(tn, annotator, n-len(got))
		if err != nil {
			return err
		}
		for _, s := range slots {
			a, err := t.claim(tn, s, akhra.Assignment{ID: akhra.AssignmentID(db.NewID()), Task: s.Task, Item: s.Item, Annotator: annotator, LeaseUntil: until, Why: s.Why})
			if err != nil {
				return err
			}
			got = append(got, a)
		}
		return nil
	})
	return got, err
}

func (t *tx) renew(tn akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis) (hers []akhra.Assignment, err error) {
	err = t.each("SELECT "+assignmentColumns+` FROM assignment
		WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 ORDER BY id LIMIT $4`, []any{tn.Org, tn.Project, annotator, n}, func(rows *sql.Rows) error {
		a, err := scanAssignment(rows)
		a.LeaseUntil = until
		hers = append(hers, a)
		return err
	})
	for _, a := range hers {
		if err == nil {
			_, err = t.exec("UPDATE assignment SET lease_until = $4 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, a.ID, until)
		}
	}
	return hers, err
}

// open finds the first n places that the annotator may take, one per task.
func (t *tx) open(tn akhra.Tenant, annotator akhra.UserID, n int) ([]akhra.Slot, error) {
	var slots []akhra.Slot
	taken := map[akhra.TaskID]bool{}
	err := t.each(`SELECT task, slot, item, priority, why FROM avail a WHERE org = $1 AND project = $2 AND NOT EXISTS (
		SELECT 1 FROM assignment s WHERE s.org = a.org AND s.project = a.project AND s.task = a.task AND s.annotator = $3 AND s.state < 2)
		ORDER BY priority, task, slot`, []any{tn.Org, tn.Project, annotator}, func(rows *sql.Rows) error {
		var s akhra.Slot
		if err := rows.Scan(&s.Task, &s.Slot, &s.Item, &s.Priority, &s.Why); err != nil || taken[s.Task] {
			return err
		}
		taken[s.Task] = true
		if slots = append(slots, s); len(slots) == n {
			return errEnough
		}
		return nil
	})
	if err == errEnough {
		err = nil
	}
	return slots, err
}

func (t *tx) claim(tn akhra.Tenant, s akhra.Slot, a akhra.Assignment) (akhra.Assignment, error) {
	if _, err := t.exec("DELETE FROM avail WHERE org = $1 AND project = $2 AND priority = $3 AND task = $4 AND slot = $5",
		tn.Org, tn.Project, s.Priority, s.Task, s.Slot); err != nil {
		return a, err
	}
	err := t.row("INSERT INTO assignment (org, project, "+assignmentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (org, project, task, annotator) DO UPDATE SET lease_until = excluded.lease_until, why = excluded.why, state = 0
		RETURNING id`, []any{tn.Org, tn.Project, a.ID, a.Task, a.Item, a.Annotator, a.LeaseUntil, a.Why}, &a.ID)
	return a, err
}

// ReleaseExpired ends the leases of an organisation that ran out before now.
// Answers that still arrive for them are kept.
func (db *DB) ReleaseExpired(ctx context.Context, org akhra.OrgID, now akhra.Millis) (int, error) {
	var n int64
	err := db.write(ctx, func(t *tx) (err error) {
		n, err = t.exec("UPDATE assignment SET state = 2 WHERE org = $1 AND state = 0 AND lease_until < $2", org, now)
		return err
	})
	return int(n), err
}

// Leases streams the open assignments of a project.
func (db *DB) Leases(ctx context.Context, tn akhra.Tenant, fn func(akhra.Assignment) error) error {
	return db.each(ctx, "SELECT "+assignmentColumns+" FROM assignment WHERE org = $1 AND project = $2 AND state = 0",
		[]any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
			a, err := scanAssignment(rows)
			if err != nil {
				return err
			}
			return fn(a)
		})
}
