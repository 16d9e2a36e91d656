package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

// SetPIN replaces a person's PIN hash, unlocks it and ends the sessions that
// the old one opened.
func (db *DB) SetPIN(ctx context.Context, org akhra.OrgID, id akhra.UserID, hash string) error {
	return db.write(ctx, func(t *tx) error {
		err := t.changeOne("person", "UPDATE person SET pin_hash = $3 WHERE org = $1 AND id = $2 AND removed = 0", org, id, hash)
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM session WHERE org = $1 AND person = $2 AND device <> ''", org, id); err != nil {
			return err
		}
		_, err = t.exec("DELETE FROM pin_guess WHERE org = $1 AND subject = $2", org, id)
		return err
	})
}

// ForgetPINs takes everybody's PIN away: the key they were hashed with is gone.
func (db *DB) ForgetPINs(ctx context.Context) error {
	return db.write(ctx, func(t *tx) error {
		if _, err := t.exec("UPDATE person SET pin_hash = '' WHERE pin_hash <> ''"); err != nil {
			return err
		}
		_, err := t.exec("DELETE FROM pin_guess")
		return err
	})
}

// GuessPIN counts a guess of a person's PIN on a device as wrong, durably,
// before anybody looks at it, and gives her; RightPIN takes it back. It fails
// with too_many where no more guesses are allowed and with not found when she
// does not share the device.
func (db *DB) GuessPIN(ctx context.Context, d akhra.Device, id akhra.UserID) (akhra.User, error) {
	var u akhra.User
	err := db.write(ctx, func(t *tx) error {
		u = akhra.User{}
		err := t.row("SELECT "+personColumns+` FROM person WHERE org = $1 AND id = $2 AND removed = 0
			AND EXISTS (SELECT 1 FROM device_person d WHERE d.org = $1 AND d.device = $3 AND d.person = $2)`,
			[]any{d.Org, id, d.ID}, personFields(&u)...)
		if err != nil {
			return found(err, "person")
		}
		if err := t.guess(d.Org, string(d.ID), akhra.PINDayDevice, false); err != nil {
			return err
		}
		return t.guess(d.Org, string(id), akhra.PINDayPerson, true)
	})
	return u, err
}

// RightPIN takes a guess back that was right.
func (db *DB) RightPIN(ctx context.Context, d akhra.Device, id akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		for _, subject := range []string{string(d.ID), string(id)} {
			g, err := t.guesses(d.Org, subject)
			if err != nil {
				return err
			}
			g.Right()
			if err := t.putGuesses(d.Org, subject, g); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) guess(org akhra.OrgID, subject string, perDay int, person bool) error {
	g, err := t.guesses(org, subject)
	if err != nil {
		return err
	}
	if err := g.Guess(akhra.MillisOf(t.w.now()), perDay, person); err != nil {
		return err
	}
	return t.putGuesses(org, subject, g)
}

func (t *tx) guesses(org akhra.OrgID, subject string) (g akhra.PINGuesses, err error) {
	err = t.row("SELECT day, wrong, run, paused, locked FROM pin_guess WHERE org = $1 AND subject = $2", []any{org, subject},
		&g.Day, &g.Wrong, &g.Run, &g.Paused, &g.Locked)
	if errors.Is(err, sql.ErrNoRows) {
		return akhra.PINGuesses{}, nil
	}
	return g, err
}

func (t *tx) putGuesses(org akhra.OrgID, subject string, g akhra.PINGuesses) error {
	_, err := t.exec(`INSERT INTO pin_guess (org, subject, day, wrong, run, paused, locked) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (org, subject) DO UPDATE SET day = excluded.day, wrong = excluded.wrong, run = excluded.run,
		paused = excluded.paused, locked = excluded.locked`, org, subject, g.Day, g.Wrong, g.Run, g.Paused, g.Locked)
	return err
}

// LockedPINs tells whose PIN is locked.
func (db *DB) LockedPINs(ctx context.Context, org akhra.OrgID) (map[akhra.UserID]bool, error) {
	all, err := list(ctx, db, "SELECT subject FROM pin_guess WHERE org = $1 AND locked = 1", []any{org},
		func(row scanner) (id akhra.UserID, err error) { return id, row.Scan(&id) })
	locked := make(map[akhra.UserID]bool, len(all))
	for _, id := range all {
		locked[id] = true
	}
	return locked, err
}
