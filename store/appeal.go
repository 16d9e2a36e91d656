package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// differs joins an annotator's standing answers that name a class with the
// settled tasks whose class is another.
const differs = `JOIN consensus c ON c.org = a.org AND c.project = a.project AND c.task = a.task
	WHERE a.answer = 'class' AND c.state = 'done' AND c.class <> '' AND ` + saidNow + ` NOT IN ('', c.class) AND ` + standing

// Appeal stores that an annotator asks for a person to look at a task again.
// It fails with not found unless the task is settled and differs from her
// standing answer. She may ask once for a task; asking again changes nothing.
func (db *DB) Appeal(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, task akhra.TaskID) error {
	return db.write(ctx, func(t *tx) error {
		var item akhra.ItemID
		err := t.row(`SELECT a.item FROM assignment s
			JOIN annotation a ON a.org = s.org AND a.project = s.project AND a.assignment = s.id `+differs+`
			AND s.org = $1 AND s.project = $2 AND s.task = $3 AND s.annotator = $4`, []any{tn.Org, tn.Project, task, annotator}, &item)
		if errors.Is(err, sql.ErrNoRows) {
			return akhra.Errorf(akhra.NotFound, "This picture is not among those where your answer differs.")
		}
		if err != nil {
			return err
		}
		return t.appeal(tn, akhra.Appeal{Task: task, Item: item, Annotator: annotator, Created: akhra.MillisOf(t.w.now())})
	})
}

// AskReview stores that somebody who leads asks for a person to look at a task
// again, whoever answered it. It fails with not found when there is no such
// task; asking again changes nothing.
func (db *DB) AskReview(ctx context.Context, tn akhra.Tenant, by akhra.UserID, task akhra.TaskID) error {
	return db.write(ctx, func(t *tx) error {
		var item akhra.ItemID
		if err := t.row("SELECT item FROM task WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, task}, &item); err != nil {
			return found(err, "task")
		}
		return t.appeal(tn, akhra.Appeal{Task: task, Item: item, Annotator: by, Created: akhra.MillisOf(t.w.now())})
	})
}

func (t *tx) appeal(tn akhra.Tenant, a akhra.Appeal) error {
	seq, err := t.nextSeq(tn.Org)
	if err != nil {
		return err
	}
	n, err := t.exec(`INSERT INTO appeal (org, project, task, annotator, item, created, seq) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (org, project, task, annotator) DO NOTHING`, tn.Org, tn.Project, a.Task, a.Annotator, a.Item, a.Created, seq)
	if err != nil || n == 0 {
		return err
	}
	return t.eventAt(seq, akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventAppealOpened, Actor: a.Annotator, Subject: string(a.Task),
		Body: encode(map[string]string{"task": string(a.Task), "item": string(a.Item)}), At: a.Created})
}

// reviewedSince holds for an appeal whose task was reviewed after it.
const reviewedSince = `EXISTS (SELECT 1 FROM review r
	WHERE r.org = p.org AND r.project = p.project AND r.task = p.task AND r.seq > p.seq)`

// Appeals streams the open appeals of a project, oldest first.
func (db *DB) Appeals(ctx context.Context, tn akhra.Tenant, fn func(akhra.Appeal) error) error {
	return db.each(ctx, `SELECT task, item, annotator, created FROM appeal p
		WHERE org = $1 AND project = $2 AND NOT `+reviewedSince+" ORDER BY seq", []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var a akhra.Appeal
		if err := rows.Scan(&a.Task, &a.Item, &a.Annotator, &a.Created); err != nil {
			return err
		}
		return fn(a)
	})
}
