package storetest

import (
	"slices"
	"strings"
	"time"

	"akhra.dev/akhra"
)

// owners: there is always one.
func owners(w *world) {
	first, second := w.person("first"), w.person("second")
	w.must(w.SetRole(w.ctx(), first.Org, first.ID, akhra.Owner, first.ID))
	w.wantCode(akhra.Conflict, w.SetRole(w.ctx(), first.Org, first.ID, akhra.Manager, first.ID), "the last owner steps down")
	w.wantCode(akhra.Conflict, w.RemoveUser(w.ctx(), first.Org, first.ID, first.ID), "the last owner is removed")
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: "s", User: second.ID, Org: second.Org, Created: w.now(), Expires: w.now() + 1000}))
	w.must(w.SetRole(w.ctx(), first.Org, second.ID, akhra.Owner, first.ID))
	_, _, err := w.Session(w.ctx(), "s")
	w.wantCode(akhra.NotFound, err, "the session of her old role")
	w.must(w.RemoveUser(w.ctx(), first.Org, first.ID, second.ID))
	w.wantCode(akhra.Conflict, w.SetRole(w.ctx(), first.Org, second.ID, akhra.Client, second.ID), "a removed owner does not count")
	w.wantCode(akhra.Invalid, w.SetRole(w.ctx(), first.Org, second.ID, "boss", second.ID), "a role that there is not")
	w.wantCode(akhra.NotFound, w.SetRole(w.ctx(), first.Org, first.ID, akhra.Owner, second.ID), "a former person's role")
	w.wantCode(akhra.NotFound, w.SetRole(w.ctx(), "elsewhere", second.ID, akhra.Owner, second.ID), "somebody of another organisation")
}

// former: a removed person's answers stay, her name is gone everywhere.
func former(w *world) {
	boss, asha := w.person("boss"), w.person("asha")
	t, l := w.project("leaves")
	held := w.lease(t, asha, 2, places(w.tasks(t, 2)))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(held[0], l.Classes[0].ID)))
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: "s", User: asha.ID, Org: asha.Org, Created: w.now(), Expires: w.now() + 1000}))
	w.must(w.AddLink(w.ctx(), akhra.Link{TokenHash: "hers", Org: asha.Org, Role: asha.Role, Name: asha.Name, User: asha.ID, Expires: w.now() + 1000}))
	w.must(w.SetPassword(w.ctx(), asha.Org, asha.ID, "hash"))
	w.must(w.RemoveUser(w.ctx(), asha.Org, asha.ID, boss.ID))
	w.wantCode(akhra.NotFound, w.RemoveUser(w.ctx(), asha.Org, asha.ID, boss.ID), "removing again")
	got, err := w.User(w.ctx(), asha.Org, asha.ID)
	w.must(err)
	if got.Removed == 0 || got.Name != akhra.FormerName(asha.ID) || got.PasswordHash != "" || strings.Contains(got.Login, "asha") {
		w.Errorf("a former person is %+v", got)
	}
	_, err = w.UserByLogin(w.ctx(), "asha")
	w.wantCode(akhra.NotFound, err, "her sign-in name")
	_, _, err = w.Session(w.ctx(), "s")
	w.wantCode(akhra.NotFound, err, "her session")
	_, err = w.Link(w.ctx(), "hers")
	w.wantCode(akhra.NotFound, err, "her link")
	votes, err := w.VotesOf(w.ctx(), t, held[0].Item)
	if err != nil || len(votes) != 1 || votes[0].Annotator != akhra.FormerName(asha.ID) {
		w.Errorf("her answers are %+v, %v", votes, err)
	}
	w.must(w.Leases(w.ctx(), t, func(a akhra.Assignment) error { w.Errorf("she still holds %+v", a); return nil }))
	log, err := w.Events(w.ctx(), asha.Org, 0, 1000)
	w.must(err)
	for _, e := range log {
		if strings.Contains(strings.ToLower(e.Body), "asha") {
			w.Errorf("the log names her: %+v", e)
		}
	}
	w.must(w.AddUser(w.ctx(), akhra.User{ID: akhra.UserID(w.NewID()), Org: asha.Org, Name: "New", Login: "asha", Role: akhra.Annotator, Created: w.now()}))
}

