package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// The states of an assignment row.
const (
	assignmentOpen = iota
	assignmentAnswered
	assignmentExpired
)

const assignmentColumns = "id, task, item, annotator, lease_until, why, state"

func scanAssignment(row scanner) (a akhra.Assignment, err error) {
	var state int
	err = row.Scan(&a.ID, &a.Task, &a.Item, &a.Annotator, &a.LeaseUntil, &a.Why, &state)
	a.Closed = state == assignmentAnswered
	return a, err
}

// Lease gives an annotator at most n tasks until a moment: those she holds,
// renewed, then the given places in their order, except of tasks that she
// holds or answered.
func (db *DB) Lease(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error) {
	var got []akhra.Assignment
	err := db.write(ctx, func(t *tx) (err error) {
		if got, err = t.renew(tn, annotator, n, until); err != nil {
			return err
		}
		for _, s := range places {
			if len(got) == n {
				break
			}
			a, err := t.claim(tn, akhra.Assignment{ID: akhra.AssignmentID(db.NewID()), Task: s.Task, Item: s.Item, Annotator: annotator, LeaseUntil: until, Why: s.Why})
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
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
		WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 ORDER BY lease_until LIMIT $4`, []any{tn.Org, tn.Project, annotator, n}, func(row scanner) error {
		a, err := scanAssignment(row)
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

// claim makes an assignment; sql.ErrNoRows when she has the task or had it. A
// lease of hers that ran out is opened again under its id.
func (t *tx) claim(tn akhra.Tenant, a akhra.Assignment) (akhra.Assignment, error) {
	err := t.row("INSERT INTO assignment (org, project, "+assignmentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (org, project, task, annotator) DO UPDATE SET lease_until = excluded.lease_until, why = excluded.why, state = 0
		WHERE assignment.state = 2 RETURNING id`, []any{tn.Org, tn.Project, a.ID, a.Task, a.Item, a.Annotator, a.LeaseUntil, a.Why}, &a.ID)
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
