package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// proposalColumns stand in assignments, as leased, and in annotations, as answered.
const proposalColumns = "proposed, thought, thought_p, model, shown"

// proposalRow is a proposal as columns; one without a thought is none.
type proposalRow struct{ akhra.Proposal }

func (p *proposalRow) into() []any {
	return []any{&p.Class, &p.Thought, &p.P, &p.Version, &p.Shown}
}

func (p *proposalRow) read() *akhra.Proposal {
	if p.Thought == "" {
		return nil
	}
	return &p.Proposal
}

// columnsOf are the values of a proposal, empty ones of none.
func columnsOf(p *akhra.Proposal) []any {
	if p == nil {
		p = &akhra.Proposal{}
	}
	return []any{p.Class, p.Thought, p.P, p.Version, p.Shown}
}

// mayPropose tells whether what a model thinks of a task may be put to who
// answers it now: never of an audit task, of one that was asked by chance or that
// is asked anew, whatever the place that is leased says of it.
func (t *tx) mayPropose(tn akhra.Tenant, task akhra.TaskID) (bool, error) {
	var one int
	err := t.row(`SELECT 1 FROM task k WHERE k.org = $1 AND k.project = $2 AND k.id = $3 AND (k.purpose = $4 OR k.round > 0
		OR EXISTS (SELECT 1 FROM assignment a WHERE a.org = k.org AND a.project = k.project AND a.task = k.id AND a.why = $5))`,
		[]any{tn.Org, tn.Project, task, akhra.ForAudit, akhra.WhyRandom}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return false, err
}

// BlindProposals streams the first answers, after a place in the log, of those
// from whom a proposal was kept back, where they name a class: what they said
// beside what the model thought.
func (db *DB) BlindProposals(ctx context.Context, tn akhra.Tenant, after akhra.Seq, fn func(akhra.Blind) error) error {
	return db.each(ctx, `SELECT item, class, thought, model, seq FROM annotation WHERE org = $1 AND project = $2 AND seq > $3
		AND thought <> '' AND shown = 0 AND replaces = '' AND answer = 'class' AND after_seen = 0 ORDER BY seq`,
		[]any{tn.Org, tn.Project, after}, func(rows *sql.Rows) error {
			var b akhra.Blind
			if err := rows.Scan(&b.Item, &b.Said, &b.Thought, &b.Version, &b.Seq); err != nil {
				return err
			}
			return fn(b)
		})
}

// mostPlants is how many of the newest are read: more say nothing more of the people of now.
const mostPlants = 2000

// Plants lists the first answers to proposals that were wrong on purpose, oldest
// first, of the newest 2,000. What she said after she was told does not count.
func (db *DB) Plants(ctx context.Context, tn akhra.Tenant) ([]akhra.Plant, error) {
	return list(ctx, db, `SELECT annotator, proposed, accepted, settled, stored FROM (
		SELECT a.annotator, a.proposed, CASE WHEN a.answer = 'class' AND a.class = a.proposed THEN 1 ELSE 0 END AS accepted,
		CASE WHEN c.state = 'done' AND c.class = a.proposed THEN 1 ELSE 0 END AS settled, a.stored, a.seq
		FROM annotation a LEFT JOIN consensus c ON c.org = a.org AND c.project = a.project AND c.task = a.task
		WHERE a.org = $1 AND a.project = $2 AND a.shown = 1 AND a.proposed <> a.thought AND a.replaces = '' AND a.answer IN ('class', 'not_sure', 'strike')
		ORDER BY a.seq DESC LIMIT $3) newest ORDER BY seq`, []any{tn.Org, tn.Project, mostPlants}, func(row scanner) (p akhra.Plant, err error) {
		return p, row.Scan(&p.Annotator, &p.Class, &p.Accepted, &p.Right, &p.Stored)
	})
}
