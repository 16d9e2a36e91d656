package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"akhra.dev/akhra"
)

// Counts are the figures of a project. Answers are standing ones, without
// skips; Asked are the tasks with an answer; Accepted are pictures without an answer whose class is the model's by
// a certificate, Done includes them; Open are the tasks that are neither done
// nor in review.
type Counts struct {
	Items, Answers, Classed, NotSure, Skips, Done, Review, Open, Annotators, Accepted, Asked int
}

// judged is how many posteriors of a project are where, those of removed
// pictures and earlier rounds included, and how many pictures a certificate
// accepted that have none. A row keeps it, so that nobody has to count a
// million rows to draw a page.
type judged struct{ done, review, asked, accepted int }

// add counts a posterior n times.
func (j *judged) add(state akhra.TaskState, asked, n int) {
	switch state {
	case akhra.TaskDone:
		j.done += n
	case akhra.TaskReview:
		j.review += n
	}
	if asked > 0 {
		j.asked += n
	}
}

// at is where the task of a posterior stands.
type at struct {
	state akhra.TaskState
	asked int
}

// judge counts posteriors that are about to be stored in the place of those
// there are. The first of a picture overtakes what a certificate accepted.
func (t *tx) judge(tn akhra.Tenant, rows []akhra.Consensus) error {
	before, err := t.stand(tn, rows)
	if err != nil {
		return err
	}
	var change judged
	var first []akhra.Consensus
	for _, c := range rows {
		if old, stands := before[c.Task]; stands {
			change.add(old.state, old.asked, -1)
		} else {
			first = append(first, c)
		}
		change.add(c.State, c.Asked, 1)
		before[c.Task] = at{c.State, c.Asked}
	}
	if err := t.overtake(tn, first, &change); err != nil {
		return err
	}
	return t.putJudged(tn, change)
}

// standLot is how many tasks one statement reads; a read for each would cost as
// much as storing it.
const standLot = 64

