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
	assignmentReviewed // she decided the task as its reviewer and may not answer it
)

const assignmentColumns = "id, task, item, annotator, lease_until, why, state, pack, grid, " + proposalColumns

func scanAssignment(row scanner) (a akhra.Assignment, err error) {
	var state int
	var p proposalRow
	err = row.Scan(append([]any{&a.ID, &a.Task, &a.Item, &a.Annotator, &a.LeaseUntil, &a.Why, &state, &a.Pack, &a.Grid}, p.into()...)...)
	a.Closed, a.Proposal = state == assignmentAnswered, p.read()
	return a, err
}

// Lease gives an annotator at most n tasks until a moment: those she holds in
// no pack and no grid, renewed, then the given places in their order, except of tasks that
// she holds or answered. It fails with conflict unless the project is active.
func (db *DB) Lease(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error) {
	var got []akhra.Assignment
	err := db.write(ctx, func(t *tx) (err error) {
		if err := t.asks(tn); err != nil {
			return err
		}
		if got, err = t.renew(tn, annotator, n, until); err != nil {
			return err
		}
		got, err = t.claimAll(tn, db.NewID, akhra.Assignment{Annotator: annotator, LeaseUntil: until}, n, places, got)
		return err
	})
	return got, err
}

// claimAll adds places to what somebody got until she has n; those that she
// cannot have are passed over.
func (t *tx) claimAll(tn akhra.Tenant, newID func() string, like akhra.Assignment, n int, places []akhra.Slot, got []akhra.Assignment) ([]akhra.Assignment, error) {
	for _, s := range places {
		if len(got) >= n {
			break
		}
		one := like
		one.ID, one.Task, one.Item, one.Why, one.Proposal = akhra.AssignmentID(newID()), s.Task, s.Item, s.Why, s.Proposal
		a, err := t.claim(tn, one)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return got, err
		}
		got = append(got, a)
	}
	return got, nil
}

func (t *tx) renew(tn akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis) (hers []akhra.Assignment, err error) {
	err = t.each("SELECT "+assignmentColumns+` FROM assignment
		WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND pack = '' AND grid <> $5 ORDER BY grid DESC, lease_until LIMIT $4`, []any{tn.Org, tn.Project, annotator, n, akhra.GridTile}, func(row scanner) error {
		a, err := scanAssignment(row)
		hers = append(hers, a)
		return err
	})
	for i := range hers {
		if err != nil || until-hers[i].LeaseUntil < renewStep {
			continue
		}
		hers[i].LeaseUntil = until
		_, err = t.exec("UPDATE assignment SET lease_until = $4 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, hers[i].ID, until)
	}
	return hers, err
}

// renewStep is how much longer a lease must be for it to be worth a write: who
// works fast asks for more every few seconds.
const renewStep = 60_000

// claimed makes an assignment of a task that is still asked.
const claimed = "INSERT INTO assignment (org, project, " + assignmentColumns + `) SELECT $1, $2, $3, t.id, t.item, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14 FROM task t
	JOIN item i ON i.org = t.org AND i.project = t.project AND i.id = t.item AND i.removed = 0
	WHERE t.org = $1 AND t.project = $2 AND t.id = $4 `

// claim makes an assignment; sql.ErrNoRows when she has the task or had it, or
// it is not asked any more. A lease of hers that ran out is opened again under
// its id, with what she was shown then; what she struck out stays struck out.
func (t *tx) claim(tn akhra.Tenant, a akhra.Assignment) (akhra.Assignment, error) {
	if a.Proposal != nil {
		may, err := t.mayPropose(tn, a.Task)
		if err != nil {
			return a, err
		}
		if !may {
			a.Proposal = nil
		}
	}
	args := append([]any{tn.Org, tn.Project, a.ID, a.Task, a.Annotator, a.LeaseUntil, a.Why, a.Pack, a.Grid}, columnsOf(a.Proposal)...)
	n, err := t.exec(claimed+"ON CONFLICT DO NOTHING", args...)
	if err != nil {
		return a, err
	}
	if n == 1 { // nearly always: what reads the row back costs twice as much
		t.remember(tn, a)
		return a, nil
	}
	var p proposalRow
	err = t.row(claimed+`ON CONFLICT (project, task, annotator) DO UPDATE SET lease_until = excluded.lease_until, why = excluded.why, state = 0,
			pack = excluded.pack, grid = CASE WHEN assignment.shown = 1 AND assignment.grid = $15 THEN assignment.grid ELSE excluded.grid END,
			proposed = CASE WHEN assignment.shown = 1 THEN assignment.proposed ELSE excluded.proposed END,
			thought = CASE WHEN assignment.shown = 1 THEN assignment.thought ELSE excluded.thought END,
			thought_p = CASE WHEN assignment.shown = 1 THEN assignment.thought_p ELSE excluded.thought_p END,
			model = CASE WHEN assignment.shown = 1 THEN assignment.model ELSE excluded.model END,
			shown = CASE WHEN assignment.shown = 1 THEN 1 ELSE excluded.shown END
		WHERE assignment.state = 2 RETURNING id, grid, `+proposalColumns,
		append(args, akhra.AfterGrid),
		append([]any{&a.ID, &a.Grid}, p.into()...)...)
	a.Proposal = p.read()
	delete(t.w.leased, a.ID)
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

// Asked streams for which reasons somebody was asked who answered a picture,
// each once, in no order; not by chance where anybody answered who was shown
// what the model thinks. It reads every assignment of the project.
func (db *DB) Asked(ctx context.Context, tn akhra.Tenant, fn func(akhra.ItemID, akhra.Why) error) error {
	return db.each(ctx, `SELECT DISTINCT a.item, a.why FROM assignment a WHERE a.org = $1 AND a.project = $2 AND a.state = 1
		AND (a.why <> $3 OR NOT EXISTS (SELECT 1 FROM assignment b WHERE b.org = a.org AND b.project = a.project AND b.task = a.task AND b.shown = 1 AND b.state = 1))`,
		[]any{tn.Org, tn.Project, akhra.WhyRandom}, func(rows *sql.Rows) error {
			var item akhra.ItemID
			var why akhra.Why
			if err := rows.Scan(&item, &why); err != nil {
				return err
			}
			return fn(item, why)
		})
}
