package store

import (
	"context"
	"encoding/json"

	"akhra.dev/akhra"
)

const hookColumns = "org, id, project, url, kinds, secret, is_on, told_to, tries, next_at, since, made_by, created"

func scanHook(row scanner) (h akhra.Hook, err error) {
	var kinds string
	if err = row.Scan(&h.Org, &h.ID, &h.Project, &h.URL, &kinds, &h.Secret, &h.On, &h.Cursor, &h.Tries, &h.Next, &h.Since, &h.By, &h.Created); err != nil {
		return h, err
	}
	return h, json.Unmarshal([]byte(kinds), &h.Kinds)
}

// AddHook adds an address that is told of what happens from now on.
func (db *DB) AddHook(ctx context.Context, h akhra.Hook) error {
	if err := h.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		var n int
		if err := t.row("SELECT COUNT(*) FROM hook WHERE org = $1", []any{h.Org}, &n); err != nil {
			return err
		}
		if n >= akhra.MaxHooks {
			return akhra.Errorf(akhra.TooMany, "There are %d webhooks already. Take one away first.", akhra.MaxHooks)
		}
		if err := t.hookChanged(h.Org, h.ID, h.By); err != nil {
			return err
		}
		h.Cursor = t.w.heads[h.Org]
		_, err := t.exec("INSERT INTO hook ("+hookColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9, $10)",
			h.Org, h.ID, h.Project, h.URL, encode(h.Kinds), h.Secret, h.On, h.Cursor, h.By, h.Created)
		return err
	})
}

func (t *tx) hookChanged(org akhra.OrgID, id akhra.HookID, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: org, Kind: akhra.EventHookChanged, Actor: by, Subject: string(id), Body: "{}"})
	return err
}

// Hooks lists the webhooks of an organisation, newest first.
func (db *DB) Hooks(ctx context.Context, org akhra.OrgID) ([]akhra.Hook, error) {
	return list(ctx, db, "SELECT "+hookColumns+" FROM hook WHERE org = $1 ORDER BY created DESC, id DESC", []any{org}, scanHook)
}

// SwitchHook switches a webhook on or off. Switched on, it goes on where it
// stood, at once.
func (db *DB) SwitchHook(ctx context.Context, org akhra.OrgID, id akhra.HookID, on bool, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("webhook", "UPDATE hook SET is_on = $3, tries = 0, next_at = 0, since = 0 WHERE org = $1 AND id = $2", org, id, on); err != nil {
			return err
		}
		return t.hookChanged(org, id, by)
	})
}

// RemoveHook forgets a webhook and its deliveries.
func (db *DB) RemoveHook(ctx context.Context, org akhra.OrgID, id akhra.HookID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("webhook", "DELETE FROM hook WHERE org = $1 AND id = $2", org, id); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM delivery WHERE org = $1 AND hook = $2", org, id); err != nil {
			return err
		}
		return t.hookChanged(org, id, by)
	})
}

// HookTold stores where a webhook stands after it was told, or after a try in
// vain, and remembers the delivery, if there was one. One that was taken away
// meanwhile is not found.
func (db *DB) HookTold(ctx context.Context, h akhra.Hook, d *akhra.Delivery) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("webhook", "UPDATE hook SET is_on = is_on * $3, told_to = $4, tries = $5, next_at = $6, since = $7 WHERE org = $1 AND id = $2",
			h.Org, h.ID, h.On, h.Cursor, h.Tries, h.Next, h.Since); err != nil {
			return err
		}
		if d == nil {
			return nil
		}
		return t.delivered(h, *d)
	})
}

// TestTold remembers a delivery that somebody asked for.
func (db *DB) TestTold(ctx context.Context, h akhra.Hook, d akhra.Delivery) error {
	return db.write(ctx, func(t *tx) error { return t.delivered(h, d) })
}

func (t *tx) delivered(h akhra.Hook, d akhra.Delivery) error {
	var no int64
	if err := t.row("SELECT COALESCE(MAX(no), 0) + 1 FROM delivery WHERE org = $1 AND hook = $2", []any{h.Org, h.ID}, &no); err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO delivery (org, hook, no, at, last_seq, events, status, note, took, test) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		h.Org, h.ID, no, d.At, d.Last, d.Events, d.Status, d.Note, d.TookMs, d.Test); err != nil {
		return err
	}
	_, err := t.exec("DELETE FROM delivery WHERE org = $1 AND hook = $2 AND no <= $3", h.Org, h.ID, no-akhra.HookKept)
	return err
}

// Deliveries lists the last deliveries of a webhook, newest first.
func (db *DB) Deliveries(ctx context.Context, org akhra.OrgID, id akhra.HookID) ([]akhra.Delivery, error) {
	return list(ctx, db, "SELECT at, last_seq, events, status, note, took, test FROM delivery WHERE org = $1 AND hook = $2 ORDER BY no DESC",
		[]any{org, id}, func(row scanner) (d akhra.Delivery, err error) {
			return d, row.Scan(&d.At, &d.Last, &d.Events, &d.Status, &d.Note, &d.TookMs, &d.Test)
		})
}
