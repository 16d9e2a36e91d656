package store

import (
	"context"
	"slices"

	"akhra.dev/akhra"
)

// active counts an answer into the step in which its annotator gave it; n is
// negative for one that no longer stands.
func (t *tx) active(tn akhra.Tenant, annotator akhra.UserID, kind akhra.Answer, stored akhra.Millis, n int) error {
	if kind != akhra.AnswerClass && kind != akhra.AnswerNotSure {
		return nil
	}
	_, err := t.exec(`INSERT INTO activity (org, annotator, step, project, answers) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (org, annotator, step, project) DO UPDATE SET answers = activity.answers + excluded.answers`,
		tn.Org, annotator, stored/akhra.ActivityStep, tn.Project, n)
	return err
}

// Activity lists how many standing answers an annotator gave in each step
// since a moment, over all projects of the organisation, in order of time.
func (db *DB) Activity(ctx context.Context, org akhra.OrgID, annotator akhra.UserID, since akhra.Millis) ([]akhra.Activity, error) {
	return list(ctx, db, `SELECT step * $4, SUM(answers) FROM activity WHERE org = $1 AND annotator = $2 AND step >= $3
		GROUP BY step HAVING SUM(answers) > 0 ORDER BY step`,
		[]any{org, annotator, since / akhra.ActivityStep, akhra.ActivityStep}, func(row scanner) (a akhra.Activity, err error) {
			return a, row.Scan(&a.From, &a.Answers)
		})
}

// Pace is the median time an annotator took for one of her last answers in a
// project, at most n of them, skips left out; 0 when she gave none.
func (db *DB) Pace(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int) (akhra.Millis, error) {
	took, err := list(ctx, db, `SELECT took FROM (SELECT took, answer`+hersBefore+`) a WHERE answer IN ('class', 'not_sure') AND took > 0`,
		[]any{tn.Org, tn.Project, annotator, maxSeq, n}, func(row scanner) (ms akhra.Millis, err error) {
			return ms, row.Scan(&ms)
		})
	if err != nil || len(took) == 0 {
		return 0, err
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}
