package store

import (
	"context"
	"encoding/json"

	"akhra.dev/akhra"
)

// PutFigures stores what some people's answers add up to, one row per person;
// all tells that nobody else has any.
func (db *DB) PutFigures(ctx context.Context, tn akhra.Tenant, people []akhra.Figures, all bool) error {
	return db.write(ctx, func(t *tx) error {
		if all {
			if _, err := t.exec("DELETE FROM figures WHERE org = $1 AND project = $2", tn.Org, tn.Project); err != nil {
				return err
			}
		}
		for _, f := range people {
			if _, err := t.exec(`INSERT INTO figures (org, project, annotator, seq, body) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (org, project, annotator) DO UPDATE SET seq = excluded.seq, body = excluded.body`,
				tn.Org, tn.Project, f.Annotator, f.Seq, encode(f)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Figures lists what people's answers add up to; empty where none were stored
// yet.
func (db *DB) Figures(ctx context.Context, tn akhra.Tenant) ([]akhra.Figures, error) {
	return list(ctx, db, "SELECT annotator, seq, body FROM figures WHERE org = $1 AND project = $2 ORDER BY annotator",
		[]any{tn.Org, tn.Project}, func(row scanner) (f akhra.Figures, err error) {
			var body string
			if err = row.Scan(&f.Annotator, &f.Seq, &body); err != nil {
				return f, err
			}
			return f, json.Unmarshal([]byte(body), &f)
		})
}
