package store

import (
	"context"
	"database/sql"

	"akhra.dev/akhra"
)

// Mine counts a person's standing answers and skips in a project.
func (db *DB) Mine(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID) (answers, skips int, err error) {
	err = db.one(ctx, "SELECT COALESCE(SUM(classed + not_sure), 0), COALESCE(SUM(skips), 0) FROM tally WHERE org = $1 AND project = $2 AND annotator = $3",
		[]any{tn.Org, tn.Project, annotator}, &answers, &skips)
	return answers, skips, err
}

// HadSay counts the pictures that still want answers and that a person had her
// say on already, skips counted, among her last so many answers. Most of them are
// settled: that is looked at first.
func (db *DB) HadSay(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, last int) (n int, err error) {
	err = db.one(ctx, `SELECT COUNT(*) FROM (SELECT org, project, id, assignment, task, answer`+hersBefore+`) a
		WHERE NOT EXISTS (SELECT 1 FROM consensus c WHERE c.org = a.org AND c.project = a.project AND c.task = a.task AND c.state <> 'open')
		AND EXISTS (SELECT 1 FROM task t JOIN item i ON i.org = t.org AND i.project = t.project AND i.id = t.item AND i.removed = 0
			WHERE t.org = a.org AND t.project = a.project AND t.id = a.task
			AND NOT EXISTS (SELECT 1 FROM task n WHERE n.org = t.org AND n.project = t.project AND n.item = t.item AND n.round > t.round))
		AND `+standing, []any{tn.Org, tn.Project, annotator, maxSeq, last}, &n)
	return n, err
}

// Quarters counts for each annotator of a project the quarters of an hour in
// which she answered.
func (db *DB) Quarters(ctx context.Context, tn akhra.Tenant) (map[akhra.UserID]int, error) {
	all := map[akhra.UserID]int{}
	err := db.each(ctx, "SELECT annotator, COUNT(*) FROM activity WHERE org = $1 AND project = $2 AND answers > 0 GROUP BY annotator",
		[]any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
			var who akhra.UserID
			var n int
			err := rows.Scan(&who, &n)
			all[who] = n
			return err
		})
	return all, err
}
