package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// The states of a picture of a change.
const (
	changeTodo = iota
	changeDone
	changeLeft // it could not be done
	changeUndone
)

// AddChange stores a change that pictures are then planned for. The same
// change sent again is stored once: fresh is false.
func (db *DB) AddChange(ctx context.Context, tn akhra.Tenant, c akhra.Change) (fresh bool, err error) {
	if err := c.Validate(); err != nil {
		return false, err
	}
	err = db.write(ctx, func(t *tx) error {
		n, err := t.exec(`INSERT INTO change (org, project, id, act, class, batch, made_by, created, planned) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
			ON CONFLICT DO NOTHING`, tn.Org, tn.Project, c.ID, c.Act, c.Class, c.Batch, c.By, akhra.MillisOf(t.w.now()))
		if fresh = n > 0; err != nil || !fresh {
			return err
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventChangePlanned, Actor: c.By, Subject: string(c.ID), Body: encode(map[string]any{"act": c.Act})})
		return err
	})
	return fresh, err
}

// PlanChange adds pictures to a change, each once; last says that these are the
// last, after which none is added any more.
func (db *DB) PlanChange(ctx context.Context, tn akhra.Tenant, id akhra.ChangeID, items []akhra.ItemID, last bool) error {
	return db.write(ctx, func(t *tx) error {
		var planned int
		if err := t.row("SELECT planned FROM change WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, id}, &planned); err != nil {
			return found(err, "change")
		}
		if planned > 0 {
			return nil
		}
		for _, item := range items {
			if _, err := t.exec("INSERT INTO change_item (org, project, change, item, state, was) VALUES ($1, $2, $3, $4, 0, '') ON CONFLICT DO NOTHING",
				tn.Org, tn.Project, id, item); err != nil {
				return err
			}
		}
		if !last {
			return nil
		}
		_, err := t.exec("UPDATE change SET planned = 1 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, id)
		return err
	})
}

// DoChange does a change to the next pictures of it, at most n, and counts
// where it stands after that.
func (db *DB) DoChange(ctx context.Context, tn akhra.Tenant, id akhra.ChangeID, n int) (akhra.Changed, error) {
	return db.changeSome(ctx, tn, id, n, changeTodo, (*tx).changeItem)
}

// UndoChange takes a change back for the next pictures it was done to, at most
// n. Left as it is what can no longer be taken back: a further round somebody
// was given, a picture removed too long ago.
func (db *DB) UndoChange(ctx context.Context, tn akhra.Tenant, id akhra.ChangeID, n int) (akhra.Changed, error) {
	return db.changeSome(ctx, tn, id, n, changeDone, (*tx).unchangeItem)
}

// one is a picture of a change.
type one struct {
	item akhra.ItemID
	was  string // what the act took the place of
}

func (db *DB) changeSome(ctx context.Context, tn akhra.Tenant, id akhra.ChangeID, n, state int, do func(*tx, akhra.Tenant, akhra.Change, *one, *DB) (int, error)) (out akhra.Changed, err error) {
	err = db.write(ctx, func(t *tx) error {
		c, err := t.change(tn, id)
		if err != nil {
			return err
		}
		var lot []one
		err = t.each("SELECT item, was FROM change_item WHERE org = $1 AND project = $2 AND change = $3 AND state = $4 ORDER BY item LIMIT $5",
			[]any{tn.Org, tn.Project, id, state, n}, func(row scanner) error {
				var o one
				err := row.Scan(&o.item, &o.was)
				lot = append(lot, o)
				return err
			})
		if err != nil {
			return err
		}
		for _, o := range lot {
			next, err := do(t, tn, c, &o, db)
			if err != nil {
				return err
			}
			if _, err := t.exec("UPDATE change_item SET state = $5, was = $6 WHERE org = $1 AND project = $2 AND change = $3 AND item = $4",
				tn.Org, tn.Project, id, o.item, next, o.was); err != nil {
				return err
			}
		}
		out, err = t.changed(tn, id)
		return err
	})
	return out, err
}

const changeColumns = "SELECT act, class, batch, made_by, created FROM change WHERE org = $1 AND project = $2 AND id = $3"

func (t *tx) change(tn akhra.Tenant, id akhra.ChangeID) (c akhra.Change, err error) {
	c.ID = id
	err = t.row(changeColumns, []any{tn.Org, tn.Project, id}, &c.Act, &c.Class, &c.Batch, &c.By, &c.Created)
	return c, found(err, "change")
}

const changeStates = "SELECT state, COUNT(*) FROM change_item WHERE org = $1 AND project = $2 AND change = $3 GROUP BY state"

func (t *tx) changed(tn akhra.Tenant, id akhra.ChangeID) (c akhra.Changed, err error) {
	return c, t.each(changeStates, []any{tn.Org, tn.Project, id}, func(row scanner) error { return countChanged(row, &c) })
}

func countChanged(row scanner, c *akhra.Changed) error {
	var state, n int
	err := row.Scan(&state, &n)
	c.Planned += n
	switch state {
	case changeDone:
		c.Done = n
	case changeLeft:
		c.Left = n
	case changeUndone:
		c.Undone = n
	}
	return err
}

// Change finds a change and counts where it stands.
func (db *DB) Change(ctx context.Context, tn akhra.Tenant, id akhra.ChangeID) (c akhra.Change, n akhra.Changed, err error) {
	c.ID = id
	if err := db.one(ctx, changeColumns, []any{tn.Org, tn.Project, id}, &c.Act, &c.Class, &c.Batch, &c.By, &c.Created); err != nil {
		return c, n, found(err, "change")
	}
	return c, n, db.each(ctx, changeStates, []any{tn.Org, tn.Project, id}, func(rows *sql.Rows) error { return countChanged(rows, &n) })
}

// changeItem does the act to one picture and tells its state after it.
func (t *tx) changeItem(tn akhra.Tenant, c akhra.Change, o *one, db *DB) (int, error) {
	switch c.Act {
	case akhra.ChangeGold:
		return t.changeGold(tn, c, o)
	case akhra.ChangeUngold:
		was, err := t.goldClass(tn, o.item)
		if o.was = string(was); err != nil || was == "" {
			return changeLeft, err
		}
		return changeDone, t.removeGold(tn, o.item, c.By)
	case akhra.ChangeReask:
		return did(t.reask(tn, o.item, akhra.TaskID(db.NewID()), c.By))
	case akhra.ChangeRemove:
		return did(t.remove(tn, o.item, c.By))
	case akhra.ChangeBatch:
		return t.changeBatch(tn, c, o)
	default:
		return did(t.restore(tn, o.item, c.By))
	}
}

func (t *tx) changeGold(tn akhra.Tenant, c akhra.Change, o *one) (int, error) {
	was, err := t.goldClass(tn, o.item)
	if o.was = string(was); err != nil {
		return changeLeft, err
	}
	class := c.Class
	if class == "" {
		err := t.row(`SELECT c.class FROM consensus c JOIN task t ON t.org = c.org AND t.project = c.project AND t.id = c.task
			WHERE t.org = $1 AND t.project = $2 AND t.item = $3 ORDER BY t.round DESC LIMIT 1`, []any{tn.Org, tn.Project, o.item}, &class)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return changeLeft, err
		}
	}
	if class == "" || class == was {
		return changeLeft, nil
	}
	err = t.setGold(tn, akhra.Gold{Item: o.item, Class: class, Source: akhra.GoldConsensus, By: c.By})
	if code := akhra.CodeOf(err); code == akhra.NotFound {
		return changeLeft, nil
	}
	return changeDone, err
}

