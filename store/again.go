package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// Reask has pictures asked anew: each gets a task of the next round. Left as
// they are, and not counted, are those whose answer is known, audit pictures,
// removed ones and those whose newest task nobody has answered or decided: they
// are asked already. What a certificate accepted is open again.
func (db *DB) Reask(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (asked []akhra.ItemID, err error) {
	return db.eachItem(ctx, items, func(t *tx, item akhra.ItemID) (bool, error) {
		return t.reask(tn, item, akhra.TaskID(db.NewID()), by)
	})
}

// reasked is the body of a task.reasked and of a task.withdrawn event. Task is
// the newest there is after it.
type reasked struct {
	Item  akhra.ItemID `json:"item"`
	Task  akhra.TaskID `json:"task"`
	Round int          `json:"round"`
}

func (t *tx) reask(tn akhra.Tenant, item akhra.ItemID, id akhra.TaskID, by akhra.UserID) (bool, error) {
	old, err := t.newestTask(tn, item)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || old.Removed || old.Purpose == akhra.ForAudit {
		return false, err
	}
	var known, heard int
	err = t.row(`SELECT (SELECT COUNT(*) FROM gold WHERE org = $1 AND project = $2 AND item = $3),
		(SELECT COUNT(*) FROM assignment WHERE org = $1 AND project = $2 AND task = $4 AND state IN (1, 3))
		+ (SELECT COUNT(*) FROM accepted WHERE org = $1 AND project = $2 AND item = $3)`, []any{tn.Org, tn.Project, item, old.ID}, &known, &heard)
	if err != nil || known > 0 || heard == 0 {
		return false, err
	}
	if _, err := t.exec("INSERT INTO task (org, project, id, item, label_set, round, purpose) VALUES ($1, $2, $3, $4, $5, $6, '')",
		tn.Org, tn.Project, id, item, old.LabelSet, old.Round+1); err != nil {
		return false, err
	}
	if err := t.reopen(tn, "item", item); err != nil {
		return false, err
	}
	return true, t.itemEvent(tn, akhra.EventReasked, item, by, reasked{item, id, old.Round + 1})
}

func (t *tx) newestTask(tn akhra.Tenant, item akhra.ItemID) (one akhra.Task, err error) {
	one.Item = item
	return one, t.row(`SELECT t.id, t.label_set, t.round, t.purpose, i.removed > 0 FROM task t
		JOIN item i ON i.org = t.org AND i.project = t.project AND i.id = t.item
		WHERE t.org = $1 AND t.project = $2 AND t.item = $3 ORDER BY t.round DESC LIMIT 1`,
		[]any{tn.Org, tn.Project, item}, &one.ID, &one.LabelSet, &one.Round, &one.Purpose, &one.Removed)
}

func (t *tx) itemEvent(tn akhra.Tenant, kind akhra.EventKind, item akhra.ItemID, by akhra.UserID, body any) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: kind, Actor: by, Subject: string(item), Body: encode(body)})
	return err
}

// Withdraw takes the newest round of pictures back as far as nobody was given
// it: what was settled before stands again. The others are left as they are.
func (db *DB) Withdraw(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (done []akhra.ItemID, err error) {
	return db.eachItem(ctx, items, func(t *tx, item akhra.ItemID) (bool, error) { return t.withdraw(tn, item, by) })
}

func (t *tx) withdraw(tn akhra.Tenant, item akhra.ItemID, by akhra.UserID) (bool, error) {
	last, err := t.newestTask(tn, item)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || last.Round == 0 {
		return false, err
	}
	var given int
	err = t.row(`SELECT (SELECT COUNT(*) FROM assignment WHERE org = $1 AND project = $2 AND task = $3)
		+ (SELECT COUNT(*) FROM gold WHERE org = $1 AND project = $2 AND item = $4 AND task = $3)`,
		[]any{tn.Org, tn.Project, last.ID, item}, &given)
	if err != nil || given > 0 {
		return false, err
	}
	if _, err := t.exec("DELETE FROM task WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, last.ID); err != nil {
		return false, err
	}
	before, err := t.newestTask(tn, item)
	if err != nil {
		return false, err
	}
	if err := t.judgedAgain(tn, item, before.ID); err != nil {
		return false, err
	}
	return true, t.itemEvent(tn, akhra.EventWithdrawn, item, by, reasked{item, before.ID, before.Round})
}