// given: a client has the projects she was given and no others.
func given(w *world) {
	boss, client := w.person("boss"), w.person("client")
	t, _ := w.project("leaves")
	w.must(w.Give(w.ctx(), t.Org, client.ID, []akhra.ProjectID{t.Project, t.Project}, boss.ID))
	if got, err := w.Given(w.ctx(), t.Org, client.ID); err != nil || !slices.Equal(got, []akhra.ProjectID{t.Project}) {
		w.Errorf("she was given %v, %v", got, err)
	}
	w.wantCode(akhra.NotFound, w.Give(w.ctx(), t.Org, client.ID, []akhra.ProjectID{"none"}, boss.ID), "a project that there is not")
	if got, _ := w.Given(w.ctx(), t.Org, client.ID); len(got) != 1 {
		w.Errorf("after a refusal she has %v", got)
	}
	w.wantCode(akhra.NotFound, w.Give(w.ctx(), "elsewhere", client.ID, nil, boss.ID), "somebody of another organisation")
	w.must(w.Give(w.ctx(), t.Org, client.ID, nil, boss.ID))
	if got, _ := w.Given(w.ctx(), t.Org, client.ID); len(got) != 0 {
		w.Errorf("after taking all away she has %v", got)
	}
}

// sessions: each is seen where it is used, ends when nobody uses it, and can
// be ended by its handle.
func sessions(w *world) {
	asha, other := w.person("asha"), w.person("other")
	long := w.now() + 100*24*3600_000
	hash := strings.Repeat("a", 40) + "1"
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: hash, User: asha.ID, Org: asha.Org, Created: w.now(), Expires: long, Agent: "Chrome, Android"}))
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: "pin", User: asha.ID, Org: asha.Org, Created: w.now(), Expires: long, Device: "pc"}))
	w.clock = w.clock.Add(20 * time.Minute)
	s, _, err := w.Session(w.ctx(), hash)
	w.must(err)
	if s.Seen != w.now() {
		w.Errorf("it was last used at %d, now is %d", s.Seen, w.now())
	}
	if all, err := w.Sessions(w.ctx(), asha.Org, asha.ID); err != nil || len(all) != 2 || all[0].TokenHash != hash || all[0].Agent != "Chrome, Android" {
		w.Errorf("sessions %+v, %v", all, err)
	}
	w.clock = w.clock.Add(11 * time.Minute)
	_, _, err = w.Session(w.ctx(), "pin")
	w.wantCode(akhra.NotFound, err, "a PIN session that nobody used for half an hour")
	w.wantCode(akhra.NotFound, w.EndSessionOf(w.ctx(), asha.Org, other.ID, s.Handle()), "somebody else's session")
	w.must(w.EndSessionOf(w.ctx(), asha.Org, asha.ID, s.Handle()))
	_, _, err = w.Session(w.ctx(), hash)
	w.wantCode(akhra.NotFound, err, "a session that was ended")
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: "idle", User: asha.ID, Org: asha.Org, Created: w.now(), Expires: long}))
	w.clock = w.clock.Add(15 * 24 * time.Hour)
	_, _, err = w.Session(w.ctx(), "idle")
	w.wantCode(akhra.NotFound, err, "a session that nobody used for two weeks")
}

// device enrols a device for some people.
func (w *world) device(name string, people ...akhra.UserID) akhra.Device {
	w.Helper()
	d := akhra.Device{ID: akhra.DeviceID(w.NewID()), Org: w.org(), Name: name, People: people}
	w.must(w.PutDevice(w.ctx(), d, people[0]))
	w.must(w.AddLink(w.ctx(), akhra.Link{TokenHash: "enrol " + name, Org: d.Org, Device: d.ID, Expires: w.now() + 1000}))
	enrolled, err := w.EnrolDevice(w.ctx(), "enrol "+name, "key "+name)
	w.must(err)
	if enrolled.ID != d.ID || enrolled.Name != name {
		w.Errorf("enrolled %+v", enrolled)
	}
	return enrolled
}