func (t *tx) goldClass(tn akhra.Tenant, item akhra.ItemID) (class akhra.ClassID, err error) {
	err = t.row("SELECT class FROM gold WHERE org = $1 AND project = $2 AND item = $3", []any{tn.Org, tn.Project, item}, &class)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return class, err
}

func did(done bool, err error) (int, error) {
	if done {
		return changeDone, err
	}
	return changeLeft, err
}

// unchangeItem takes the act back; what cannot be taken back stays done but is
// not tried again.
func (t *tx) unchangeItem(tn akhra.Tenant, c akhra.Change, o *one, _ *DB) (int, error) {
	switch c.Act {
	case akhra.ChangeGold, akhra.ChangeUngold:
		if o.was == "" {
			return changeUndone, t.removeGold(tn, o.item, c.By)
		}
		return changeUndone, t.setGold(tn, akhra.Gold{Item: o.item, Class: akhra.ClassID(o.was), Source: akhra.GoldConsensus, By: c.By})
	case akhra.ChangeReask:
		return undid(t.withdraw(tn, o.item, c.By))
	case akhra.ChangeRemove:
		return undid(t.restore(tn, o.item, c.By))
	case akhra.ChangeBatch:
		return t.unchangeBatch(tn, c, o)
	default:
		return undid(t.remove(tn, o.item, c.By))
	}
}

func undid(back bool, err error) (int, error) {
	if back {
		return changeUndone, err
	}
	return changeLeft, err
}
