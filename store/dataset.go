package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"akhra.dev/akhra"
)

const datasetColumns = "id, no, name, format, blob, size, named, made_by, created, card"

func scanDataset(row scanner) (d akhra.Dataset, err error) {
	var card string
	if err = row.Scan(&d.ID, &d.No, &d.Name, &d.Format, &d.Blob, &d.Size, &d.Named, &d.By, &d.Created, &card); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(card), &d.Card)
}

// AddDataset stores a frozen version of what a project delivers and returns it
// as it stands. One that has no name of its own and the bytes and licence of an
// earlier version of its format is that version, and nothing is stored. A name
// that the project has already is a conflict.
func (db *DB) AddDataset(ctx context.Context, tn akhra.Tenant, d akhra.Dataset) (akhra.Dataset, error) {
	if err := d.Validate(); err != nil {
		return d, err
	}
	err := db.writeAlways(ctx, func(t *tx) (err error) {
		d, err = t.addDataset(tn, d)
		return err
	})
	return d, err
}

func (t *tx) addDataset(tn akhra.Tenant, d akhra.Dataset) (akhra.Dataset, error) {
	var project akhra.ProjectID
	if err := t.row("SELECT id FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &project); err != nil {
		return d, found(err, "project")
	}
	if d.Name == "" {
		if known, err := t.sameDataset(tn, d); err == nil || !errors.Is(err, sql.ErrNoRows) {
			return known, err
		}
	}
	if err := t.row("SELECT COALESCE(MAX(no), 0) + 1 FROM dataset WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &d.No); err != nil {
		return d, err
	}
	if d.Name == "" {
		d.Name = fmt.Sprintf("v%d", d.No)
	}
	d.Created = akhra.MillisOf(t.w.now())
	_, err := t.exec("INSERT INTO dataset (org, project, "+datasetColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		tn.Org, tn.Project, d.ID, d.No, d.Name, d.Format, d.Blob, d.Size, d.Named, d.By, d.Created, encode(d.Card))
	if isUnique(err) {
		return d, &akhra.Error{Code: akhra.Conflict, Field: "name", Message: "The project has a version of this name already. Choose another."}
	}
	if err != nil {
		return d, err
	}
	_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventExported, Actor: d.By, Subject: string(d.ID),
		Body: encode(datasetExported{d.No, d.Name, d.Format, d.Blob})})
	return d, err
}

// datasetExported is the body of a dataset.exported event.
type datasetExported struct {
	No     int          `json:"no"`
	Name   string       `json:"name"`
	Format akhra.Format `json:"format"`
	SHA256 string       `json:"sha256"`
}

// sameDataset finds the newest version of the same bytes under the same licence;
// sql.ErrNoRows when there is none.
func (t *tx) sameDataset(tn akhra.Tenant, d akhra.Dataset) (known akhra.Dataset, err error) {
	err = t.each("SELECT "+datasetColumns+" FROM dataset WHERE org = $1 AND project = $2 AND format = $3 AND blob = $4 AND named = $5 ORDER BY no",
		[]any{tn.Org, tn.Project, d.Format, d.Blob, d.Named}, func(row scanner) error {
			one, err := scanDataset(row)
			if err == nil && one.Card.Licence == d.Card.Licence {
				known = one
			}
			return err
		})
	if err == nil && known.ID == "" {
		err = sql.ErrNoRows
	}
	return known, err
}

// Datasets lists the frozen versions of a project, newest first.
func (db *DB) Datasets(ctx context.Context, tn akhra.Tenant) ([]akhra.Dataset, error) {
	return list(ctx, db, "SELECT "+datasetColumns+" FROM dataset WHERE org = $1 AND project = $2 ORDER BY no DESC", []any{tn.Org, tn.Project}, scanDataset)
}

// Dataset finds a frozen version of a project.
func (db *DB) Dataset(ctx context.Context, tn akhra.Tenant, id akhra.DatasetID) (akhra.Dataset, error) {
	s, err := db.read(ctx, "SELECT "+datasetColumns+" FROM dataset WHERE org = $1 AND project = $2 AND id = $3")
	if err != nil {
		return akhra.Dataset{}, err
	}
	d, err := scanDataset(s.QueryRowContext(ctx, tn.Org, tn.Project, id))
	return d, found(err, "version")
}
