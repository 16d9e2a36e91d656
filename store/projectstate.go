package store

import (
	"context"

	"akhra.dev/akhra"
)

// SetProjectState pauses a project, archives it, removes it or brings it back.
// A removed one can be brought back for akhra.KeptProject; after that it is not
// found.
func (db *DB) SetProjectState(ctx context.Context, tn akhra.Tenant, state akhra.ProjectState, by akhra.UserID) error {
	if !state.Valid() {
		return akhra.InvalidField("state", "There is no such state of a project.")
	}
	return db.writeAlways(ctx, func(t *tx) error {
		now := akhra.MillisOf(t.w.now())
		was, since, err := t.projectState(tn)
		switch {
		case err != nil:
			return err
		case was == state:
			return nil
		case was == akhra.ProjectErasing || was == akhra.ProjectRemoved && since < now-akhra.Millis(akhra.KeptProject.Milliseconds()):
			return akhra.Errorf(akhra.NotFound, "There is no such project.")
		}
		if _, err := t.exec("UPDATE project SET state = $3, state_at = $4 WHERE org = $1 AND id = $2", tn.Org, tn.Project, state, now); err != nil {
			return err
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventProjectState, Actor: by, Subject: string(tn.Project),
			Body: encode(map[string]akhra.ProjectState{"state": state})})
		return err
	})
}

func (t *tx) projectState(tn akhra.Tenant) (state akhra.ProjectState, since akhra.Millis, err error) {
	err = t.row("SELECT state, state_at FROM project WHERE org = $1 AND id = $2", []any{tn.Org, tn.Project}, &state, &since)
	return state, since, found(err, "project")
}

// asks fails with the sentence for who asks for tasks where none are given out.
func (t *tx) asks(tn akhra.Tenant) error {
	state, _, err := t.projectState(tn)
	if err != nil {
		return err
	}
	return state.Asks()
}
