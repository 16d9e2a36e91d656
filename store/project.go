package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"akhra.dev/akhra"
)

const (
	projectColumns = "id, org, name, question, label_set, settings, created, family, about, about_names"
	projectRead    = projectColumns + ", state, state_at"
)

func scanProject(row scanner) (p akhra.Project, err error) {
	var settings, names string
	if err = row.Scan(&p.ID, &p.Org, &p.Name, &p.Question, &p.LabelSet, &settings, &p.Created, &p.Family, &p.About, &names, &p.State, &p.StateAt); err != nil {
		return p, err
	}
	p.Settings.GoldShare = akhra.DefaultGold // of a project that was stored before there was gold
	return p, errors.Join(json.Unmarshal([]byte(settings), &p.Settings), json.Unmarshal([]byte(names), &p.AboutNames))
}

// AddProject stores a project with the first version of its label set. It
// fails with conflict when the organisation has a project of that name.
func (db *DB) AddProject(ctx context.Context, tn akhra.Tenant, p akhra.Project, l akhra.LabelSet) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := l.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		return t.addProject(tn, p, l)
	})
}

func (t *tx) addProject(tn akhra.Tenant, p akhra.Project, l akhra.LabelSet) error {
	_, err := t.exec("INSERT INTO project ("+projectColumns+", last_item) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)",
		p.ID, tn.Org, p.Name, p.Question, p.LabelSet, encode(p.Settings), p.Created, p.Family, p.About, encode(p.AboutNames))
	if err != nil {
		return nameTaken(err)
	}
	if err := t.addLabels(tn, l); err != nil {
		return err
	}
	_, err = t.event(akhra.Event{Org: tn.Org, Project: p.ID, Kind: akhra.EventProjectCreated, Subject: string(p.ID), Body: "{}"})
	return err
}

func nameTaken(err error) error {
	if isUnique(err) {
		return &akhra.Error{Code: akhra.Conflict, Field: "name", Message: "There is a project of this name already."}
	}
	return err
}

// encode writes plain values as JSON; they always encode.
func encode(v any) string {
	body, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: encode %T: %v", v, err))
	}
	return string(body)
}

func (t *tx) addLabels(tn akhra.Tenant, l akhra.LabelSet) error {
	_, err := t.exec("INSERT INTO label_set (org, project, id, version, classes) VALUES ($1, $2, $3, $4, $5)",
		tn.Org, tn.Project, l.ID, l.Version, encode(l.Classes))
	return err
}

// Project reads a project and the newest version of its label set.
func (db *DB) Project(ctx context.Context, tn akhra.Tenant) (akhra.Project, akhra.LabelSet, error) {
	s, err := db.read(ctx, "SELECT "+projectRead+" FROM project WHERE org = $1 AND id = $2")
	if err != nil {
		return akhra.Project{}, akhra.LabelSet{}, err
	}
	p, err := scanProject(s.QueryRowContext(ctx, tn.Org, tn.Project))
	if err != nil {
		return p, akhra.LabelSet{}, found(err, "project")
	}
	var l akhra.LabelSet
	var classes string
	err = db.one(ctx, newestLabels, []any{tn.Org, tn.Project}, &l.ID, &l.Version, &classes)
	if err == nil {
		err = json.Unmarshal([]byte(classes), &l.Classes)
	}
	return p, l, err
}

const newestLabels = "SELECT id, version, classes FROM label_set WHERE org = $1 AND project = $2 ORDER BY version DESC LIMIT 1"

// ProjectByName finds a project of an organisation by its name.
func (db *DB) ProjectByName(ctx context.Context, org akhra.OrgID, name string) (akhra.Project, error) {
	s, err := db.read(ctx, "SELECT "+projectRead+" FROM project WHERE org = $1 AND name = $2")
	if err != nil {
		return akhra.Project{}, err
	}
	p, err := scanProject(s.QueryRowContext(ctx, org, name))
	return p, found(err, "project")
}

// Projects lists the projects of an organisation, newest first.
func (db *DB) Projects(ctx context.Context, org akhra.OrgID) ([]akhra.Project, error) {
	return list(ctx, db, "SELECT "+projectRead+" FROM project WHERE org = $1 ORDER BY created DESC, id DESC", []any{org}, scanProject)
}

// UpdateProject replaces a project's name, question and rules.
func (db *DB) UpdateProject(ctx context.Context, tn akhra.Tenant, p akhra.Project) error {
	if err := p.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		err := t.changeOne("project", "UPDATE project SET name = $3, question = $4, settings = $5 WHERE org = $1 AND id = $2",
			tn.Org, tn.Project, p.Name, p.Question, encode(p.Settings))
		if err != nil {
			return nameTaken(err)
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventProjectChanged, Subject: string(tn.Project), Body: "{}"})
		return err
	})
}

// knowsClass tells whether answers of a project may name a class. Deleted ones
// may be named: an answer given under an older version still counts.
func (t *tx) knowsClass(tn akhra.Tenant, class akhra.ClassID) (bool, error) {
	if known, ok := t.w.classes[tn]; ok {
		return known[class], nil
	}
	l, err := t.labels(tn)
	if err != nil {
		return false, err
	}
	known := make(map[akhra.ClassID]bool, len(l.Classes))
	for _, one := range l.Classes {
		known[one.ID] = true
	}
	t.w.classes[tn] = known
	return known[class], nil
}
