package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// SetGuideline stores the next version of a project's guideline: that after the
// version the writer saw. It fails with precondition when somebody stored one
// meanwhile. The same text again makes no new version.
func (db *DB) SetGuideline(ctx context.Context, tn akhra.Tenant, g akhra.Guideline, after int) (stored akhra.Guideline, err error) {
	if err := g.Validate(); err != nil {
		return stored, err
	}
	err = db.write(ctx, func(t *tx) error {
		var now akhra.Guideline
		err := t.row("SELECT version, text, made_by, created FROM guideline WHERE org = $1 AND project = $2 ORDER BY version DESC LIMIT 1",
			[]any{tn.Org, tn.Project}, &now.Version, &now.Text, &now.By, &now.Created)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case g.Text == now.Text:
			stored = now
			return nil
		case after != now.Version:
			return akhra.Errorf(akhra.Precondition, "Someone changed the guideline meanwhile. Please look again and repeat your change.")
		}
		stored = akhra.Guideline{Version: now.Version + 1, Text: g.Text, By: g.By, Created: akhra.MillisOf(t.w.now())}
		if _, err := t.exec("INSERT INTO guideline (org, project, version, text, made_by, created) VALUES ($1, $2, $3, $4, $5, $6)",
			tn.Org, tn.Project, stored.Version, stored.Text, stored.By, stored.Created); err != nil {
			return err
		}
		return t.guidelineChanged(tn, g.By)
	})
	return stored, err
}

func (t *tx) guidelineChanged(tn akhra.Tenant, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventGuideline, Actor: by, Subject: string(tn.Project), Body: "{}"})
	return err
}

// Guideline reads one version of a project's guideline, the newest for 0. A
// project without any has version 0 and no text; a version that there is not is
// not found.
func (db *DB) Guideline(ctx context.Context, tn akhra.Tenant, version int) (g akhra.Guideline, err error) {
	err = db.one(ctx, `SELECT version, text, made_by, created FROM guideline WHERE org = $1 AND project = $2 AND (version = $3 OR $3 = 0)
		ORDER BY version DESC LIMIT 1`, []any{tn.Org, tn.Project, version}, &g.Version, &g.Text, &g.By, &g.Created)
	if errors.Is(err, sql.ErrNoRows) && version == 0 {
		return akhra.Guideline{}, nil
	}
	return g, found(err, "version of the guideline")
}

// Guidelines lists the versions of a project's guideline without their texts,
// newest first.
func (db *DB) Guidelines(ctx context.Context, tn akhra.Tenant) ([]akhra.Guideline, error) {
	return list(ctx, db, "SELECT version, made_by, created FROM guideline WHERE org = $1 AND project = $2 ORDER BY version DESC",
		[]any{tn.Org, tn.Project}, func(row scanner) (g akhra.Guideline, err error) {
			return g, row.Scan(&g.Version, &g.By, &g.Created)
		})
}

// ReadGuideline notes that a person was shown a version of the guideline, so
// that she is not told of it again. An older one than she was shown changes
// nothing.
func (db *DB) ReadGuideline(ctx context.Context, tn akhra.Tenant, person akhra.UserID, version int) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO guideline_read (org, project, person, version) SELECT org, project, $3, version FROM guideline WHERE org = $1 AND project = $2 AND version = $4
			ON CONFLICT (org, project, person) DO UPDATE SET version = excluded.version WHERE excluded.version > guideline_read.version`, tn.Org, tn.Project, person, version)
		return err
	})
}

// GuidelineRead tells which version of the guideline a person was shown last, 0
// for none.
func (db *DB) GuidelineRead(ctx context.Context, tn akhra.Tenant, person akhra.UserID) (version int, err error) {
	err = db.one(ctx, "SELECT COALESCE(MAX(version), 0) FROM guideline_read WHERE org = $1 AND project = $2 AND person = $3", []any{tn.Org, tn.Project, person}, &version)
	return version, err
}

// AddGuidelinePicture keeps a picture for a project's guidelines: the bytes are
// among the blobs. It fails with too large at akhra.MaxGuidelinePictures.
func (db *DB) AddGuidelinePicture(ctx context.Context, tn akhra.Tenant, id akhra.GuidelineID, blob string, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		var n int
		if err := t.row("SELECT COUNT(*) FROM guideline_picture WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &n); err != nil {
			return err
		}
		if n >= akhra.MaxGuidelinePictures {
			return akhra.Errorf(akhra.TooLarge, "A project's guidelines have at most %d pictures of their own. Use pictures of the project.", akhra.MaxGuidelinePictures)
		}
		if _, err := t.exec("INSERT INTO guideline_picture (org, project, id, blob, created) VALUES ($1, $2, $3, $4, $5)",
			tn.Org, tn.Project, id, blob, akhra.MillisOf(t.w.now())); err != nil {
			return err
		}
		return t.guidelineChanged(tn, by)
	})
}

// GuidelinePicture tells under which hash the bytes of a guideline's picture are.
func (db *DB) GuidelinePicture(ctx context.Context, tn akhra.Tenant, id akhra.GuidelineID) (blob string, err error) {
	err = db.one(ctx, "SELECT blob FROM guideline_picture WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, id}, &blob)
	return blob, found(err, "picture")
}
