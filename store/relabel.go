package store

import (
	"context"
	"encoding/json"

	"akhra.dev/akhra"
)

// SetLabels stores a new version of a project's label set and does what it
// does to the old classes, all at once: known answers of a merged class become
// its heir's, those of one that is gone go with it, and every picture whose
// class it was gets a task of the next round. A class that is absent from the
// new version is deleted. No answer is changed or lost. Cost: one pass over the
// tasks for each class that is split or deleted, and two rows per picture that
// is asked again.
func (db *DB) SetLabels(ctx context.Context, tn akhra.Tenant, classes []akhra.Class) (akhra.LabelSet, error) {
	next := akhra.LabelSet{Classes: classes}
	if err := next.Validate(); err != nil {
		return next, err
	}
	err := db.write(ctx, func(t *tx) error {
		old, err := t.labels(tn)
		if err != nil {
			return err
		}
		next = akhra.LabelSet{ID: old.ID, Version: old.Version + 1, Classes: classes}
		for _, c := range old.Classes {
			if _, kept := next.Class(c.ID); !kept {
				c.Deleted = true
				next.Classes = append(next.Classes, c)
			}
		}
		if err := next.Validate(); err != nil {
			return err
		}
		if err := t.addLabels(tn, next); err != nil {
			return err
		}
		delete(t.w.classes, tn)
		asked, err := t.relabel(tn, &old, &next, db)
		if err != nil {
			return err
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventLabelsChanged, Subject: string(next.ID),
			Body: encode(map[string]int{"version": next.Version, "asked": asked})})
		return err
	})
	return next, err
}

// labels reads the newest version of a project's label set.
func (t *tx) labels(tn akhra.Tenant) (l akhra.LabelSet, err error) {
	var body string
	if err := t.row(newestLabels, []any{tn.Org, tn.Project}, &l.ID, &l.Version, &body); err != nil {
		return l, found(err, "project")
	}
	return l, json.Unmarshal([]byte(body), &l.Classes)
}

// relabel does what a new version does to the old classes and counts the
// pictures that are asked again.
func (t *tx) relabel(tn akhra.Tenant, old, next *akhra.LabelSet, db *DB) (asked int, err error) {
	change := old.Change(next)
	for _, id := range change.Merged {
		if _, err := t.exec("UPDATE gold SET class = $4 WHERE org = $1 AND project = $2 AND class = $3", tn.Org, tn.Project, id, next.Heir(id)); err != nil {
			return 0, err
		}
	}
	for _, id := range change.Reasked() {
		if _, err := t.exec("DELETE FROM gold WHERE org = $1 AND project = $2 AND class = $3", tn.Org, tn.Project, id); err != nil {
			return 0, err
		}
		n, err := t.askAgain(tn, forebears(old, id), db)
		if err != nil {
			return 0, err
		}
		asked += n
	}
	return asked, t.putHeirs(tn, next)
}

// forebears are a class and all that were merged into it.
func forebears(l *akhra.LabelSet, id akhra.ClassID) (all []akhra.ClassID) {
	for _, c := range l.Classes {
		if l.Heir(c.ID) == id {
			all = append(all, c.ID)
		}
	}
	return all
}

// putHeirs notes what became of the classes that are gone, for SQL.
func (t *tx) putHeirs(tn akhra.Tenant, l *akhra.LabelSet) error {
	if _, err := t.exec("DELETE FROM heir WHERE org = $1 AND project = $2", tn.Org, tn.Project); err != nil {
		return err
	}
	for _, c := range l.Classes {
		if !c.Deleted {
			continue
		}
		if _, err := t.exec("INSERT INTO heir (org, project, class, heir) VALUES ($1, $2, $3, $4)", tn.Org, tn.Project, c.ID, l.Heir(c.ID)); err != nil {
			return err
		}
	}
	return nil
}

// saidNow is the class as which an answer counts: ” when it is gone.
const saidNow = "COALESCE((SELECT h.heir FROM heir h WHERE h.org = a.org AND h.project = a.project AND h.class = a.class), a.class)"

// classNow is the class of a task: the inferred one, or, where none was
// inferred yet, that of its first answer.
const classNow = `COALESCE(c.class, (SELECT a.class FROM assignment s
	JOIN annotation a ON a.org = s.org AND a.project = s.project AND a.assignment = s.id
	WHERE s.org = t.org AND s.project = t.project AND s.task = t.id AND a.answer = 'class' AND ` + standing + ` ORDER BY a.seq LIMIT 1), '')`

// newestTasks are the tasks of now with what was inferred of them.
const newestTasks = ` FROM item i JOIN task t ON t.org = i.org AND t.project = i.project AND t.item = i.id
	LEFT JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
	WHERE i.org = $1 AND i.project = $2 AND i.removed = 0 AND t.round = (SELECT MAX(n.round) FROM task n
		WHERE n.org = t.org AND n.project = t.project AND n.item = t.item)`

// askAgain has the pictures of classes that are gone asked in a further round.
func (t *tx) askAgain(tn akhra.Tenant, gone []akhra.ClassID, db *DB) (asked int, err error) {
	type one struct {
		item akhra.ItemID
		task akhra.TaskID
	}
	var all []one
	for _, class := range gone {
		err := t.each("SELECT t.item, t.id"+newestTasks+" AND "+classNow+" = $3 ORDER BY i.seq", []any{tn.Org, tn.Project, class}, func(row scanner) error {
			var o one
			err := row.Scan(&o.item, &o.task)
			all = append(all, o)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	for _, o := range all {
		for _, text := range []string{
			"UPDATE task SET purpose = '' WHERE org = $1 AND project = $2 AND id = $3", // the audit is void
			"UPDATE assignment SET state = 2 WHERE org = $1 AND project = $2 AND task = $3 AND state = 0",
		} {
			if _, err := t.exec(text, tn.Org, tn.Project, o.task); err != nil {
				return 0, err
			}
		}
		made, err := t.reask(tn, o.item, akhra.TaskID(db.NewID()), "")
		if err != nil {
			return 0, err
		}
		if made {
			asked++
		}
	}
	return asked, nil
}
