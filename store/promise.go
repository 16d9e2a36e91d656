package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"akhra.dev/akhra"
)

// Promises lists the promises of a project, oldest first.
func (db *DB) Promises(ctx context.Context, tn akhra.Tenant) ([]akhra.Promise, error) {
	return list(ctx, db, "SELECT body FROM promise WHERE org = $1 AND project = $2 ORDER BY no", []any{tn.Org, tn.Project},
		func(row scanner) (p akhra.Promise, err error) {
			var body string
			if err = row.Scan(&body); err != nil {
				return p, err
			}
			return p, json.Unmarshal([]byte(body), &p)
		})
}

// DrawAudit stores promises, makes some tasks audit tasks and others ordinary
// ones again, all at once. Whoever answers them is not told. What a void
// promise accepted is open again. Tasks that are not of the project are not
// found.
func (db *DB) DrawAudit(ctx context.Context, tn akhra.Tenant, promises []akhra.Promise, audit, free []akhra.TaskID) error {
	return db.write(ctx, func(t *tx) error {
		for _, p := range promises {
			if err := t.putPromise(tn, p); err != nil {
				return err
			}
		}
		if err := t.setPurpose(tn, akhra.ForTeaching, free); err != nil {
			return err
		}
		if err := t.setPurpose(tn, akhra.ForAudit, audit); err != nil {
			return err
		}
		_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventAuditDrawn, Subject: string(tn.Project),
			Body: encode(map[string]int{"count": len(audit)})})
		return err
	})
}

func (t *tx) putPromise(tn akhra.Tenant, p akhra.Promise) error {
	if _, err := t.exec(`INSERT INTO promise (org, project, no, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (org, project, no) DO UPDATE SET body = excluded.body`, tn.Org, tn.Project, p.No, encode(p)); err != nil {
		return err
	}
	if p.State != akhra.PromiseVoid {
		return nil
	}
	return t.reopen(tn, "promise", p.No)
}

func (t *tx) setPurpose(tn akhra.Tenant, purpose akhra.Purpose, tasks []akhra.TaskID) error {
	for _, id := range tasks {
		err := t.changeOne("task", "UPDATE task SET purpose = $4 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, id, purpose)
		if err != nil {
			return err
		}
	}
	return nil
}

// StoreLook stores a promise after a look at its audit, with the pictures it
// lets the model decide.
func (db *DB) StoreLook(ctx context.Context, tn akhra.Tenant, p akhra.Promise, accepted []akhra.Accepted) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.putPromise(tn, p); err != nil {
			return err
		}
		var change judged
		for _, a := range accepted {
			a.Promise = p.No
			if err := t.accept(tn, a, &change); err != nil {
				return err
			}
		}
		if err := t.putJudged(tn, change); err != nil {
			return err
		}
		_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventLooked, Subject: string(tn.Project),
			Body: encode(map[string]any{"promise": p.No, "state": p.State, "accepted": len(accepted)})})
		return err
	})
}

// Accepted streams the pictures whose class is the model's, in the order they
// came.
func (db *DB) Accepted(ctx context.Context, tn akhra.Tenant, fn func(akhra.Accepted) error) error {
	return db.each(ctx, `SELECT a.item, a.class, a.p, a.version, a.promise FROM accepted a
		JOIN item i ON i.org = a.org AND i.project = a.project AND i.id = a.item
		WHERE a.org = $1 AND a.project = $2 ORDER BY i.seq`, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var a akhra.Accepted
		if err := rows.Scan(&a.Item, &a.Class, &a.P, &a.Version, &a.Promise); err != nil {
			return err
		}
		return fn(a)
	})
}
