package store

import (
	"context"

	"akhra.dev/akhra"
)

const linkColumns = "token_hash, org, role, name, person, device, expires"

func scanLink(row scanner) (l akhra.Link, err error) {
	return l, row.Scan(&l.TokenHash, &l.Org, &l.Role, &l.Name, &l.User, &l.Device, &l.Expires)
}

// AddLink stores a one-time invitation.
func (db *DB) AddLink(ctx context.Context, l akhra.Link) error {
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec("INSERT INTO link ("+linkColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
			l.TokenHash, l.Org, l.Role, l.Name, l.User, l.Device, l.Expires)
		return err
	})
}

// Link finds an invitation that nobody took and that has not run out.
func (db *DB) Link(ctx context.Context, tokenHash string) (akhra.Link, error) {
	s, err := db.read(ctx, openLink)
	if err != nil {
		return akhra.Link{}, err
	}
	l, err := scanLink(s.QueryRowContext(ctx, tokenHash, db.millis()))
	return l, found(err, "link")
}

const openLink = "SELECT " + linkColumns + " FROM link WHERE token_hash = $1 AND expires > $2"

// TakeLink uses an invitation up and gives the person it was for: the one it
// names, or else user, who is added with the link's role. Of two who take the
// same link at once only one succeeds.
func (db *DB) TakeLink(ctx context.Context, tokenHash string, user *akhra.User) (akhra.User, error) {
	var taken akhra.User
	err := db.write(ctx, func(t *tx) (err error) {
		taken, err = t.takeLink(tokenHash, user, db.millis())
		return err
	})
	return taken, err
}

func (t *tx) takeLink(tokenHash string, user *akhra.User, now akhra.Millis) (akhra.User, error) {
	var l akhra.Link
	if err := t.row(openLink, []any{tokenHash, now}, &l.TokenHash, &l.Org, &l.Role, &l.Name, &l.User, &l.Device, &l.Expires); err != nil {
		return akhra.User{}, found(err, "link")
	}
	if _, err := t.exec("DELETE FROM link WHERE token_hash = $1", tokenHash); err != nil {
		return akhra.User{}, err
	}
	if l.Device != "" {
		return akhra.User{}, akhra.Errorf(akhra.Invalid, "This link enrols a device; it is nobody's.")
	}
	if l.User == "" {
		if user == nil {
			return akhra.User{}, akhra.Errorf(akhra.Invalid, "The link makes a new person: it needs a name, a sign-in name and a password.")
		}
		user.Org, user.Role = l.Org, l.Role
		return *user, t.addUser(*user)
	}
	var u akhra.User
	err := t.row("SELECT "+personColumns+" FROM person WHERE org = $1 AND id = $2 AND removed = 0", []any{l.Org, l.User}, personFields(&u)...)
	return u, found(err, "person")
}
