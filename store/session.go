package store

import (
	"context"

	"akhra.dev/akhra"
)

// AddSession stores a signed-in browser and forgets those that ran out.
func (db *DB) AddSession(ctx context.Context, s akhra.Session) error {
	return db.write(ctx, func(t *tx) error {
		if _, err := t.exec("DELETE FROM session WHERE expires <= $1", db.millis()); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO session (token_hash, org, person, created, expires) VALUES ($1, $2, $3, $4, $5)",
			s.TokenHash, s.Org, s.User, s.Created, s.Expires)
		return err
	})
}

// Session finds who is signed in by a token; not found when it ran out.
func (db *DB) Session(ctx context.Context, tokenHash string) (akhra.Session, akhra.User, error) {
	var s akhra.Session
	var u akhra.User
	err := db.one(ctx, `SELECT s.token_hash, s.org, s.person, s.created, s.expires,
		p.org, p.id, p.name, p.login, p.role, p.language, p.password_hash, p.created
		FROM session s JOIN person p ON p.org = s.org AND p.id = s.person WHERE s.token_hash = $1 AND s.expires > $2`,
		[]any{tokenHash, db.millis()}, &s.TokenHash, &s.Org, &s.User, &s.Created, &s.Expires,
		&u.Org, &u.ID, &u.Name, &u.Login, &u.Role, &u.Language, &u.PasswordHash, &u.Created)
	return s, u, found(err, "session")
}

// EndSession signs a browser out; one that is out already is no error.
func (db *DB) EndSession(ctx context.Context, tokenHash string) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec("DELETE FROM session WHERE token_hash = $1", tokenHash)
		return err
	})
}
