package store

import (
	"context"

	"akhra.dev/akhra"
)

const tableColumns = "id, name, blob, size, made_by, created"

func scanTable(row scanner) (t akhra.Table, err error) {
	return t, row.Scan(&t.ID, &t.Name, &t.Blob, &t.Size, &t.By, &t.Created)
}

// AddTable keeps a table that was brought in, until somebody says what it is.
func (db *DB) AddTable(ctx context.Context, tn akhra.Tenant, table akhra.Table) error {
	return db.write(ctx, func(t *tx) error {
		var project akhra.ProjectID
		if err := t.row("SELECT id FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &project); err != nil {
			return found(err, "project")
		}
		_, err := t.exec("INSERT INTO table_in (org, project, "+tableColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			tn.Org, tn.Project, table.ID, table.Name, table.Blob, table.Size, table.By, akhra.MillisOf(t.w.now()))
		return err
	})
}

// Table finds a table of a project.
func (db *DB) Table(ctx context.Context, tn akhra.Tenant, id akhra.TableID) (akhra.Table, error) {
	s, err := db.read(ctx, "SELECT "+tableColumns+" FROM table_in WHERE org = $1 AND project = $2 AND id = $3")
	if err != nil {
		return akhra.Table{}, err
	}
	t, err := scanTable(s.QueryRowContext(ctx, tn.Org, tn.Project, id))
	return t, found(err, "table")
}