// stand reads where tasks stand; those without a posterior are absent.
func (t *tx) stand(tn akhra.Tenant, rows []akhra.Consensus) (map[akhra.TaskID]at, error) {
	of := make(map[akhra.TaskID]at, len(rows))
	for lot := range slices.Chunk(rows, standLot) {
		args := append(make([]any, 0, 2+standLot), tn.Org, tn.Project)
		for _, c := range lot {
			args = append(args, c.Task)
		}
		err := t.each("SELECT task, state, asked FROM consensus WHERE org = $1 AND project = $2 AND task IN ("+places(3, len(lot))+")", args, func(row scanner) error {
			var task akhra.TaskID
			var now at
			err := row.Scan(&task, &now.state, &now.asked)
			of[task] = now
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return of, nil
}

// places are n places of a statement, from the given one on.
func places(from, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", $%d", from+i)
	}
	return strings.TrimPrefix(b.String(), ", ")
}

// overtake has first posteriors stand where a certificate accepted their
// pictures, if their task is the picture's newest.
func (t *tx) overtake(tn akhra.Tenant, first []akhra.Consensus, change *judged) error {
	if len(first) == 0 {
		return nil
	}
	var accepted int
	err := t.row("SELECT accepted FROM judged WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &accepted)
	if errors.Is(err, sql.ErrNoRows) || err == nil && accepted == 0 {
		return nil
	}
	for i := 0; i < len(first) && err == nil; i++ {
		var n int64
		n, err = t.exec(`UPDATE accepted SET overtaken = 1 WHERE org = $1 AND project = $2 AND item = $3 AND overtaken = 0
			AND NOT EXISTS (SELECT 1 FROM task n WHERE n.org = $1 AND n.project = $2 AND n.item = $3
				AND n.round > (SELECT k.round FROM task k WHERE k.org = $1 AND k.project = $2 AND k.id = $4))`, tn.Org, tn.Project, first[i].Item, first[i].Task)
		change.accepted -= int(n)
	}
	return err
}

// judgedAgain lets the posterior of an earlier round stand once it is a picture's newest.
func (t *tx) judgedAgain(tn akhra.Tenant, item akhra.ItemID, task akhra.TaskID) error {
	var change judged
	n, err := t.exec(`UPDATE accepted SET overtaken = 1 WHERE org = $1 AND project = $2 AND item = $3 AND overtaken = 0
		AND EXISTS (SELECT 1 FROM consensus c WHERE c.org = $1 AND c.project = $2 AND c.task = $4)`, tn.Org, tn.Project, item, task)
	if err != nil {
		return err
	}
	change.accepted -= int(n)
	return t.putJudged(tn, change)
}

// accept lets a certificate decide a picture that none has decided.
func (t *tx) accept(tn akhra.Tenant, a akhra.Accepted, change *judged) error {
	var counts int
	err := t.row(`INSERT INTO accepted (org, project, item, class, p, version, promise, overtaken) VALUES ($1, $2, $3, $4, $5, $6, $7,
		COALESCE((SELECT CASE WHEN c.task IS NULL THEN 0 ELSE 1 END FROM task t
			LEFT JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
			WHERE t.org = $1 AND t.project = $2 AND t.item = $3 ORDER BY t.round DESC LIMIT 1), 0))
		ON CONFLICT DO NOTHING RETURNING 1 - overtaken`, []any{tn.Org, tn.Project, a.Item, a.Class, a.P, a.Version, a.Promise}, &counts)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	change.accepted += counts
	return err
}

// reopen takes back what a certificate accepted, by the item or the promise.
func (t *tx) reopen(tn akhra.Tenant, column string, value any) error {
	var change judged
	err := t.each("DELETE FROM accepted WHERE org = $1 AND project = $2 AND "+column+" = $3 RETURNING 1 - overtaken", []any{tn.Org, tn.Project, value}, func(row scanner) error {
		var counts int
		err := row.Scan(&counts)
		change.accepted -= counts
		return err
	})
	if err != nil {
		return err
	}
	return t.putJudged(tn, change)
}

// putJudged adds a change to what is counted of a project.
func (t *tx) putJudged(tn akhra.Tenant, change judged) error {
	if change == (judged{}) {
		return nil
	}
	_, err := t.exec(`INSERT INTO judged (org, project, done, review, asked, accepted) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (org, project) DO UPDATE SET done = judged.done + excluded.done, review = judged.review + excluded.review,
		asked = judged.asked + excluded.asked, accepted = judged.accepted + excluded.accepted`,
		tn.Org, tn.Project, change.done, change.review, change.asked, change.accepted)
	return err
}

// Counts counts a project. Cost: its people, its removed pictures and those
// that were asked anew.
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
	now, err := db.judgedNow(ctx, tn)
	c.Review, c.Asked, c.Accepted = now.review, now.asked, now.accepted
	c.Done = now.done + c.Accepted
	c.Answers, c.Open = c.Classed+c.NotSure, c.Items-c.Done-c.Review
	return c, err
}

// past are the posteriors that are history: of removed pictures, and of rounds
// before the newest. Both are few: they are read first, which CROSS JOIN makes
// SQLite do; else it walks every task of the project.
const past = `SELECT c.state, c.asked FROM (
	SELECT t.id FROM item i CROSS JOIN task t WHERE i.org = $1 AND i.project = $2 AND i.removed > 0
		AND t.org = i.org AND t.project = i.project AND t.item = i.id
	UNION SELECT t.id FROM task n CROSS JOIN task t WHERE n.org = $1 AND n.project = $2 AND n.round > 0
		AND t.org = n.org AND t.project = n.project AND t.item = n.item AND t.round < n.round) p
	CROSS JOIN consensus c WHERE c.org = $1 AND c.project = $2 AND c.task = p.id`

// judgedNow is what is counted of a project, less the past.
func (db *DB) judgedNow(ctx context.Context, tn akhra.Tenant) (j judged, err error) {
	err = db.one(ctx, "SELECT done, review, asked, accepted FROM judged WHERE org = $1 AND project = $2",
		[]any{tn.Org, tn.Project}, &j.done, &j.review, &j.asked, &j.accepted)
	if errors.Is(err, sql.ErrNoRows) {
		return j, nil
	}
	if err != nil {
		return j, err
	}
	err = db.each(ctx, past, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var state akhra.TaskState
		var asked int
		err := rows.Scan(&state, &asked)
		j.add(state, asked, -1)
		return err
	})
	if err != nil {
		return j, err
	}
	var removed int
	err = db.one(ctx, `SELECT COUNT(*) FROM item i CROSS JOIN accepted a WHERE i.org = $1 AND i.project = $2 AND i.removed > 0
		AND a.org = i.org AND a.project = i.project AND a.item = i.id AND a.overtaken = 0`, []any{tn.Org, tn.Project}, &removed)
	j.accepted -= removed
	return j, err
}
