package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"akhra.dev/akhra"
)

// Rows streams the pictures of a project with the inferred truth of their
// newest round, in the order they came, without removed ones.
func (db *DB) Rows(ctx context.Context, tn akhra.Tenant, fn func(akhra.Row) error) error {
	names, err := db.classNames(ctx, tn)
	if err != nil {
		return err
	}
	return db.each(ctx, `SELECT i.id, i.name, i.blob, COALESCE(c.class, ''), COALESCE(c.posterior, '[]'), COALESCE(c.asked, 0),
		COALESCE(c.state, 'open'), COALESCE(c.method, ''), COALESCE(c.model_version, 0),
		COALESCE(a.class, ''), COALESCE(a.p, 0), COALESCE(a.version, 0), COALESCE(b.name, '')
		FROM item i JOIN task t ON t.org = i.org AND t.project = i.project AND t.item = i.id
		LEFT JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
		LEFT JOIN accepted a ON a.org = i.org AND a.project = i.project AND a.item = i.id
		LEFT JOIN batch b ON b.org = i.org AND b.project = i.project AND b.id = i.batch
		WHERE i.org = $1 AND i.project = $2 AND i.removed = 0 AND t.round = (SELECT MAX(n.round) FROM task n
			WHERE n.org = t.org AND n.project = t.project AND n.item = t.item)
		ORDER BY i.seq`, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var r akhra.Row
		var class akhra.ClassID
		var posterior string
		var model akhra.Accepted
		if err := rows.Scan(&r.Item, &r.Name, &r.Blob, &class, &posterior, &r.Answers, &r.State, &r.Method, &r.ModelVersion,
			&model.Class, &model.P, &model.Version, &r.Batch); err != nil {
			return err
		}
		var shares []float64
		if err := json.Unmarshal([]byte(posterior), &shares); err != nil {
			return err
		}
		if r.Class = names[class]; r.Class != "" {
			r.Posterior, r.Source = slices.Max(shares), source(r)
		} else if r.Answers == 0 && model.Class != "" {
			r.Class, r.Posterior, r.State = names[model.Class], model.P, akhra.TaskDone
			r.Source, r.Method, r.ModelVersion = "model", akhra.MethodAccepted, model.Version
		}
		return fn(r)
	})
}

// source says who knows the class of a row.
func source(r akhra.Row) string {
	switch {
	case r.Method == akhra.MethodGold, r.Method == akhra.MethodReview:
		return r.Method
	case r.Answers == 0:
		return "model"
	case r.ModelVersion > 0:
		return "people and model"
	}
	return "people"
}

func (db *DB) classNames(ctx context.Context, tn akhra.Tenant) (map[akhra.ClassID]string, error) {
	_, labels, err := db.Project(ctx, tn)
	names := make(map[akhra.ClassID]string, len(labels.Classes))
	for _, c := range labels.Classes {
		names[c.ID] = c.Name
	}
	return names, err
}

const voteColumns = `i.id, i.name, a.annotator, p.name, a.answer, a.class, a.reason, CASE WHEN a.after_seen = 1 OR a.shown = 1 THEN 1 ELSE 0 END, t.round, a.stored, a.took, a.id, COALESCE(b.name, '')
	FROM annotation a JOIN item i ON i.org = a.org AND i.project = a.project AND i.id = a.item
	JOIN task t ON t.org = a.org AND t.project = a.project AND t.id = a.task
	JOIN person p ON p.org = a.org AND p.id = a.annotator
	LEFT JOIN batch b ON b.org = i.org AND b.project = i.project AND b.id = i.batch`

// Votes streams the standing answers of a project in the order they were
// stored.
func (db *DB) Votes(ctx context.Context, tn akhra.Tenant, fn func(akhra.Vote) error) error {
	return db.votes(ctx, tn, "SELECT "+voteColumns+" WHERE a.org = $1 AND a.project = $2 AND "+standing+" ORDER BY a.seq", []any{tn.Org, tn.Project}, fn)
}

// VotesOf lists the standing answers about one picture.
func (db *DB) VotesOf(ctx context.Context, tn akhra.Tenant, item akhra.ItemID) (votes []akhra.Vote, err error) {
	err = db.votes(ctx, tn, "SELECT "+voteColumns+` WHERE a.org = $1 AND a.project = $2 AND a.assignment IN (SELECT s.id FROM assignment s WHERE s.org = $1 AND s.project = $2
		AND s.task IN (SELECT id FROM task WHERE org = $1 AND project = $2 AND item = $3)) AND `+standing+" ORDER BY +a.seq",
		[]any{tn.Org, tn.Project, item}, func(v akhra.Vote) error {
			votes = append(votes, v)
			return nil
		})
	return votes, err
}

func (db *DB) votes(ctx context.Context, tn akhra.Tenant, text string, args []any, fn func(akhra.Vote) error) error {
	names, err := db.classNames(ctx, tn)
	if err != nil {
		return err
	}
	return db.each(ctx, text, args, func(rows *sql.Rows) error {
		var v akhra.Vote
		var class akhra.ClassID
		if err := rows.Scan(&v.Item, &v.Name, &v.By, &v.Annotator, &v.Answer, &class, &v.Reason, &v.AfterSeen, &v.Round, &v.Stored, &v.TookMs, &v.ID, &v.Batch); err != nil {
			return err
		}
		v.Class = names[class]
		return fn(v)
	})
}
