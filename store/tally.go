package store

import (
	"context"

	"akhra.dev/akhra"
)

// AnnotatorCount is how much one person has answered in a project.
type AnnotatorCount struct {
	User    akhra.UserID
	Name    string
	Answers int // standing answers, skips not counted
	NotSure int // of them
	Skips   int
	Last    akhra.Millis
}

// tally keeps the standing answers of each annotator counted, so that nobody
// has to count a million rows to draw a page.
func (t *tx) tally(tn akhra.Tenant, a akhra.Annotation) error {
	var was akhra.Answer
	if a.Replaces != "" {
		var stored akhra.Millis
		if err := t.row("SELECT answer, stored FROM annotation WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, a.Replaces}, &was, &stored); err != nil {
			return err
		}
		if err := t.active(tn, a.Annotator, was, stored, -1); err != nil {
			return err
		}
	}
	if err := t.active(tn, a.Annotator, a.Answer, a.Stored, 1); err != nil {
		return err
	}
	change := func(kind akhra.Answer) (n int) {
		if a.Answer == kind {
			n++
		}
		if was == kind {
			n--
		}
		return n
	}
	_, err := t.exec(`INSERT INTO tally (org, project, annotator, classed, not_sure, skips, last) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (org, project, annotator) DO UPDATE SET classed = tally.classed + excluded.classed,
		not_sure = tally.not_sure + excluded.not_sure, skips = tally.skips + excluded.skips, last = excluded.last`,
		tn.Org, tn.Project, a.Annotator, change(akhra.AnswerClass), change(akhra.AnswerNotSure), change(akhra.AnswerSkip), a.Stored)
	return err
}

// PerAnnotator counts the answers of each person, most first.
func (db *DB) PerAnnotator(ctx context.Context, tn akhra.Tenant) ([]AnnotatorCount, error) {
	return list(ctx, db, `SELECT t.annotator, p.name, t.classed + t.not_sure, t.not_sure, t.skips, t.last FROM tally t
		JOIN person p ON p.org = t.org AND p.id = t.annotator
		WHERE t.org = $1 AND t.project = $2 ORDER BY 3 DESC, 1`, []any{tn.Org, tn.Project}, func(row scanner) (c AnnotatorCount, err error) {
		return c, row.Scan(&c.User, &c.Name, &c.Answers, &c.NotSure, &c.Skips, &c.Last)
	})
}

// ProjectCount is how much a person has answered in one project.
type ProjectCount struct {
	Project akhra.ProjectID
	Name    string
	Answers int // standing answers, skips not counted
	NotSure int // of them
	Skips   int
}

// PerProject counts an annotator's answers in each project she answered in,
// the one of her last answer first.
func (db *DB) PerProject(ctx context.Context, org akhra.OrgID, annotator akhra.UserID) ([]ProjectCount, error) {
	return list(ctx, db, `SELECT p.id, p.name, t.classed + t.not_sure, t.not_sure, t.skips FROM project p
		JOIN tally t ON t.org = p.org AND t.project = p.id AND t.annotator = $2
		WHERE p.org = $1 ORDER BY t.last DESC, p.id`, []any{org, annotator}, func(row scanner) (c ProjectCount, err error) {
		return c, row.Scan(&c.Project, &c.Name, &c.Answers, &c.NotSure, &c.Skips)
	})
}
