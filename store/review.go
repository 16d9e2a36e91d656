package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

const reviewColumns = "id, task, item, reviewer, class, note, gold, created"

func scanReview(row scanner) (r akhra.Review, err error) {
	return r, row.Scan(&r.ID, &r.Task, &r.Item, &r.Reviewer, &r.Class, &r.Note, &r.Gold, &r.Created)
}

// Settle stores a review; with Gold its class is a known answer from then on,
// without it one that an earlier review of the task set is taken away. The
// same review sent again changes nothing. It fails with conflict when the
// reviewer answered the task or the id carries another review.
func (db *DB) Settle(ctx context.Context, tn akhra.Tenant, r akhra.Review) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		err := t.settle(tn, r, db)
		if errors.Is(err, errDuplicate) {
			return nil
		}
		return err
	})
}

func (t *tx) settle(tn akhra.Tenant, r akhra.Review, db *DB) (err error) {
	if err := t.row("SELECT item FROM task WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, r.Task}, &r.Item); err != nil {
		return found(err, "task")
	}
	if known, err := t.knowsClass(tn, r.Class); err != nil {
		return err
	} else if !known {
		return akhra.InvalidField("class", "This project has no such class.")
	}
	if err := t.earlierReview(tn, r); err != nil {
		return err
	}
	if err := t.standAside(tn, r, akhra.AssignmentID(db.NewID())); err != nil {
		return err
	}
	seq, err := t.nextSeq(tn.Org)
	if err != nil {
		return err
	}
	r.Created = akhra.MillisOf(t.w.now())
	if _, err := t.exec("INSERT INTO review (org, project, "+reviewColumns+", seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		tn.Org, tn.Project, r.ID, r.Task, r.Item, r.Reviewer, r.Class, r.Note, r.Gold, r.Created, seq); err != nil {
		return err
	}
	if err := t.eventAt(seq, akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventReviewSettled, Actor: r.Reviewer,
		Subject: string(r.ID), Body: encode(reviewSettled{r.Task, r.Item, r.Class, r.Gold}), At: r.Created}); err != nil {
		return err
	}
	return t.reviewedGold(tn, r)
}

// reviewSettled is the body of a review.settled event.
type reviewSettled struct {
	Task  akhra.TaskID  `json:"task"`
	Item  akhra.ItemID  `json:"item"`
	Class akhra.ClassID `json:"class"`
	Gold  bool          `json:"gold"`
}

// earlierReview compares a review with the one its id may have stored.
func (t *tx) earlierReview(tn akhra.Tenant, r akhra.Review) error {
	var old akhra.Review
	err := t.each("SELECT "+reviewColumns+" FROM review WHERE org = $1 AND project = $2 AND id = $3", []any{tn.Org, tn.Project, r.ID}, func(row scanner) (err error) {
		old, err = scanReview(row)
		return err
	})
	if err != nil || old.ID == "" {
		return err
	}
	if r.Created = old.Created; r == old {
		return errDuplicate
	}
	return akhra.Errorf(akhra.Conflict, "A review with this id is stored with other content.")
}

// standAside keeps the reviewer's own answer out of a task whose answers she
// has seen; it fails when she gave hers before.
func (t *tx) standAside(tn akhra.Tenant, r akhra.Review, id akhra.AssignmentID) error {
	clear(t.w.leased)
	n, err := t.exec(`INSERT INTO assignment (org, project, id, task, item, annotator, lease_until, why, state, pack) VALUES ($1, $2, $3, $4, $5, $6, 0, '', 3, '')
		ON CONFLICT (project, task, annotator) DO UPDATE SET state = 3 WHERE assignment.state <> 1`,
		tn.Org, tn.Project, id, r.Task, r.Item, r.Reviewer)
	if err == nil && n == 0 {
		return akhra.Errorf(akhra.Conflict, "You answered this picture yourself. Somebody else decides it.")
	}
	return err
}

// reviewedGold makes the class of a review a known answer, or takes away what
// an earlier review made one.
func (t *tx) reviewedGold(tn akhra.Tenant, r akhra.Review) error {
	if r.Gold {
		return t.setGold(tn, akhra.Gold{Item: r.Item, Task: r.Task, Class: r.Class, Source: akhra.GoldReview, By: r.Reviewer})
	}
	var n int
	err := t.row("SELECT COUNT(*) FROM gold WHERE org = $1 AND project = $2 AND item = $3 AND task = $4 AND source = $5",
		[]any{tn.Org, tn.Project, r.Item, r.Task, akhra.GoldReview}, &n)
	if err != nil || n == 0 {
		return err
	}
	return t.removeGold(tn, r.Item, r.Reviewer)
}

// Reviews streams the latest review of each task that has one, in the order
// they were settled.
func (db *DB) Reviews(ctx context.Context, tn akhra.Tenant, fn func(akhra.Review) error) error {
	return db.each(ctx, "SELECT "+reviewColumns+` FROM review r WHERE org = $1 AND project = $2 AND seq = (SELECT MAX(l.seq) FROM review l
		WHERE l.org = r.org AND l.project = r.project AND l.task = r.task) ORDER BY seq`, []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		r, err := scanReview(rows)
		if err != nil {
			return err
		}
		return fn(r)
	})
}

// ReviewOf is the latest review of a task; not found when it has none.
func (db *DB) ReviewOf(ctx context.Context, tn akhra.Tenant, task akhra.TaskID) (akhra.Review, error) {
	s, err := db.read(ctx, "SELECT "+reviewColumns+" FROM review WHERE org = $1 AND project = $2 AND task = $3 ORDER BY seq DESC LIMIT 1")
	if err != nil {
		return akhra.Review{}, err
	}
	r, err := scanReview(s.QueryRowContext(ctx, tn.Org, tn.Project, task))
	return r, found(err, "review")
}

// Reviewable tells which of some tasks a reviewer may decide now: not those
// she answered or has decided, and those that are reviewed or gold only while
// an appeal is open. Cost: one read per task.
func (db *DB) Reviewable(ctx context.Context, tn akhra.Tenant, reviewer akhra.UserID, tasks []akhra.TaskID) (map[akhra.TaskID]bool, error) {
	hers := make(map[akhra.TaskID]bool, len(tasks))
	for _, id := range tasks {
		var n int
		err := db.one(ctx, `SELECT COUNT(*) FROM task t WHERE t.org = $1 AND t.project = $2 AND t.id = $3
			AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.org = t.org AND a.project = t.project AND a.task = t.id
				AND a.annotator = $4 AND a.state IN (1, 3))
			AND (EXISTS (SELECT 1 FROM appeal p WHERE p.org = t.org AND p.project = t.project AND p.task = t.id AND NOT `+reviewedSince+`)
				OR NOT EXISTS (SELECT 1 FROM review r WHERE r.org = t.org AND r.project = t.project AND r.task = t.id)
				AND NOT EXISTS (SELECT 1 FROM gold g WHERE g.org = t.org AND g.project = t.project AND g.item = t.item AND g.task = t.id))`,
			[]any{tn.Org, tn.Project, id, reviewer}, &n)
		if err != nil {
			return nil, err
		}
		hers[id] = n > 0
	}
	return hers, nil
}