// devices: one key a device; a new one ends the old.
func devices(w *world) {
	asha, binita := w.person("asha"), w.person("binita")
	d := w.device("window", asha.ID, binita.ID)
	_, err := w.EnrolDevice(w.ctx(), "enrol window", "again")
	w.wantCode(akhra.NotFound, err, "a link that was taken")
	found, err := w.DeviceByKey(w.ctx(), "key window")
	if err != nil || !slices.Equal(found.People, []akhra.UserID{asha.ID, binita.ID}) || found.Enrolled != w.now() {
		w.Errorf("found %+v, %v", found, err)
	}
	_, err = w.DeviceByKey(w.ctx(), "")
	w.wantCode(akhra.NotFound, err, "no key")
	w.must(w.AddSession(w.ctx(), akhra.Session{TokenHash: "p", User: binita.ID, Org: d.Org, Created: w.now(), Expires: w.now() + 1000, Device: d.ID}))
	d.Name, d.People = "door", []akhra.UserID{asha.ID}
	w.must(w.PutDevice(w.ctx(), d, asha.ID))
	if found, err = w.DeviceByKey(w.ctx(), "key window"); err != nil || found.Name != "door" || len(found.People) != 1 {
		w.Errorf("changed to %+v, %v", found, err)
	}
	_, _, err = w.Session(w.ctx(), "p")
	w.wantCode(akhra.NotFound, err, "the session of somebody who does not share it any more")
	w.wantCode(akhra.NotFound, w.PutDevice(w.ctx(), akhra.Device{ID: "x", Org: d.Org, Name: "x", People: []akhra.UserID{"nobody"}}, asha.ID), "a stranger's place")
	w.wantCode(akhra.NotFound, w.RemoveDevice(w.ctx(), "elsewhere", d.ID, asha.ID), "another organisation's device")
	w.must(w.RemoveDevice(w.ctx(), d.Org, d.ID, asha.ID))
	_, err = w.DeviceByKey(w.ctx(), "key window")
	w.wantCode(akhra.NotFound, err, "the key of a device that was removed")
	if all, err := w.Devices(w.ctx(), d.Org); err != nil || len(all) != 0 {
		w.Errorf("devices %+v, %v", all, err)
	}
}

// pins: the guesses of a person are counted over all devices, pause after five
// and lock after twenty of a day.
func pins(w *world) {
	asha, binita := w.person("asha"), w.person("binita")
	one, two := w.device("one", asha.ID, binita.ID), w.device("two", asha.ID)
	w.must(w.SetPIN(w.ctx(), asha.Org, asha.ID, "hash"))
	guess := func(d akhra.Device) error { _, err := w.GuessPIN(w.ctx(), d, asha.ID); return err }
	if u, err := w.GuessPIN(w.ctx(), one, asha.ID); err != nil || u.PINHash != "hash" {
		w.Errorf("guessed at %+v, %v", u, err)
	}
	w.must(w.RightPIN(w.ctx(), one, asha.ID))
	for n := range akhra.PINDayPerson {
		if n > 0 && n%akhra.PINRun == 0 {
			w.wantCode(akhra.TooMany, guess(two), "guess %d without a pause", n+1)
			w.clock = w.clock.Add(16 * time.Minute)
		}
		w.must(guess([]akhra.Device{one, two}[n%2]))
	}
	w.clock = w.clock.Add(25 * time.Hour)
	w.wantCode(akhra.TooMany, guess(one), "the 21st guess")
	if locked, err := w.LockedPINs(w.ctx(), asha.Org); err != nil || !locked[asha.ID] || len(locked) != 1 {
		w.Errorf("locked %v, %v", locked, err)
	}
	if _, err := w.GuessPIN(w.ctx(), one, binita.ID); err != nil {
		w.Errorf("another person on the device: %v", err)
	}
	_, err := w.GuessPIN(w.ctx(), two, binita.ID)
	w.wantCode(akhra.NotFound, err, "somebody who does not share the device")
	w.must(w.SetPIN(w.ctx(), asha.Org, asha.ID, "new"))
	w.must(guess(one))
	w.must(w.ForgetPINs(w.ctx()))
	if u, err := w.GuessPIN(w.ctx(), one, asha.ID); err != nil || u.PINHash != "" {
		w.Errorf("a PIN that was forgotten is %q, %v", u.PINHash, err)
	}
}
