package store

import (
	"context"

	"akhra.dev/akhra"
)

// Skill is what is known of one annotator of a project; not found before the
// first fit with answers of hers.
func (db *DB) Skill(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID) (akhra.Skill, error) {
	s, err := db.read(ctx, "SELECT "+skillColumns+" FROM skill WHERE org = $1 AND project = $2 AND annotator = $3")
	if err != nil {
		return akhra.Skill{}, err
	}
	skill, err := scanSkill(s.QueryRowContext(ctx, tn.Org, tn.Project, annotator))
	return skill, found(err, "skill")
}

// SkillSums adds up, over the annotators of a project, accuracy times start
// more than her answers, the answers, and how many annotators there are.
func (db *DB) SkillSums(ctx context.Context, tn akhra.Tenant, start float64) (drawn float64, answers, annotators int, err error) {
	err = db.one(ctx, `SELECT COALESCE(SUM(accuracy * (answers + $3)), 0), COALESCE(SUM(answers), 0), COUNT(*)
		FROM skill WHERE org = $1 AND project = $2`, []any{tn.Org, tn.Project, start}, &drawn, &answers, &annotators)
	return drawn, answers, annotators, err
}

// KnownScore counts how many of an annotator's last n answers in a project
// name the class of gold, of those that are about gold and were given blind.
func (db *DB) KnownScore(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int) (right, of int, err error) {
	err = db.one(ctx, `SELECT COALESCE(SUM(CASE WHEN `+saidNow+` = g.class THEN 1 ELSE 0 END), 0), COUNT(*)
		FROM (SELECT org, project, id, assignment, task, item, answer, class, after_seen, shown`+hersBefore+`) a
		JOIN gold g ON g.org = a.org AND g.project = a.project AND g.item = a.item AND g.task = a.task
		WHERE a.answer = 'class' AND a.after_seen = 0 AND a.shown = 0 AND `+standing, []any{tn.Org, tn.Project, annotator, maxSeq, n}, &right, &of)
	return right, of, err
}
