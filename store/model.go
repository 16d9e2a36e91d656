package store

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"akhra.dev/akhra"
)

// keptModels is how many versions keep their weights; older ones keep only
// their point of the curve.
const keptModels = 10

// SwapModel stores a taught version, what it says out of fold of the pictures
// that taught it, and its point of the learning curve, all at once: readers
// see the old version or the new one, never half.
func (db *DB) SwapModel(ctx context.Context, tn akhra.Tenant, m akhra.Model, outOfFold []akhra.Prediction, point *akhra.CurvePoint) error {
	packed, err := pack(outOfFold)
	if err != nil {
		return err
	}
	body := ""
	if point != nil {
		body = encode(point)
	}
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO model (org, project, version, head, recipe, label_set, temperature, taught, seq, created, out_of_fold, point)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, tn.Org, tn.Project, m.Version,
			base64.StdEncoding.EncodeToString(m.Head), m.Recipe, m.LabelSet, m.Temperature, m.Taught, m.Seq, m.Created, packed, body)
		if isUnique(err) {
			return akhra.Errorf(akhra.Conflict, "There is a model of version %d already.", m.Version)
		}
		if err != nil {
			return err
		}
		if _, err := t.exec("UPDATE model SET head = '', out_of_fold = '' WHERE org = $1 AND project = $2 AND version <= $3 AND head <> ''",
			tn.Org, tn.Project, m.Version-keptModels); err != nil {
			return err
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventModelSwapped, Subject: string(tn.Project),
			Body: encode(map[string]int64{"version": m.Version})})
		return err
	})
}

// Model is the newest taught version of a project's model; not found before
// the first.
func (db *DB) Model(ctx context.Context, tn akhra.Tenant) (m akhra.Model, err error) {
	var head string
	err = db.one(ctx, `SELECT version, head, recipe, label_set, temperature, taught, seq, created FROM model
		WHERE org = $1 AND project = $2 ORDER BY version DESC LIMIT 1`, []any{tn.Org, tn.Project},
		&m.Version, &head, &m.Recipe, &m.LabelSet, &m.Temperature, &m.Taught, &m.Seq, &m.Created)
	if err != nil {
		return m, found(err, "model")
	}
	m.Head, err = base64.StdEncoding.DecodeString(head)
	return m, err
}

// OutOfFold streams what a version says of the pictures that taught it, each
// by a head that did not see its answers.
func (db *DB) OutOfFold(ctx context.Context, tn akhra.Tenant, version int64, fn func(akhra.Prediction) error) error {
	var packed string
	if err := db.one(ctx, "SELECT out_of_fold FROM model WHERE org = $1 AND project = $2 AND version = $3", []any{tn.Org, tn.Project, version}, &packed); err != nil {
		return found(err, "model")
	}
	return unpack(packed, version, fn)
}

// Curve is the learning curve of a project, oldest point first.
func (db *DB) Curve(ctx context.Context, tn akhra.Tenant) ([]akhra.CurvePoint, error) {
	return list(ctx, db, "SELECT point FROM model WHERE org = $1 AND project = $2 AND point <> '' ORDER BY version", []any{tn.Org, tn.Project},
		func(row scanner) (p akhra.CurvePoint, err error) {
			var body string
			if err = row.Scan(&body); err != nil {
				return p, err
			}
			return p, json.Unmarshal([]byte(body), &p)
		})
}

// PutBlind stores answers that were given on pictures drawn at random, beside
// what the model thought before it knew them. The same answer again changes
// nothing.
func (db *DB) PutBlind(ctx context.Context, tn akhra.Tenant, blinds []akhra.Blind) error {
	return db.write(ctx, func(t *tx) error {
		for _, b := range blinds {
			if _, err := t.exec(`INSERT INTO blind (org, project, item, seq, said, thought, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT DO NOTHING`, tn.Org, tn.Project, b.Item, b.Seq, b.Said, b.Thought, b.Version); err != nil {
				return err
			}
		}
		return nil
	})
}

// Blinds lists them in the order of the answers.
func (db *DB) Blinds(ctx context.Context, tn akhra.Tenant) ([]akhra.Blind, error) {
	return list(ctx, db, "SELECT item, said, thought, version, seq FROM blind WHERE org = $1 AND project = $2 ORDER BY seq", []any{tn.Org, tn.Project},
		func(row scanner) (b akhra.Blind, err error) {
			return b, row.Scan(&b.Item, &b.Said, &b.Thought, &b.Version, &b.Seq)
		})
}

// PutRecipe stores which embedder a project uses from now on and gives its
// version.
func (db *DB) PutRecipe(ctx context.Context, tn akhra.Tenant, blob string) (version int64, err error) {
	err = db.write(ctx, func(t *tx) error {
		return t.row(`INSERT INTO recipe (org, project, version, blob)
			SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3 FROM recipe WHERE org = $1 AND project = $2 RETURNING version`,
			[]any{tn.Org, tn.Project, blob}, &version)
	})
	return version, err
}

// Recipe is the embedder of a project; not found before there is one.
func (db *DB) Recipe(ctx context.Context, tn akhra.Tenant) (blob string, version int64, err error) {
	err = db.one(ctx, "SELECT blob, version FROM recipe WHERE org = $1 AND project = $2 ORDER BY version DESC LIMIT 1", []any{tn.Org, tn.Project}, &blob, &version)
	return blob, version, found(err, "recipe")
}
