package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"akhra.dev/akhra"
)

// large are the tables of a project that are erased some rows at a time, by the
// column that tells their rows apart in it, and the columns that name blobs.
var large = []struct {
	table, key string
	blobs      []string
}{
	{"change_item", "change", nil}, {"annotation", "id", nil}, {"assignment", "id", nil}, {"consensus", "task", nil}, {"review", "id", nil},
	{"appeal", "task", nil}, {"gold", "item", nil}, {"blind", "item", nil}, {"accepted", "item", nil}, {"other_say", "item", nil},
	{"task", "id", nil}, {"dataset", "id", []string{"blob"}}, {"table_in", "id", []string{"blob"}}, {"recipe", "version", []string{"blob"}},
	{"guideline_picture", "id", []string{"blob"}}, {"item", "id", []string{"blob", "variant320", "variant720", "variant1440", "thumb"}},
	{"log", "seq", nil},
}

// small are the tables that are erased whole, with the project itself.
var small = []string{"change", "view", "batch", "label_set", "skill", "tally", "judged", "figures", "activity", "model", "promise", "pack", "given", "heir",
	"guideline", "guideline_read", "hook", "job"}

// EraseLater marks a project to be erased for good by a job: nobody finds it
// any more, and it does not come back. Its other jobs are cancelled. The job
// itself belongs to no project.
func (db *DB) EraseLater(ctx context.Context, tn akhra.Tenant, by akhra.UserID, job akhra.Job) error {
	return db.writeAlways(ctx, func(t *tx) error {
		if err := t.changeOne("project", "UPDATE project SET state = $3, state_at = $4 WHERE org = $1 AND id = $2 AND state <> $3",
			tn.Org, tn.Project, akhra.ProjectErasing, akhra.MillisOf(t.w.now())); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE job SET cancel = TRUE, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
			WHERE org = $1 AND project = $2 AND state IN ('waiting', 'running')`, tn.Org, tn.Project); err != nil {
			return err
		}
		if _, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventProjectState, Actor: by, Subject: string(tn.Project),
			Body: encode(map[string]akhra.ProjectState{"state": akhra.ProjectErasing})}); err != nil {
			return err
		}
		return t.addJob(akhra.Tenant{Org: tn.Org}, job)
	})
}

// EraseProject erases the next rows of a project that EraseLater marked, about n
// of them, and notes which blobs they named. more is false once nothing of it is
// left in any table; the log then says so.
func (db *DB) EraseProject(ctx context.Context, tn akhra.Tenant, n int) (more bool, err error) {
	err = db.writeAlways(ctx, func(t *tx) error {
		more = false
		state, _, err := t.projectState(tn)
		switch {
		case akhra.CodeOf(err) == akhra.NotFound:
			return nil
		case err != nil:
			return err
		case state != akhra.ProjectErasing:
			return akhra.Errorf(akhra.Conflict, "The project is not to be erased.")
		}
		for _, part := range large {
			erased, err := t.erase(tn, part.table, part.key, part.blobs, n)
			if err != nil || erased > 0 {
				more = erased > 0
				return err
			}
		}
		return t.eraseRest(tn)
	})
	return more, err
}

// erase takes the next rows out of a table. The newest row of the log stays:
// its place must not be given twice.
func (t *tx) erase(tn akhra.Tenant, table, key string, blobs []string, n int) (int64, error) {
	lot := fmt.Sprintf("SELECT %s FROM %s WHERE org = $1 AND project = $2 ORDER BY %s LIMIT $3", key, table, key)
	if table == "log" {
		lot = strings.Replace(lot, " ORDER BY", " AND seq < (SELECT MAX(seq) FROM log WHERE org = $1) ORDER BY", 1)
	}
	for _, column := range blobs {
		if _, err := t.exec(fmt.Sprintf(`INSERT INTO free_blob (org, blob, since) SELECT $1, %s, $4 FROM %s WHERE org = $1 AND project = $2
			AND %s IN (%s) AND LENGTH(%s) = 64 ON CONFLICT DO NOTHING`, column, table, key, lot, column),
			tn.Org, tn.Project, n, akhra.MillisOf(t.w.now())); err != nil {
			return 0, err
		}
	}
	return t.exec(fmt.Sprintf("DELETE FROM %s WHERE org = $1 AND project = $2 AND %s IN (%s)", table, key, lot), tn.Org, tn.Project, n)
}

// eraseRest erases what is left, the project last.
func (t *tx) eraseRest(tn akhra.Tenant) error {
	seq, err := t.nextSeq(tn.Org)
	if err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM delivery WHERE org = $1 AND hook IN (SELECT id FROM hook WHERE org = $1 AND project = $2)", tn.Org, tn.Project); err != nil {
		return err
	}
	for _, table := range append(slices.Clone(small), "log") {
		if _, err := t.exec(fmt.Sprintf("DELETE FROM %s WHERE org = $1 AND project = $2", table), tn.Org, tn.Project); err != nil {
			return err
		}
	}
	if _, err := t.exec("DELETE FROM project WHERE org = $1 AND id = $2", tn.Org, tn.Project); err != nil {
		return err
	}
	delete(t.w.classes, tn)
	clear(t.w.leased)
	return t.eventAt(seq, akhra.Event{Org: tn.Org, Kind: akhra.EventProjectErased, Subject: string(tn.Project), Body: "{}"})
}

// FreeBlobs lists some of the blobs that erased projects named, at most n.
func (db *DB) FreeBlobs(ctx context.Context, org akhra.OrgID, n int) ([]string, error) {
	return list(ctx, db, "SELECT blob FROM free_blob WHERE org = $1 ORDER BY blob LIMIT $2", []any{org, n}, func(row scanner) (hash string, err error) {
		return hash, row.Scan(&hash)
	})
}

// Freed forgets blobs that were looked after, all up to the last of a list that
// FreeBlobs gave.
func (db *DB) Freed(ctx context.Context, org akhra.OrgID, last string) error {
	return db.writeAlways(ctx, func(t *tx) error {
		_, err := t.exec("DELETE FROM free_blob WHERE org = $1 AND blob <= $2", org, last)
		return err
	})
}
