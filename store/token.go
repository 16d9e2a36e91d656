package store

import (
	"context"
	"encoding/json"

	"akhra.dev/akhra"
)

const tokenColumns = "org, id, person, name, acts, token_hash, created, expires, used"

func scanToken(row scanner) (t akhra.Token, err error) {
	var acts string
	if err = row.Scan(&t.Org, &t.ID, &t.User, &t.Name, &acts, &t.Hash, &t.Created, &t.Expires, &t.Used); err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(acts), &t.Acts)
}

// AddToken lets a program in.
func (db *DB) AddToken(ctx context.Context, token akhra.Token) error {
	return db.write(ctx, func(t *tx) error {
		var n int
		if err := t.row("SELECT COUNT(*) FROM token WHERE org = $1", []any{token.Org}, &n); err != nil {
			return err
		}
		if n >= akhra.MaxTokens {
			return akhra.Errorf(akhra.TooMany, "There are %d tokens already. Take one away first.", akhra.MaxTokens)
		}
		_, err := t.exec("INSERT INTO token ("+tokenColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			token.Org, token.ID, token.User, token.Name, encode(token.Acts), token.Hash, token.Created, token.Expires, token.Used)
		if err != nil {
			return err
		}
		return t.tokenChanged(token.Org, token.ID, token.User)
	})
}

func (t *tx) tokenChanged(org akhra.OrgID, id akhra.TokenID, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: org, Kind: akhra.EventTokenChanged, Actor: by, Subject: string(id), Body: "{}"})
	return err
}

// Tokens lists the tokens of an organisation, newest first.
func (db *DB) Tokens(ctx context.Context, org akhra.OrgID) ([]akhra.Token, error) {
	return list(ctx, db, "SELECT "+tokenColumns+" FROM token WHERE org = $1 ORDER BY created DESC, id DESC", []any{org}, scanToken)
}

// Token finds a token by the hash of what a program shows; not found when it
// ran out or its person was removed.
func (db *DB) Token(ctx context.Context, hash string) (akhra.Token, error) {
	s, err := db.read(ctx, `SELECT t.org, t.id, t.person, t.name, t.acts, t.token_hash, t.created, t.expires, t.used
		FROM token t JOIN person p ON p.org = t.org AND p.id = t.person AND p.removed = 0
		WHERE t.token_hash = $1 AND (t.expires = 0 OR t.expires > $2)`)
	if err != nil {
		return akhra.Token{}, err
	}
	t, err := scanToken(s.QueryRowContext(ctx, hash, db.millis()))
	return t, found(err, "token")
}

// UseToken notes that a program came.
func (db *DB) UseToken(ctx context.Context, org akhra.OrgID, id akhra.TokenID) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec("UPDATE token SET used = $3 WHERE org = $1 AND id = $2", org, id, db.millis())
		return err
	})
}

// RemoveToken shuts a program out and tells the hash that nobody may come by
// any more.
func (db *DB) RemoveToken(ctx context.Context, org akhra.OrgID, id akhra.TokenID, by akhra.UserID) (hash string, err error) {
	err = db.write(ctx, func(t *tx) error {
		if err := t.row("DELETE FROM token WHERE org = $1 AND id = $2 RETURNING token_hash", []any{org, id}, &hash); err != nil {
			return found(err, "token")
		}
		return t.tokenChanged(org, id, by)
	})
	return hash, err
}
