package store

import (
	"context"

	"akhra.dev/akhra"
)

const deviceColumns = "id, org, name, key_hash, made_by, created, enrolled"

func scanDevice(row scanner) (d akhra.Device, err error) {
	return d, row.Scan(&d.ID, &d.Org, &d.Name, &d.KeyHash, &d.By, &d.Created, &d.Enrolled)
}

// PutDevice stores a shared device, or another name and other people of one
// that is there. Whoever does not share it any more is signed out there.
func (db *DB) PutDevice(ctx context.Context, d akhra.Device, by akhra.UserID) error {
	if err := d.Validate(); err != nil {
		return err
	}
	return db.write(ctx, func(t *tx) error {
		_, err := t.exec("INSERT INTO device ("+deviceColumns+`) VALUES ($1, $2, $3, '', $4, $5, 0)
			ON CONFLICT (org, id) DO UPDATE SET name = excluded.name`, d.ID, d.Org, d.Name, by, akhra.MillisOf(t.w.now()))
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM device_person WHERE org = $1 AND device = $2", d.Org, d.ID); err != nil {
			return err
		}
		for place, id := range d.People {
			if err := t.present(d.Org, id); err != nil {
				return err
			}
			if _, err := t.exec("INSERT INTO device_person (org, device, person, place) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", d.Org, d.ID, id, place); err != nil {
				return err
			}
		}
		_, err = t.exec(`DELETE FROM session WHERE org = $1 AND device = $2 AND person NOT IN
			(SELECT person FROM device_person WHERE org = $1 AND device = $2)`, d.Org, d.ID)
		if err != nil {
			return err
		}
		return t.deviceChanged(d.Org, d.ID, by)
	})
}

func (t *tx) deviceChanged(org akhra.OrgID, id akhra.DeviceID, by akhra.UserID) error {
	_, err := t.event(akhra.Event{Org: org, Kind: akhra.EventDeviceChanged, Actor: by, Subject: string(id), Body: "{}"})
	return err
}

// EnrolDevice takes a link that enrols a device and gives the device a key; an
// older key of it opens nothing any more, and who is signed in there by PIN is
// out. Of two who take the same link at once only one succeeds.
func (db *DB) EnrolDevice(ctx context.Context, tokenHash, keyHash string) (akhra.Device, error) {
	var d akhra.Device
	err := db.write(ctx, func(t *tx) error {
		now := akhra.MillisOf(t.w.now())
		var l akhra.Link
		if err := t.row(openLink, []any{tokenHash, now}, &l.TokenHash, &l.Org, &l.Role, &l.Name, &l.User, &l.Device, &l.Expires); err != nil {
			return found(err, "link")
		}
		if l.Device == "" {
			return akhra.Errorf(akhra.Invalid, "This link does not enrol a device.")
		}
		d = akhra.Device{ID: l.Device, Org: l.Org, KeyHash: keyHash, Enrolled: now}
		err := t.row("UPDATE device SET key_hash = $3, enrolled = $4 WHERE org = $1 AND id = $2 RETURNING name, made_by, created",
			[]any{l.Org, l.Device, keyHash, now}, &d.Name, &d.By, &d.Created)
		if err != nil {
			return found(err, "device")
		}
		if _, err := t.exec("DELETE FROM link WHERE token_hash = $1", tokenHash); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM session WHERE org = $1 AND device = $2", l.Org, l.Device); err != nil {
			return err
		}
		return t.deviceChanged(l.Org, l.Device, "")
	})
	return d, err
}

// RemoveDevice forgets a shared device and ends the sessions on it.
func (db *DB) RemoveDevice(ctx context.Context, org akhra.OrgID, id akhra.DeviceID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error {
		if err := t.changeOne("device", "DELETE FROM device WHERE org = $1 AND id = $2", org, id); err != nil {
			return err
		}
		for _, text := range []string{
			"DELETE FROM device_person WHERE org = $1 AND device = $2",
			"DELETE FROM session WHERE org = $1 AND device = $2",
			"DELETE FROM link WHERE org = $1 AND device = $2",
			"DELETE FROM pin_guess WHERE org = $1 AND subject = $2",
		} {
			if _, err := t.exec(text, org, id); err != nil {
				return err
			}
		}
		return t.deviceChanged(org, id, by)
	})
}

// Devices lists the shared devices of an organisation, first made first.
func (db *DB) Devices(ctx context.Context, org akhra.OrgID) ([]akhra.Device, error) {
	all, err := list(ctx, db, "SELECT "+deviceColumns+" FROM device WHERE org = $1 ORDER BY created, id", []any{org}, scanDevice)
	for i := range all {
		if err == nil {
			all[i].People, err = db.devicePeople(ctx, all[i])
		}
	}
	return all, err
}

// DeviceByKey finds a shared device by the hash of the key it was given; not
// found when there is none.
func (db *DB) DeviceByKey(ctx context.Context, keyHash string) (akhra.Device, error) {
	s, err := db.read(ctx, "SELECT "+deviceColumns+" FROM device WHERE key_hash = $1 AND key_hash <> ''")
	if err != nil {
		return akhra.Device{}, err
	}
	d, err := scanDevice(s.QueryRowContext(ctx, keyHash))
	if err = found(err, "device"); err != nil {
		return d, err
	}
	d.People, err = db.devicePeople(ctx, d)
	return d, err
}

func (db *DB) devicePeople(ctx context.Context, d akhra.Device) ([]akhra.UserID, error) {
	return list(ctx, db, "SELECT person FROM device_person WHERE org = $1 AND device = $2 ORDER BY place", []any{d.Org, d.ID},
		func(row scanner) (id akhra.UserID, err error) { return id, row.Scan(&id) })
}
