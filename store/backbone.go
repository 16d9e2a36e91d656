package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"akhra.dev/akhra"
)

const backboneColumns = "org, name, blob, dim, input, sample, created"

func scanBackbone(row scanner) (b akhra.Backbone, err error) {
	var input, check string
	if err = row.Scan(&b.Org, &b.Name, &b.Blob, &b.Dim, &input, &check, &b.Created); err != nil {
		return b, err
	}
	return b, errors.Join(json.Unmarshal([]byte(input), &b.Input), json.Unmarshal([]byte(check), &b.Check))
}

// AddBackbone stores a trained network under its name. The same file, fed in the same
// way, under the same name again changes nothing; anything else under that name is a
// conflict, for vectors made by the first would be taken for the second's.
func (db *DB) AddBackbone(ctx context.Context, b akhra.Backbone) error {
	return db.write(ctx, func(t *tx) error {
		var blob, input string
		err := t.row("SELECT blob, input FROM backbone WHERE org = $1 AND name = $2", []any{b.Org, b.Name}, &blob, &input)
		switch {
		case err == nil && blob == b.Blob && input == encode(b.Input):
			return nil
		case err == nil:
			return akhra.Errorf(akhra.Conflict, "There is another network called %q already: choose a new name.", b.Name)
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		if _, err := t.exec("INSERT INTO backbone ("+backboneColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
			b.Org, b.Name, b.Blob, b.Dim, encode(b.Input), encode(b.Check), b.Created); err != nil {
			return err
		}
		_, err = t.event(akhra.Event{Org: b.Org, Kind: akhra.EventBackboneAdded, Subject: b.Name})
		return err
	})
}

// Backbone finds a trained network by its name.
func (db *DB) Backbone(ctx context.Context, org akhra.OrgID, name string) (akhra.Backbone, error) {
	all, err := list(ctx, db, "SELECT "+backboneColumns+" FROM backbone WHERE org = $1 AND name = $2", []any{org, name}, scanBackbone)
	if err != nil {
		return akhra.Backbone{}, err
	}
	if len(all) == 0 {
		return akhra.Backbone{}, akhra.Errorf(akhra.NotFound, "There is no network called %q here.", name)
	}
	return all[0], nil
}

// Backbones lists the trained networks of an organisation by name.
func (db *DB) Backbones(ctx context.Context, org akhra.OrgID) ([]akhra.Backbone, error) {
	return list(ctx, db, "SELECT "+backboneColumns+" FROM backbone WHERE org = $1 ORDER BY name", []any{org}, scanBackbone)
}
