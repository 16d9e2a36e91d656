package store

import (
	"context"

	"akhra.dev/akhra"
)

// AskEach makes a project the first question of a family and adds the others;
// labels stand in the order of the projects. It fails with conflict where
// somebody has answered the project, or a question is there already. Pictures
// that the project has come to the others by AddItems.
func (db *DB) AskEach(ctx context.Context, tn akhra.Tenant, projects []akhra.Project, labels []akhra.LabelSet) error {
	for i := range projects {
		if err := projects[i].Validate(); err != nil {
			return err
		}
		if err := labels[i].Validate(); err != nil {
			return err
		}
	}
	return db.write(ctx, func(t *tx) error {
		for i, p := range projects {
			var err error
			if p.ID == tn.Project {
				err = t.joinFamily(tn, p, labels[i])
			} else {
				err = t.addProject(akhra.Tenant{Org: tn.Org, Project: p.ID}, p, labels[i])
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// joinFamily turns a project that nobody has answered into a question.
func (t *tx) joinFamily(tn akhra.Tenant, p akhra.Project, l akhra.LabelSet) error {
	var answers int
	if err := t.row("SELECT COUNT(*) FROM annotation WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, &answers); err != nil {
		return err
	}
	if answers > 0 {
		return akhra.Errorf(akhra.Conflict, "Somebody has answered already. Begin a new project with these pictures to ask about each class.")
	}
	err := t.changeOne("project", "UPDATE project SET name = $3, question = $4, settings = $5, family = $6, about = $7, about_names = $8 WHERE org = $1 AND id = $2",
		tn.Org, tn.Project, p.Name, p.Question, encode(p.Settings), p.Family, p.About, encode(p.AboutNames))
	if err != nil {
		return nameTaken(err)
	}
	var old string
	var last akhra.LabelSet
	if err := t.row(newestLabels, []any{tn.Org, tn.Project}, &last.ID, &last.Version, &old); err != nil {
		return found(err, "project")
	}
	l.ID, l.Version = last.ID, last.Version+1
	if err := t.addLabels(tn, l); err != nil {
		return err
	}
	delete(t.w.classes, tn)
	for _, kind := range []akhra.EventKind{akhra.EventLabelsChanged, akhra.EventProjectChanged} {
		if _, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: kind, Subject: string(l.ID), Body: "{}"}); err != nil {
			return err
		}
	}
	return nil
}

// siblings are the other projects of a project's family.
func (t *tx) siblings(tn akhra.Tenant) (others []akhra.Tenant, err error) {
	var family string
	if err := t.row("SELECT family FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &family); err != nil {
		return nil, found(err, "project")
	}
	if family == "" {
		return nil, nil
	}
	err = t.each("SELECT id FROM project WHERE org = $1 AND family = $2 AND id <> $3 ORDER BY created, id", []any{tn.Org, family, tn.Project}, func(row scanner) error {
		other := akhra.Tenant{Org: tn.Org}
		err := row.Scan(&other.Project)
		others = append(others, other)
		return err
	})
	return others, err
}

// Family lists the projects of a family, in the order of their making.
func (db *DB) Family(ctx context.Context, org akhra.OrgID, family string) ([]akhra.Project, error) {
	return list(ctx, db, "SELECT "+projectRead+" FROM project WHERE org = $1 AND family = $2 ORDER BY created, id", []any{org, family}, scanProject)
}
