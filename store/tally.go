package store

import (
	"context"
	"database/sql"

	"akhra.dev/akhra"
)

// AnnotatorCount is how much one person has answered in a project.
type AnnotatorCount struct {
	User    akhra.UserID
	Name    string
	Answers int // standing answers, skips not counted
	Last    akhra.Millis
}

// Counts are the figures of a project. Answers are standing ones, without
// skips; Open are the tasks that are neither done nor in review.
type Counts struct {
	Items, Answers, Classed, NotSure, Skips, Done, Review, Open, Annotators int
}

// tally keeps the standing answers of each annotator counted, so that nobody
// has to count a million rows to draw a page.
func (t *tx) tally(tn akhra.Tenant, a akhra.Annotation) error {
	var was akhra.Answer
	if a.Replaces != "" {
		if err := t.row("SELECT answer FROM annotation WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, a.Replaces}, &was); err != nil {
			return err
		}
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
	return list(ctx, db, `SELECT t.annotator, p.name, t.classed + t.not_sure, t.last FROM tally t
		JOIN person p ON p.org = t.org AND p.id = t.annotator
		WHERE t.org = $1 AND t.project = $2 ORDER BY 3 DESC, 1`, []any{tn.Org, tn.Project}, func(row scanner) (c AnnotatorCount, err error) {
		return c, row.Scan(&c.User, &c.Name, &c.Answers, &c.Last)
	})
}

// Counts counts a project.
func (db *DB) Counts(ctx context.Context, tn akhra.Tenant) (c Counts, err error) {
	if err = db.one(ctx, "SELECT last_item FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &c.Items); err != nil {
		return c, found(err, "project")
	}
	err = db.one(ctx, `SELECT COUNT(*), COALESCE(SUM(classed), 0), COALESCE(SUM(not_sure), 0), COALESCE(SUM(skips), 0)
		FROM tally WHERE org = $1 AND project = $2`, []any{tn.Org, tn.Project}, &c.Annotators, &c.Classed, &c.NotSure, &c.Skips)
	if err != nil {
		return c, err
	}
	err = db.each(ctx, "SELECT state, COUNT(*) FROM consensus WHERE org = $1 AND project = $2 GROUP BY state", []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var state akhra.TaskState
		var n int
		err := rows.Scan(&state, &n)
		switch state {
		case akhra.TaskDone:
			c.Done = n
		case akhra.TaskReview:
			c.Review = n
		}
		return err
	})
	c.Answers, c.Open = c.Classed+c.NotSure, c.Items-c.Done-c.Review
	return c, err
}
