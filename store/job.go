package store

import (
	"context"
	"strconv"
	"time"

	"akhra.dev/akhra"
)

const jobColumns = "id, project, kind, args, done, total, note, state, cancel, attempt, run_at, lease_end, created"

func scanJob(row scanner) (j akhra.Job, err error) {
	return j, row.Scan(&j.ID, &j.Project, &j.Kind, &j.Args, &j.Done, &j.Total, &j.Note, &j.State, &j.Cancel, &j.Attempt, &j.RunAt, &j.LeaseEnd, &j.Created)
}

// AddJob stores a piece of work that waits to be claimed.
func (db *DB) AddJob(ctx context.Context, tn akhra.Tenant, j akhra.Job) error {
	return db.writeAlways(ctx, func(t *tx) error { return t.addJob(tn, j) })
}

func (t *tx) addJob(tn akhra.Tenant, j akhra.Job) error {
	_, err := t.exec("INSERT INTO job (org, "+jobColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		tn.Org, j.ID, tn.Project, j.Kind, j.Args, j.Done, j.Total, j.Note, j.State, j.Cancel, j.Attempt, j.RunAt, j.LeaseEnd, j.Created)
	if err != nil {
		return err
	}
	return t.jobChanged(tn, j.ID)
}

func (t *tx) jobChanged(tn akhra.Tenant, id akhra.JobID) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventJobChanged, Subject: string(id), Body: "{}"})
	return err
}

// openJob finds the oldest job, of some kinds if any are named.
func openJob(kinds []string) (text string, args []any) {
	text = "SELECT org, id FROM job WHERE run_at <= $1 AND (state = 'waiting' OR (state = 'running' AND lease_end < $1))"
	for i, kind := range kinds {
		text += []string{" AND kind IN (", ", "}[min(i, 1)] + "$" + strconv.Itoa(i+2)
		args = append(args, kind)
	}
	if len(kinds) > 0 {
		text += ")"
	}
	return text + " ORDER BY run_at, id LIMIT 1", args
}

// ClaimJob takes the oldest job that waits, or whose worker let its lease run
// out, for some time: one of the kinds, of any when none is named. Not found
// when there is none, which costs a read.
func (db *DB) ClaimJob(ctx context.Context, leaseFor time.Duration, kinds ...string) (j akhra.Job, tn akhra.Tenant, err error) {
	open, of := openJob(kinds)
	var id akhra.JobID
	if err := db.one(ctx, open, append([]any{db.millis()}, of...), &tn.Org, &id); err != nil {
		return j, akhra.Tenant{}, found(err, "job")
	}
	err = db.writeAlways(ctx, func(t *tx) error {
		now := db.millis()
		if err := t.row(open, append([]any{now}, of...), &tn.Org, &id); err != nil {
			return found(err, "job")
		}
		err := t.each("UPDATE job SET state = 'running', attempt = attempt + 1, lease_end = $3 WHERE org = $1 AND id = $2 RETURNING "+jobColumns,
			[]any{tn.Org, id, now + akhra.Millis(leaseFor.Milliseconds())}, func(row scanner) (err error) {
				j, err = scanJob(row)
				return err
			})
		if err != nil {
			return err
		}
		tn.Project = j.Project
		return t.jobChanged(tn, id)
	})
	return j, tn, err
}

// jobLease is how long a beat keeps a job.
const jobLease = time.Minute

// BeatJob stores how far a running job is, keeps it for a minute more and
// tells whether somebody cancelled it.
func (db *DB) BeatJob(ctx context.Context, tn akhra.Tenant, id akhra.JobID, done, total int, note string) (cancel bool, err error) {
	err = db.writeAlways(ctx, func(t *tx) error {
		var oldDone, oldTotal int
		var oldNote string
		if err := t.row("SELECT done, total, note, cancel FROM job WHERE org = $1 AND id = $2", []any{tn.Org, id}, &oldDone, &oldTotal, &oldNote, &cancel); err != nil {
			return found(err, "job")
		}
		if _, err := t.exec("UPDATE job SET done = $3, total = $4, note = $5, lease_end = $6 WHERE org = $1 AND id = $2",
			tn.Org, id, done, total, note, db.millis()+akhra.Millis(jobLease.Milliseconds())); err != nil {
			return err
		}
		if done == oldDone && total == oldTotal && note == oldNote {
			return nil
		}
		return t.jobChanged(tn, id)
	})
	return cancel, err
}

// EndJob stores how a job ended.
func (db *DB) EndJob(ctx context.Context, tn akhra.Tenant, id akhra.JobID, state akhra.JobState, note string) error {
	return db.writeAlways(ctx, func(t *tx) error {
		if err := t.changeOne("job", "UPDATE job SET state = $3, note = $4 WHERE org = $1 AND id = $2", tn.Org, id, state, note); err != nil {
			return err
		}
		return t.jobChanged(tn, id)
	})
}

// CancelJob asks a job to stop; one that waits ends at once.
func (db *DB) CancelJob(ctx context.Context, tn akhra.Tenant, id akhra.JobID) error {
	return db.writeAlways(ctx, func(t *tx) error {
		if err := t.changeOne("job", `UPDATE job SET cancel = TRUE, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
			WHERE org = $1 AND project = $2 AND id = $3`, tn.Org, tn.Project, id); err != nil {
			return err
		}
		return t.jobChanged(tn, id)
	})
}

// freeJobs gives back the jobs of a process that is gone: whoever holds the
// folder's lock runs them all.
func (t *tx) freeJobs() error {
	_, err := t.exec("UPDATE job SET lease_end = 0 WHERE state = 'running'")
	return err
}

// Jobs lists the work of a project, newest first, the last hundred.
func (db *DB) Jobs(ctx context.Context, tn akhra.Tenant) ([]akhra.Job, error) {
	return list(ctx, db, "SELECT "+jobColumns+" FROM job WHERE org = $1 AND project = $2 ORDER BY created DESC, id DESC LIMIT 100", []any{tn.Org, tn.Project}, scanJob)
}

// JobCounts tells how much of an organisation's long work waits and how much is
// under way.
func (db *DB) JobCounts(ctx context.Context, org akhra.OrgID) (waiting, running int, err error) {
	return waiting, running, db.one(ctx, `SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), COUNT(CASE WHEN state = 'running' THEN 1 END)
		FROM job WHERE org = $1 AND state IN ('waiting', 'running')`, []any{org}, &waiting, &running)
}
