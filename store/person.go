package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// EnsureOrg gives the one organisation of the installation, made on first use.
func (db *DB) EnsureOrg(ctx context.Context, name string) (akhra.Org, error) {
	var o akhra.Org
	err := db.write(ctx, func(t *tx) error {
		err := t.row("SELECT id, name, created FROM org ORDER BY id LIMIT 1", nil, &o.ID, &o.Name, &o.Created)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		o = akhra.Org{ID: akhra.OrgID(db.NewID()), Name: name, Created: db.millis()}
		_, err = t.exec("INSERT INTO org (id, name, created) VALUES ($1, $2, $3)", o.ID, o.Name, o.Created)
		return err
	})
	return o, err
}

const personColumns = "org, id, name, login, role, language, password_hash, pin_hash, created, removed"

func scanPerson(row scanner) (u akhra.User, err error) {
	return u, row.Scan(personFields(&u)...)
}

// personFields are where the columns of a person go.
func personFields(u *akhra.User) []any {
	return []any{&u.Org, &u.ID, &u.Name, &u.Login, &u.Role, &u.Language, &u.PasswordHash, &u.PINHash, &u.Created, &u.Removed}
}

// AddUser stores a person. It fails with conflict when the login is taken.
func (db *DB) AddUser(ctx context.Context, u akhra.User) error {
	return db.write(ctx, func(t *tx) error { return t.addUser(u) })
}

func (t *tx) addUser(u akhra.User) error {
	if err := u.Validate(); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO person ("+personColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
		u.Org, u.ID, u.Name, u.Login, u.Role, u.Language, u.PasswordHash, u.PINHash, u.Created)
	if isUnique(err) {
		return &akhra.Error{Code: akhra.Conflict, Field: "login", Message: "Somebody has this sign-in name already. Please choose another."}
	}
	if err != nil {
		return err
	}
	_, err = t.event(akhra.Event{Org: u.Org, Kind: akhra.EventUserAdded, Actor: u.ID, Subject: string(u.ID), Body: "{}"})
	return err
}

// Users lists the people of an organisation, first come first, removed ones
// included: they have answers.
func (db *DB) Users(ctx context.Context, org akhra.OrgID) ([]akhra.User, error) {
	return list(ctx, db, "SELECT "+personColumns+" FROM person WHERE org = $1 ORDER BY created, id", []any{org}, scanPerson)
}

// User finds a person of an organisation.
func (db *DB) User(ctx context.Context, org akhra.OrgID, id akhra.UserID) (akhra.User, error) {
	return db.person(ctx, "SELECT "+personColumns+" FROM person WHERE org = $1 AND id = $2", org, id)
}

// UserByLogin finds a person by what she types to sign in.
func (db *DB) UserByLogin(ctx context.Context, login string) (akhra.User, error) {
	return db.person(ctx, "SELECT "+personColumns+" FROM person WHERE login = $1", login)
}

func (db *DB) person(ctx context.Context, text string, args ...any) (akhra.User, error) {
	s, err := db.read(ctx, text)
	if err != nil {
		return akhra.User{}, err
	}
	u, err := scanPerson(s.QueryRowContext(ctx, args...))
	return u, found(err, "person")
}

// SetPassword replaces a person's password hash and ends her other sessions.
func (db *DB) SetPassword(ctx context.Context, org akhra.OrgID, id akhra.UserID, hash string) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("person", "UPDATE person SET password_hash = $3 WHERE org = $1 AND id = $2", org, id, hash); err != nil {
			return err
		}
		return t.signOut(org, id)
	})
}

// SetLanguage keeps the language a person reads.
func (db *DB) SetLanguage(ctx context.Context, org akhra.OrgID, id akhra.UserID, language string) error {
	return db.write(ctx, func(t *tx) error {
		return t.changeOne("person", "UPDATE person SET language = $3 WHERE org = $1 AND id = $2", org, id, language)
	})
}

// changeOne runs a statement that must change a row; not found otherwise.
func (t *tx) changeOne(what, text string, args ...any) error {
	n, err := t.exec(text, args...)
	if err == nil && n == 0 {
		return found(sql.ErrNoRows, what)
	}
	return err
}
