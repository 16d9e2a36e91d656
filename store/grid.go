package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// OpenGrid gives an annotator the tiles that she has open, their time renewed,
// and counts the questions of her last grid that she has not answered.
func (db *DB) OpenGrid(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, until akhra.Millis) (tiles []akhra.Assignment, first int, err error) {
	err = db.write(ctx, func(t *tx) error {
		tiles, first = nil, 0
		if _, err := t.exec("UPDATE assignment SET lease_until = $5 WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND grid = $4",
			tn.Org, tn.Project, annotator, akhra.GridTile, until); err != nil {
			return err
		}
		return t.each("SELECT "+assignmentColumns+` FROM assignment WHERE org = $1 AND project = $2 AND annotator = $3 AND state = 0 AND grid > 0
			ORDER BY id`, []any{tn.Org, tn.Project, annotator}, func(row scanner) error {
			a, err := scanAssignment(row)
			if a.Grid == akhra.GridTile {
				tiles = append(tiles, a)
			} else {
				first++
			}
			return err
		})
	})
	return tiles, first, err
}

// TakeGrid gives an annotator a grid until a moment: of the given places those
// of tasks that she never had and on which something may be put to her. The
// share that stays blind is leased to her beside them, to be asked by itself.
func (db *DB) TakeGrid(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, until akhra.Millis, tiles, blind []akhra.Slot) (got []akhra.Assignment, err error) {
	err = db.write(ctx, func(t *tx) (err error) {
		like := akhra.Assignment{Annotator: annotator, LeaseUntil: until, Grid: akhra.GridTile}
		if got, err = t.claimNew(tn, db.NewID, like, tiles); err != nil {
			return err
		}
		like.Grid = akhra.AfterGrid
		beside, err := t.claimNew(tn, db.NewID, like, blind)
		got = append(got, beside...)
		return err
	})
	return got, err
}

// claimNew claims the places of tasks that somebody never had, on which she may
// be shown something.
func (t *tx) claimNew(tn akhra.Tenant, newID func() string, like akhra.Assignment, places []akhra.Slot) (got []akhra.Assignment, err error) {
	for _, s := range places {
		had, err := t.had(tn, like.Annotator, s.Task)
		if err != nil {
			return got, err
		}
		may, err := t.mayPropose(tn, s.Task)
		if err != nil {
			return got, err
		}
		if had || !may {
			continue
		}
		if got, err = t.claimAll(tn, newID, like, len(got)+1, []akhra.Slot{s}, got); err != nil {
			return got, err
		}
	}
	return got, nil
}

// had tells whether somebody has, or had, a task.
func (t *tx) had(tn akhra.Tenant, annotator akhra.UserID, task akhra.TaskID) (bool, error) {
	var one int
	err := t.row("SELECT 1 FROM assignment WHERE org = $1 AND project = $2 AND task = $3 AND annotator = $4", []any{tn.Org, tn.Project, task, annotator}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
