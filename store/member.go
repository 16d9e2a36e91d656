package store

import (
	"context"

	"akhra.dev/akhra"
)

// SetRole gives a person another role and ends her sessions, which had the old
// one. It fails with conflict when she is the last owner.
func (db *DB) SetRole(ctx context.Context, org akhra.OrgID, id akhra.UserID, role akhra.Role, by akhra.UserID) error {
	if !role.Valid() {
		return akhra.InvalidField("role", "There is no such role.")
	}
	return db.write(ctx, func(t *tx) error {
		if role != akhra.Owner {
			if err := t.otherOwner(org, id); err != nil {
				return err
			}
		}
		if err := t.changeOne("person", "UPDATE person SET role = $3 WHERE org = $1 AND id = $2 AND removed = 0", org, id, role); err != nil {
			return err
		}
		if err := t.signOut(org, id); err != nil {
			return err
		}
		return t.personChanged(akhra.EventUserChanged, org, id, by, encode(map[string]akhra.Role{"role": role}))
	})
}

// otherOwner fails with conflict when there would be no owner without her.
func (t *tx) otherOwner(org akhra.OrgID, id akhra.UserID) error {
	var others, hers int
	err := t.row(`SELECT COALESCE(SUM(CASE WHEN id <> $2 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN id = $2 THEN 1 ELSE 0 END), 0)
		FROM person WHERE org = $1 AND role = $3 AND removed = 0`, []any{org, id, akhra.Owner}, &others, &hers)
	if err == nil && hers > 0 && others == 0 {
		return akhra.Errorf(akhra.Conflict, "She is the last owner. Make somebody else an owner first.")
	}
	return err
}

func (t *tx) personChanged(kind akhra.EventKind, org akhra.OrgID, id, by akhra.UserID, body string) error {
	_, err := t.event(akhra.Event{Org: org, Kind: kind, Actor: by, Subject: string(id), Body: body})
	return err
}

// RemoveUser makes somebody a former person: her name, sign-in name, password,
// PIN, sessions, links and places are gone, what she holds is open again, her
// answers stay under a name that tells nothing of her. It fails with conflict
// when she is the last owner; removing again is not found.
func (db *DB) RemoveUser(ctx context.Context, org akhra.OrgID, id, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.otherOwner(org, id); err != nil {
			return err
		}
		former := akhra.FormerName(id)
		err := t.changeOne("person", `UPDATE person SET name = $3, login = $4, language = '', password_hash = '', pin_hash = '', removed = $5
			WHERE org = $1 AND id = $2 AND removed = 0`, org, id, former, "former-"+string(id), akhra.MillisOf(t.w.now()))
		if err != nil {
			return err
		}
		for _, text := range []string{
			"DELETE FROM session WHERE org = $1 AND person = $2",
			"DELETE FROM link WHERE org = $1 AND person = $2",
			"DELETE FROM given WHERE org = $1 AND person = $2",
			"DELETE FROM device_person WHERE org = $1 AND person = $2",
			"DELETE FROM pin_guess WHERE org = $1 AND subject = $2",
			"UPDATE assignment SET state = 2 WHERE org = $1 AND annotator = $2 AND state = 0",
		} {
			if _, err := t.exec(text, org, id); err != nil {
				return err
			}
		}
		return t.personChanged(akhra.EventUserRemoved, org, id, by, "{}")
	})
}

// Give says which projects somebody sees who sees only those she was given.
func (db *DB) Give(ctx context.Context, org akhra.OrgID, id akhra.UserID, projects []akhra.ProjectID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.present(org, id); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM given WHERE org = $1 AND person = $2", org, id); err != nil {
			return err
		}
		for _, p := range projects {
			var n int
			if err := t.row("SELECT COUNT(*) FROM project WHERE org = $1 AND id = $2", []any{org, p}, &n); err != nil {
				return err
			}
			if n == 0 {
				return akhra.Errorf(akhra.NotFound, "There is no such project.")
			}
			if _, err := t.exec("INSERT INTO given (org, project, person) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", org, p, id); err != nil {
				return err
			}
		}
		return t.personChanged(akhra.EventUserChanged, org, id, by, encode(map[string][]akhra.ProjectID{"given": projects}))
	})
}

// present fails with not found unless somebody is of the organisation and was
// not removed.
func (t *tx) present(org akhra.OrgID, id akhra.UserID) error {
	var n int
	err := t.row("SELECT COUNT(*) FROM person WHERE org = $1 AND id = $2 AND removed = 0", []any{org, id}, &n)
	if err == nil && n == 0 {
		return akhra.Errorf(akhra.NotFound, "There is no such person.")
	}
	return err
}

// Given lists the projects somebody was given.
func (db *DB) Given(ctx context.Context, org akhra.OrgID, id akhra.UserID) ([]akhra.ProjectID, error) {
	return list(ctx, db, "SELECT project FROM given WHERE org = $1 AND person = $2 ORDER BY project", []any{org, id},
		func(row scanner) (p akhra.ProjectID, err error) { return p, row.Scan(&p) })
}
