package store

import (
	"context"

	"akhra.dev/akhra"
)

const sessionColumns = "token_hash, org, person, created, expires, seen, agent, device"

func sessionFields(s *akhra.Session) []any {
	return []any{&s.TokenHash, &s.Org, &s.User, &s.Created, &s.Expires, &s.Seen, &s.Agent, &s.Device}
}

// AddSession stores a signed-in browser and forgets those that ran out.
func (db *DB) AddSession(ctx context.Context, s akhra.Session) error {
	return db.writeAlways(ctx, func(t *tx) error {
		if _, err := t.exec("DELETE FROM session WHERE expires <= $1", db.millis()); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO session ("+sessionColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			s.TokenHash, s.Org, s.User, s.Created, s.Expires, s.Created, s.Agent, s.Device)
		return err
	})
}

// Session finds who is signed in by a token, with the projects she was given;
// not found when it ran out or nobody used it for too long. Its use is noted
// once in a SessionStep, which costs a commit then.
func (db *DB) Session(ctx context.Context, tokenHash string) (akhra.Session, akhra.User, error) {
	var s akhra.Session
	var u akhra.User
	err := db.one(ctx, `SELECT s.token_hash, s.org, s.person, s.created, s.expires, s.seen, s.agent, s.device,
		p.org, p.id, p.name, p.login, p.role, p.language, p.password_hash, p.pin_hash, p.created, p.removed
		FROM session s JOIN person p ON p.org = s.org AND p.id = s.person WHERE s.token_hash = $1 AND p.removed = 0`,
		[]any{tokenHash}, append(sessionFields(&s), personFields(&u)...)...)
	now := db.millis()
	if err = found(err, "session"); err == nil && !s.Live(now) {
		err = akhra.Errorf(akhra.NotFound, "The session has ended.")
	}
	if err != nil || now-s.Seen < akhra.SessionStep {
		return s, u, err
	}
	s.Seen = now
	_ = db.writeAlways(ctx, func(t *tx) error { // a full disk must not lock people out: the session then only looks older
		_, err := t.exec("UPDATE session SET seen = $2 WHERE token_hash = $1", tokenHash, now)
		return err
	})
	return s, u, nil
}

// Sessions lists where a person is signed in, the last used first.
func (db *DB) Sessions(ctx context.Context, org akhra.OrgID, person akhra.UserID) ([]akhra.Session, error) {
	now := db.millis()
	all, err := list(ctx, db, "SELECT "+sessionColumns+" FROM session WHERE org = $1 AND person = $2 ORDER BY seen DESC, token_hash",
		[]any{org, person}, func(row scanner) (s akhra.Session, err error) { return s, row.Scan(sessionFields(&s)...) })
	live := all[:0]
	for _, s := range all {
		if s.Live(now) {
			live = append(live, s)
		}
	}
	return live, err
}

// EndSession signs a browser out; one that is out already is no error.
func (db *DB) EndSession(ctx context.Context, tokenHash string) error {
	return db.writeAlways(ctx, func(t *tx) error {
		_, err := t.exec("DELETE FROM session WHERE token_hash = $1", tokenHash)
		return err
	})
}

// EndSessionOf ends one session of a person by its handle; not found when she
// has none of it.
func (db *DB) EndSessionOf(ctx context.Context, org akhra.OrgID, person akhra.UserID, handle string) error {
	return db.writeAlways(ctx, func(t *tx) error {
		return t.changeOne("session", "DELETE FROM session WHERE org = $1 AND person = $2 AND substr(token_hash, 1, 32) = $3", org, person, handle)
	})
}

// signOut ends every session of a person.
func (t *tx) signOut(org akhra.OrgID, person akhra.UserID) error {
	_, err := t.exec("DELETE FROM session WHERE org = $1 AND person = $2", org, person)
	return err
}
