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
	NotSure int // of them
	Skips   int
	Last    akhra.Millis
}

// Counts are the figures of a project. Answers are standing ones, without
// skips; Asked are the tasks with an answer; Accepted are pictures without an answer whose class is the model's by
// a certificate, Done includes them; Open are the tasks that are neither done
// nor in review.
type Counts struct {
	Items, Answers, Classed, NotSure, Skips, Done, Review, Open, Annotators, Accepted, Asked int
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

// Counts counts a project.
func (db *DB) Counts(ctx context.Context, tn akhra.Tenant) (c Counts, err error) {
	if err = db.one(ctx, `SELECT last_item - (SELECT COUNT(*) FROM item i WHERE i.org = $1 AND i.project = $2 AND i.removed > 0)
		FROM project WHERE org = $1 AND id = $2`, []any{tn.Org, tn.Project}, &c.Items); err != nil {
		return c, found(err, "project")
	}
	err = db.one(ctx, `SELECT COUNT(*), COALESCE(SUM(classed), 0), COALESCE(SUM(not_sure), 0), COALESCE(SUM(skips), 0)
		FROM tally WHERE org = $1 AND project = $2`, []any{tn.Org, tn.Project}, &c.Annotators, &c.Classed, &c.NotSure, &c.Skips)
	if err != nil {
		return c, err
	}
	if err = db.countStates(ctx, tn, &c); err != nil {
		return c, err
	}
	err = db.one(ctx, `SELECT COUNT(*) FROM accepted a CROSS JOIN item i CROSS JOIN task t
		LEFT JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
		WHERE a.org = $1 AND a.project = $2 AND i.org = a.org AND i.project = a.project AND i.id = a.item AND i.removed = 0
		AND t.org = a.org AND t.project = a.project AND t.item = a.item AND c.state IS NULL`, []any{tn.Org, tn.Project}, &c.Accepted)
	c.Done += c.Accepted
	c.Answers, c.Open = c.Classed+c.NotSure, c.Items-c.Done-c.Review
	return c, err
}

// past are the posteriors that are history: of removed pictures, and of rounds
// before the newest. Both are few: they are read first, which CROSS JOIN makes
// SQLite do; else it walks every task of the project.
const past = `SELECT c.state, -COUNT(*), -SUM(CASE WHEN c.asked > 0 THEN 1 ELSE 0 END) FROM (
	SELECT t.id FROM item i CROSS JOIN task t WHERE i.org = $1 AND i.project = $2 AND i.removed > 0
		AND t.org = i.org AND t.project = i.project AND t.item = i.id
	UNION SELECT t.id FROM task n CROSS JOIN task t WHERE n.org = $1 AND n.project = $2 AND n.round > 0
		AND t.org = n.org AND t.project = n.project AND t.item = n.item AND t.round < n.round) p
	CROSS JOIN consensus c WHERE c.org = $1 AND c.project = $2 AND c.task = p.id GROUP BY c.state`

// countStates counts the posteriors of now by their state: all, less the past.
func (db *DB) countStates(ctx context.Context, tn akhra.Tenant, c *Counts) error {
	for _, text := range []string{"SELECT state, COUNT(*), 0 FROM consensus WHERE org = $1 AND project = $2 GROUP BY state",
		"SELECT 'open', 0, COUNT(*) FROM consensus WHERE org = $1 AND project = $2 AND asked > 0", past} { // the first two read an index alone
		err := db.each(ctx, text, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
			var state akhra.TaskState
			var n, asked int
			err := rows.Scan(&state, &n, &asked)
			c.Asked += asked
			switch state {
			case akhra.TaskDone:
				c.Done += n
			case akhra.TaskReview:
				c.Review += n
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
