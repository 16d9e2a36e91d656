package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"akhra.dev/akhra"
)

// ImportAnswers stores answers that people gave elsewhere, each in the name of
// an annotator who is made at her first answer and cannot sign in. One that her
// answer here already says is a duplicate; one that differs from it, or a class
// the project lacks, is refused. The answers are told in the log like any other.
func (db *DB) ImportAnswers(ctx context.Context, tn akhra.Tenant, rows []akhra.Recorded) ([]akhra.Verdict, error) {
	return db.recorded(ctx, rows, func(t *tx, r akhra.Recorded) error { return t.importAnswer(tn, r, db) })
}

// ImportDecisions settles pictures as decided elsewhere: each is a review by
// whoever brought it in. One that the newest review of the picture already says
// is a duplicate.
func (db *DB) ImportDecisions(ctx context.Context, tn akhra.Tenant, by akhra.UserID, rows []akhra.Recorded) ([]akhra.Verdict, error) {
	return db.recorded(ctx, rows, func(t *tx, r akhra.Recorded) error { return t.importDecision(tn, by, r, db) })
}

// ImportSays keeps what a model elsewhere thinks, by the name of its table. A
// later line about a picture replaces the earlier one of that table.
func (db *DB) ImportSays(ctx context.Context, tn akhra.Tenant, source string, rows []akhra.Recorded) ([]akhra.Verdict, error) {
	return db.recorded(ctx, rows, func(t *tx, r akhra.Recorded) error { return t.importSay(tn, source, r) })
}

// recorded does each row; one that is refused leaves the others alone.
func (db *DB) recorded(ctx context.Context, rows []akhra.Recorded, do func(*tx, akhra.Recorded) error) ([]akhra.Verdict, error) {
	verdicts := make([]akhra.Verdict, len(rows))
	err := db.write(ctx, func(t *tx) error {
		for i, r := range rows {
			v := akhra.Verdict{Item: r.Item, Outcome: akhra.Stored}
			err := do(t, r)
			if refusal, ok := errors.AsType[*akhra.Error](err); ok {
				v.Outcome, v.Problem = akhra.Refused, refusal
			} else if errors.Is(err, errDuplicate) {
				v.Outcome = akhra.Duplicate
			} else if err != nil {
				return err
			}
			verdicts[i] = v
		}
		return nil
	})
	return verdicts, err
}

// askedNow finds the question that is asked of a picture now, and checks that
// the project knows the class.
func (t *tx) askedNow(tn akhra.Tenant, r akhra.Recorded) (akhra.TaskID, error) {
	if known, err := t.knowsClass(tn, r.Class); err != nil {
		return "", err
	} else if !known {
		return "", akhra.InvalidField("class", "This project has no such class.")
	}
	task, err := t.newestTask(tn, r.Item)
	return task.ID, found(err, "picture")
}

func (t *tx) importAnswer(tn akhra.Tenant, r akhra.Recorded, db *DB) error {
	task, err := t.askedNow(tn, r)
	if err != nil {
		return err
	}
	who, err := t.elsewhere(tn, r.Annotator, db)
	if err != nil {
		return err
	}
	a := akhra.Annotation{ID: akhra.AnnotationID(db.NewID()), Assignment: akhra.AssignmentID(db.NewID()), Task: task, Item: r.Item,
		Annotator: who, Answer: akhra.AnswerClass, Class: r.Class, Stored: akhra.MillisOf(t.w.now())}
	n, err := t.exec(`INSERT INTO assignment (org, project, id, task, item, annotator, lease_until, why, state, pack) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, '')
		ON CONFLICT (project, task, annotator) DO NOTHING`, tn.Org, tn.Project, a.Assignment, task, r.Item, who, akhra.WhyImport, assignmentAnswered)
	if err != nil {
		return err
	}
	if n == 0 {
		return t.saidBefore(tn, task, who, r.Class)
	}
	if a.Seq, err = t.nextSeq(tn.Org); err != nil {
		return err
	}
	_, err = t.keep(tn, a, akhra.WhyImport, a.BodyHash())
	return err
}

// saidBefore compares a recorded answer with the one that is here: errDuplicate
// when they agree.
func (t *tx) saidBefore(tn akhra.Tenant, task akhra.TaskID, who akhra.UserID, class akhra.ClassID) error {
	var said akhra.ClassID
	err := t.row("SELECT a.class FROM annotation a WHERE a.org = $1 AND a.project = $2 AND a.task = $3 AND a.annotator = $4 AND "+standing,
		[]any{tn.Org, tn.Project, task, who}, &said)
	if err == nil && said == class {
		return errDuplicate
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return akhra.Errorf(akhra.Conflict, "This annotator has said something else of the picture already.")
}

// elsewhere finds or makes the person in whose name recorded answers of an
// annotator stand. She has no password, and her sign-in name is a hash that
// says nothing: a link made by the owner could make her a real one.
func (t *tx) elsewhere(tn akhra.Tenant, name string, db *DB) (akhra.UserID, error) {
	sum := sha256.Sum256([]byte(string(tn.Org) + "\x00" + name))
	login := "recorded." + hex.EncodeToString(sum[:10])
	var id akhra.UserID
	err := t.row("SELECT id FROM person WHERE org = $1 AND login = $2", []any{tn.Org, login}, &id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	u := akhra.User{ID: akhra.UserID(db.NewID()), Org: tn.Org, Name: name, Login: login, Role: akhra.Annotator, Created: akhra.MillisOf(t.w.now())}
	return u.ID, t.addUser(u)
}

func (t *tx) importDecision(tn akhra.Tenant, by akhra.UserID, r akhra.Recorded, db *DB) error {
	task, err := t.askedNow(tn, r)
	if err != nil {
		return err
	}
	var class akhra.ClassID
	err = t.row("SELECT class FROM review WHERE org = $1 AND project = $2 AND task = $3 ORDER BY seq DESC LIMIT 1", []any{tn.Org, tn.Project, task}, &class)
	if err == nil && class == r.Class {
		return errDuplicate
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return t.settle(tn, akhra.Review{ID: akhra.ReviewID(db.NewID()), Task: task, Reviewer: by, Class: r.Class}, db)
}

func (t *tx) importSay(tn akhra.Tenant, source string, r akhra.Recorded) error {
	if _, err := t.askedNow(tn, r); err != nil {
		return err
	}
	n, err := t.exec(`INSERT INTO other_say (org, project, item, source, class, p, created) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (org, project, item, source) DO UPDATE SET class = excluded.class, p = excluded.p, created = excluded.created
		WHERE other_say.class <> excluded.class OR other_say.p <> excluded.p`,
		tn.Org, tn.Project, r.Item, source, r.Class, r.P, akhra.MillisOf(t.w.now()))
	if err == nil && n == 0 {
		return errDuplicate
	}
	return err
}

// OtherSays lists what models elsewhere think of a picture, by their tables.
func (db *DB) OtherSays(ctx context.Context, tn akhra.Tenant, item akhra.ItemID) ([]akhra.OtherSay, error) {
	return list(ctx, db, "SELECT item, source, class, p, created FROM other_say WHERE org = $1 AND project = $2 AND item = $3 ORDER BY source",
		[]any{tn.Org, tn.Project, item}, func(row scanner) (s akhra.OtherSay, err error) {
			return s, row.Scan(&s.Item, &s.Source, &s.Class, &s.P, &s.Created)
		})
}
