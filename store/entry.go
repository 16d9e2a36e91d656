package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"akhra.dev/akhra"
)

const entryColumns = `i.id, i.seq, i.name, i.created, i.removed > 0, i.batch, t.id, t.round, t.purpose,
	COALESCE(c.class, ''), COALESCE(c.posterior, ''), COALESCE(c.asked, 0), COALESCE(c.state, 'open'),
	COALESCE(g.class, ''), COALESCE(a.class, ''), COALESCE(a.p, 0)
	FROM item i JOIN task t ON t.org = i.org AND t.project = i.project AND t.item = i.id
	LEFT JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
	LEFT JOIN gold g ON g.org = i.org AND g.project = i.project AND g.item = i.id
	LEFT JOIN accepted a ON a.org = i.org AND a.project = i.project AND a.item = i.id
	WHERE i.org = $1 AND i.project = $2`

func scanEntry(row scanner) (c akhra.Entry, err error) {
	var posterior string
	var purpose akhra.Purpose
	var accepted akhra.Accepted
	err = row.Scan(&c.Item, &c.Seq, &c.Name, &c.Came, &c.Removed, &c.Batch, &c.Task, &c.Round, &purpose, &c.Class, &posterior, &c.Asked, &c.State,
		&c.Gold, &accepted.Class, &accepted.P)
	if c.Audit = purpose == akhra.ForAudit; err != nil {
		return c, err
	}
	if c.Asked == 0 && accepted.Class != "" {
		c.Class, c.P, c.State = accepted.Class, accepted.P, akhra.TaskDone
		return c, nil
	}
	if posterior == "" || c.Class == "" {
		return c, nil
	}
	var shares []float64
	if err := json.Unmarshal([]byte(posterior), &shares); err != nil {
		return c, err
	}
	if len(shares) > 0 {
		c.P = slices.Max(shares)
	}
	return c, nil
}

// Entries streams the entries of the pictures that came after a place, up to
// another, in order; of a picture that was asked anew once for each round, the
// newest last.
func (db *DB) Entries(ctx context.Context, tn akhra.Tenant, after, last int64, fn func(akhra.Entry) error) error {
	return db.each(ctx, "SELECT "+entryColumns+" AND i.seq > $3 AND i.seq <= $4 ORDER BY i.seq, t.round", []any{tn.Org, tn.Project, after, last}, func(rows *sql.Rows) error {
		c, err := scanEntry(rows)
		if err != nil {
			return err
		}
		return fn(c)
	})
}

// Entry reads one picture's entry; not found when it is not in the project.
func (db *DB) Entry(ctx context.Context, tn akhra.Tenant, item akhra.ItemID) (akhra.Entry, error) {
	s, err := db.read(ctx, "SELECT "+entryColumns+" AND i.id = $3 ORDER BY t.round DESC LIMIT 1")
	if err != nil {
		return akhra.Entry{}, err
	}
	c, err := scanEntry(s.QueryRowContext(ctx, tn.Org, tn.Project, item))
	return c, found(err, "picture")
}

const voiceColumns = "a.item, a.task, a.annotator, a.answer, a.class, a.replaces, a.stored"

func scanVoice(row scanner) (v akhra.Voice, err error) {
	return v, row.Scan(&v.Item, &v.Task, &v.Annotator, &v.Answer, &v.Class, &v.Replaces, &v.Stored)
}

// Voices streams all answers of a project in the order they were stored.
func (db *DB) Voices(ctx context.Context, tn akhra.Tenant, fn func(akhra.Voice) error) error {
	return db.voices(ctx, "SELECT "+voiceColumns+" FROM annotation a WHERE a.org = $1 AND a.project = $2 ORDER BY a.seq", []any{tn.Org, tn.Project}, fn)
}

// VoicesOf streams the answers about one picture in the order they were stored.
// The joins stand in the order they are to be made: by the project's answers it
// would take seconds.
func (db *DB) VoicesOf(ctx context.Context, tn akhra.Tenant, item akhra.ItemID, fn func(akhra.Voice) error) error {
	return db.voices(ctx, "SELECT "+voiceColumns+` FROM task t CROSS JOIN assignment s CROSS JOIN annotation a
		WHERE t.org = $1 AND t.project = $2 AND t.item = $3 AND s.org = t.org AND s.project = t.project AND s.task = t.id
		AND a.org = s.org AND a.project = s.project AND a.assignment = s.id ORDER BY +a.seq`, []any{tn.Org, tn.Project, item}, fn)
}

func (db *DB) voices(ctx context.Context, text string, args []any, fn func(akhra.Voice) error) error {
	return db.each(ctx, text, args, func(rows *sql.Rows) error {
		v, err := scanVoice(rows)
		if err != nil {
			return err
		}
		return fn(v)
	})
}
