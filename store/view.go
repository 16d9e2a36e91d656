package store

import (
	"context"
	"encoding/json"

	"akhra.dev/akhra"
)

// PutView stores a named search; the same id again takes its place. It fails
// with conflict when another view has the name, and with too large at
// akhra.MaxViews.
func (db *DB) PutView(ctx context.Context, tn akhra.Tenant, v akhra.View) error {
	if err := v.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		var others, same int
		if err := t.row("SELECT COUNT(*), COALESCE(SUM(CASE WHEN name = $4 THEN 1 ELSE 0 END), 0) FROM view WHERE org = $1 AND project = $2 AND id <> $3",
			[]any{tn.Org, tn.Project, v.ID, v.Name}, &others, &same); err != nil {
			return err
		}
		if same > 0 {
			return akhra.Errorf(akhra.Conflict, "There is a view of this name already.")
		}
		if others >= akhra.MaxViews {
			return akhra.Errorf(akhra.TooLarge, "A project keeps at most %d views. Remove one first.", akhra.MaxViews)
		}
		if _, err := t.exec(`INSERT INTO view (org, project, id, name, search, made_by, created) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (org, project, id) DO UPDATE SET name = excluded.name, search = excluded.search`,
			tn.Org, tn.Project, v.ID, v.Name, encode(v.Search), v.By, akhra.MillisOf(t.w.now())); err != nil {
			return err
		}
		return t.viewChanged(tn, v.ID, v.By)
	})
}

func (t *tx) viewChanged(tn akhra.Tenant, id akhra.ViewID, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventViewChanged, Actor: by, Subject: string(id), Body: "{}"})
	return err
}

// RemoveView takes a named search away; not found when there is none.
func (db *DB) RemoveView(ctx context.Context, tn akhra.Tenant, id akhra.ViewID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("view", "DELETE FROM view WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, id); err != nil {
			return err
		}
		return t.viewChanged(tn, id, by)
	})
}

// Views lists the named searches of a project by name.
func (db *DB) Views(ctx context.Context, tn akhra.Tenant) ([]akhra.View, error) {
	return list(ctx, db, "SELECT id, name, search, made_by, created FROM view WHERE org = $1 AND project = $2 ORDER BY name, id",
		[]any{tn.Org, tn.Project}, func(row scanner) (v akhra.View, err error) {
			var search string
			if err := row.Scan(&v.ID, &v.Name, &search, &v.By, &v.Created); err != nil {
				return v, err
			}
			return v, json.Unmarshal([]byte(search), &v.Search)
		})
}
