package store

import (
	"context"
	"database/sql"

	"akhra.dev/akhra"
)

// How many of an annotator's answers are looked through for mismatches in one
// query, and for one page.
const (
	mismatchWindow = 2_000
	mismatchReach  = 10_000
)

// Mismatches lists an annotator's answers that differ from what was settled,
// newest first, from before a place on (0 for the newest). next is the place
// to go on from, 0 when her answers are through. At most 10,000 of them are
// looked at, so that a page may hold fewer than the limit and still have a
// next.
func (db *DB) Mismatches(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, before akhra.Seq, limit int) (all []akhra.Mismatch, next akhra.Seq, err error) {
	if before == 0 {
		before = maxSeq
	}
	for range mismatchReach / mismatchWindow {
		window := []any{tn.Org, tn.Project, annotator, before, mismatchWindow}
		var end akhra.Seq
		var size int
		if err := db.one(ctx, "SELECT COALESCE(MIN(a.seq), 0), COUNT(*) FROM (SELECT seq"+hersBefore+") a", window, &end, &size); err != nil {
			return nil, 0, err
		}
		err := db.each(ctx, `SELECT a.seq, a.task, a.item, a.class, c.class, a.stored, COALESCE((SELECT CASE WHEN `+reviewedSince+` THEN 'closed' ELSE 'open' END FROM appeal p
			WHERE p.org = a.org AND p.project = a.project AND p.task = a.task AND p.annotator = $3), '')
			FROM (SELECT org, project, annotator, seq, id, assignment, task, item, answer, class, stored`+hersBefore+`) a `+differs+` ORDER BY a.seq DESC LIMIT $6`,
			append(window, limit-len(all)), func(rows *sql.Rows) (err error) {
				var m akhra.Mismatch
				m, next, err = scanMismatch(rows)
				all = append(all, m)
				return err
			})
		switch {
		case err != nil:
			return nil, 0, err
		case len(all) == limit:
			return all, next, nil
		case size < mismatchWindow:
			return all, 0, nil
		}
		before = end
	}
	return all, before, nil
}

// hersBefore is a window of an annotator's answers, newest first.
const hersBefore = ` FROM annotation WHERE org = $1 AND project = $2 AND annotator = $3 AND seq < $4 ORDER BY seq DESC LIMIT $5`

// maxSeq comes after every place in a log.
const maxSeq = akhra.Seq(1<<63 - 1)

func scanMismatch(row scanner) (m akhra.Mismatch, seq akhra.Seq, err error) {
	return m, seq, row.Scan(&seq, &m.Task, &m.Item, &m.Said, &m.Settled, &m.Stored, &m.Appeal)
}
