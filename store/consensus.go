package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"akhra.dev/akhra"
)

const consensusColumns = "task, item, class, posterior, tempered, tied, answers, asked, state, wants, value, method, version, model_version, seq"

func scanConsensus(row scanner) (c akhra.Consensus, err error) {
	var posterior string
	err = row.Scan(&c.Task, &c.Item, &c.Class, &posterior, &c.Tempered, &c.Tied, &c.Answers, &c.Asked, &c.State,
		&c.Wants, &c.Value, &c.Method, &c.Version, &c.ModelVersion, &c.Seq)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(posterior), &c.Posterior)
}

// maxTold is how many changed tasks a consensus.changed event names.
const maxTold = 1000

// PutConsensus stores the inferred truth of tasks, one row per task.
func (db *DB) PutConsensus(ctx context.Context, tn akhra.Tenant, rows []akhra.Consensus) error {
	if len(rows) == 0 {
		return nil
	}
	return db.write(ctx, func(t *tx) error {
		if err := t.judge(tn, rows); err != nil {
			return err
		}
		for _, c := range rows {
			if err := t.putConsensus(tn, c); err != nil {
				return err
			}
		}
		_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventConsensus, Subject: string(tn.Project), Body: encode(told(rows))})
		return err
	})
}

func (t *tx) putConsensus(tn akhra.Tenant, c akhra.Consensus) error {
	_, err := t.exec("INSERT INTO consensus (org, project, "+consensusColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (org, project, task) DO UPDATE SET class = excluded.class, posterior = excluded.posterior,
		tempered = excluded.tempered, tied = excluded.tied, answers = excluded.answers, asked = excluded.asked,
		state = excluded.state, wants = excluded.wants, value = excluded.value, method = excluded.method, version = excluded.version,
		model_version = excluded.model_version, seq = excluded.seq`,
		tn.Org, tn.Project, c.Task, c.Item, c.Class, encode(c.Posterior), c.Tempered, c.Tied, c.Answers, c.Asked,
		c.State, c.Wants, c.Value, c.Method, c.Version, c.ModelVersion, c.Seq)
	return err
}

// consensusChanged is the body of a consensus.changed event. Tasks is absent
// when more than maxTold changed.
type consensusChanged struct {
	Count int            `json:"count"`
	Tasks []akhra.TaskID `json:"tasks,omitempty"`
}

func told(rows []akhra.Consensus) consensusChanged {
	c := consensusChanged{Count: len(rows)}
	if len(rows) <= maxTold {
		for _, r := range rows {
			c.Tasks = append(c.Tasks, r.Task)
		}
	}
	return c
}

// Consensus streams the inferred truth of some tasks, in no order; one that
// nobody answered is absent. Cost: one read per 16.
func (db *DB) Consensus(ctx context.Context, tn akhra.Tenant, tasks []akhra.TaskID, fn func(akhra.Consensus) error) error {
	return eachOf(ctx, db, "SELECT "+consensusColumns+" FROM consensus WHERE org = $1 AND project = $2 AND task "+ofThese, tn, tasks, toConsensus(fn))
}

// AllConsensus streams the inferred truth of a project's tasks, in no order.
func (db *DB) AllConsensus(ctx context.Context, tn akhra.Tenant, fn func(akhra.Consensus) error) error {
	return db.each(ctx, "SELECT "+consensusColumns+" FROM consensus WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, toConsensus(fn))
}

func toConsensus(fn func(akhra.Consensus) error) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		c, err := scanConsensus(rows)
		if err != nil {
			return err
		}
		return fn(c)
	}
}

// ConsensusOf reads the inferred truth of the newest round of some pictures;
// one that nobody answered in it is absent.
func (db *DB) ConsensusOf(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID) (map[akhra.ItemID]akhra.Consensus, error) {
	of := make(map[akhra.ItemID]akhra.Consensus, len(items))
	for _, id := range items {
		err := db.each(ctx, `SELECT c.task, c.item, class, posterior, tempered, tied, answers, asked, state, wants, value, method, version, model_version, seq
			FROM task t JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
			WHERE t.org = $1 AND t.project = $2 AND t.item = $3 AND t.round = (SELECT MAX(n.round) FROM task n
				WHERE n.org = t.org AND n.project = t.project AND n.item = t.item)`, []any{tn.Org, tn.Project, id}, func(rows *sql.Rows) error {
			c, err := scanConsensus(rows)
			of[id] = c
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return of, nil
}

// PutSkills stores what is known of the annotators of a project.
func (db *DB) PutSkills(ctx context.Context, tn akhra.Tenant, skills []akhra.Skill) error {
	return db.write(ctx, func(t *tx) error {
		for _, s := range skills {
			if _, err := t.exec(`INSERT INTO skill (org, project, annotator, counts, accuracy, low, high, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
				ON CONFLICT (org, project, annotator) DO UPDATE SET counts = excluded.counts, accuracy = excluded.accuracy, low = excluded.low,
				high = excluded.high, answers = excluded.answers`, tn.Org, tn.Project, s.Annotator, encode(s.Counts), s.Accuracy, s.Low, s.High, s.Answers); err != nil {
				return err
			}
		}
		return nil
	})
}

const skillColumns = "annotator, counts, accuracy, low, high, answers"

func scanSkill(row scanner) (s akhra.Skill, err error) {
	var counts string
	if err = row.Scan(&s.Annotator, &counts, &s.Accuracy, &s.Low, &s.High, &s.Answers); err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(counts), &s.Counts)
}

// Skills lists what is known of the annotators of a project.
func (db *DB) Skills(ctx context.Context, tn akhra.Tenant) ([]akhra.Skill, error) {
	return list(ctx, db, "SELECT "+skillColumns+" FROM skill WHERE org = $1 AND project = $2 ORDER BY annotator", []any{tn.Org, tn.Project}, scanSkill)
}
