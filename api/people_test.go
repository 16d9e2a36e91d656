package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/people"
	"akhra.dev/akhra/api/project"
)

func TestAManagerLeadsThoseBelowHer(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, manager, asha := h.person(akhra.Owner), h.person(akhra.Manager), h.person(akhra.Annotator)
	at := func(who *person) string { return "/api/people/" + string(who.user.ID) }
	change := func(role akhra.Role) any { return map[string]akhra.Role{"role": role} }

	manager.ask("PATCH", at(asha), change(akhra.Reviewer)).want(t, 200, nil)
	manager.ask("PATCH", at(asha), change(akhra.Manager)).problem(t, 403, akhra.Forbidden, "Only an owner")
	manager.ask("PATCH", at(owner), change(akhra.Client)).problem(t, 403, akhra.Forbidden, "Only an owner")
	manager.ask("DELETE", at(owner), nil).problem(t, 403, akhra.Forbidden, "Only an owner")
	manager.ask("POST", "/api/people/links", people.NewPerson{Name: "X", Role: akhra.Owner}).problem(t, 403, akhra.Forbidden, "Only an owner")
	manager.ask("POST", "/api/people/links", people.NewPerson{User: owner.user.ID}).problem(t, 403, akhra.Forbidden, "Only an owner")
	manager.ask("POST", "/api/people/links", people.NewPerson{Name: "X", Role: akhra.Annotator}).want(t, 200, nil)
	owner.ask("PATCH", at(owner), change(akhra.Manager)).problem(t, 409, akhra.Conflict, "last owner")
	owner.ask("DELETE", at(owner), nil).problem(t, 409, akhra.Conflict, "last owner")
	owner.ask("PATCH", at(manager), change(akhra.Owner)).want(t, 200, nil)
	manager.ask("GET", "/api/people", nil).problem(t, 401, akhra.Unauthorized, "sign in")
}

func TestARemovedPersonIsOutAndHerAnswersStay(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(2)
	asha.sync(w, say(t, asha.lease(w, 1)[0], w.classes[0].ID))
	owner.ask("DELETE", "/api/people/"+string(asha.user.ID), nil).want(t, 204, nil)
	asha.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "")
	votes := string(owner.ask("GET", w.path+"/export?format=votes", nil).want(t, 200, nil).body)
	if strings.Contains(votes, "Someone") || !strings.Contains(votes, akhra.FormerName(asha.user.ID)) {
		t.Errorf("the votes read %s", votes)
	}
	var list people.People
	owner.ask("GET", "/api/people", nil).want(t, 200, &list)
	if len(list.People) != 1 || list.Former != 1 {
		t.Errorf("people %+v", list)
	}
}

func TestAClientSeesWhatSheWasGivenAndNothingElse(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	hers, other := owner.project(1), owner.project(1)
	client := h.client(hers)
	var list project.ProjectList
	client.ask("GET", "/api/projects", nil).want(t, 200, &list)
	if len(list.Projects) != 1 || list.Projects[0].ID != hers.id {
		t.Errorf("she sees %+v", list.Projects)
	}
	for _, path := range []string{"", "/progress", "/export?format=csv", "/events"} {
		if got := client.status(hers.path + path); got != 200 {
			t.Errorf("her own %s: %d", path, got)
		}
		if got := client.status(other.path + path); got != 404 {
			t.Errorf("another's %s: %d", path, got)
		}
	}
	client.ask("GET", fmt.Sprintf("/api/pictures/%s/%s/320", other.id, other.items[0]), nil).problem(t, 404, akhra.NotFound, "")
	for _, path := range []string{"/items", "/skills", "/reviews", "/doubles", "/jobs"} {
		if got := client.status(hers.path + path); got != 403 {
			t.Errorf("%s: %d", path, got)
		}
	}
	owner.ask("PATCH", "/api/people/"+string(client.user.ID), map[string]any{"projects": []akhra.ProjectID{other.id}}).want(t, 200, nil)
	client.ask("GET", hers.path, nil).problem(t, 404, akhra.NotFound, "")
	client.ask("GET", other.path, nil).want(t, 200, nil)
}

// status reads a path and gives the status; of a stream the head is enough.
func (p *person) status(path string) int {
	p.h.t.Helper()
	r, err := http.NewRequestWithContext(p.h.t.Context(), "GET", p.h.server.URL+path, nil)
	must(p.h.t, err)
	r.Header.Set("Cookie", p.cookie)
	answer, err := p.h.server.Client().Do(r)
	must(p.h.t, err)
	must(p.h.t, answer.Body.Close())
	return answer.StatusCode
}

func TestSessionsAreSeenAndEnded(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	first := &person{h: h, user: asha.user, cookie: asha.cookie}
	asha.signInAgain()
	var list people.SessionList
	asha.ask("GET", "/api/me/sessions", nil).want(t, 200, &list)
	if len(list.Sessions) != 2 {
		t.Fatalf("sessions %+v", list)
	}
	for _, s := range list.Sessions {
		if strings.Contains(asha.token, s.ID) || len(s.ID) < 32 {
			t.Errorf("the handle %q tells the token", s.ID)
		}
		if !s.This {
			asha.ask("DELETE", "/api/me/sessions/"+s.ID, nil).want(t, 204, nil)
		}
	}
	first.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "")
	path := "/api/people/" + string(asha.user.ID) + "/sessions"
	owner.ask("GET", path, nil).want(t, 200, &list)
	if len(list.Sessions) != 1 || list.Sessions[0].This {
		t.Errorf("the owner sees %+v", list)
	}
	owner.ask("DELETE", path+"/"+list.Sessions[0].ID, nil).want(t, 204, nil)
	asha.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "")
}

// sharedDevice enrols a browser for people and gives its cookie.
func (h *house) sharedDevice(owner *person, who ...*person) string {
	t := h.t
	t.Helper()
	in := people.DeviceChange{Name: "PC by the window"}
	for _, p := range who {
		in.People = append(in.People, p.user.ID)
	}
	path := "/api/devices/" + newID(t)
	owner.ask("PUT", path, in).want(t, 200, nil)
	var link people.NewLinkView
	owner.ask("POST", path+"/links", nil).want(t, 200, &link)
	at := link.URL[strings.Index(link.URL, "/link/"):]
	stranger := &person{h: h}
	var view people.LinkView
	stranger.ask("GET", "/api"+strings.Replace(at, "/link/", "/links/", 1), nil).want(t, 200, &view)
	if view.Kind != "device" || view.Name != in.Name {
		t.Errorf("the link is %+v", view)
	}
	r := stranger.ask("POST", "/api"+strings.Replace(at, "/link/", "/links/", 1), map[string]string{}).want(t, 200, nil)
	c := r.cookie(t)
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", c)
	}
	return c.Name + "=" + c.Value
}

// signInPIN signs somebody in on a device.
func (h *house) signInPIN(device string, who akhra.UserID, pin string) reply {
	h.t.Helper()
	return (&person{h: h, cookie: device}).ask("POST", "/api/session/pin", map[string]any{"user": who, "pin": pin})
}

func TestAPINOpensASharedDeviceForItsPeople(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha, bina := h.person(akhra.Owner), h.person(akhra.Annotator), h.person(akhra.Annotator)
	w := owner.project(3)
	device := h.sharedDevice(owner, asha)
	asha.ask("PUT", "/api/me/pin", map[string]string{"pin": "123456"}).problem(t, 400, akhra.Invalid, "easy")
	asha.ask("PUT", "/api/me/pin", map[string]string{"pin": "902174"}).want(t, 204, nil)

	t.Run("strangers' browsers are told nothing", func(t *testing.T) {
		(&person{h: h}).ask("GET", "/api/device", nil).problem(t, 404, akhra.NotFound, "not enrolled")
		h.signInPIN("", asha.user.ID, "902174").problem(t, 404, akhra.NotFound, "not enrolled")
		h.signInPIN(strings.Replace(device, "=", "=x", 1), asha.user.ID, "902174").problem(t, 404, akhra.NotFound, "not enrolled")
	})
	t.Run("it opens over https or on this machine only", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), "GET", h.server.URL+"/api/device", nil)
		must(t, err)
		r.Host = "192.168.1.10:8080"
		r.Header.Set("Cookie", device)
		h.do(r).problem(t, 403, akhra.Forbidden, "https")
	})
	t.Run("the device names its people", func(t *testing.T) {
		var d people.ThisDevice
		(&person{h: h, cookie: device}).ask("GET", "/api/device", nil).want(t, 200, &d)
		if len(d.People) != 1 || d.People[0].ID != asha.user.ID || !d.People[0].PIN {
			t.Errorf("%+v", d)
		}
		h.signInPIN(device, bina.user.ID, "902174").problem(t, 404, akhra.NotFound, "")
	})
	t.Run("a PIN reaches work and nothing else", func(t *testing.T) {
		r := h.signInPIN(device, asha.user.ID, "902174").want(t, 200, nil)
		c := r.cookie(t)
		shared := &person{h: h, user: asha.user, cookie: c.Name + "=" + c.Value}
		var me people.Me
		shared.ask("GET", "/api/me", nil).want(t, 200, &me)
		if !me.Shared || len(me.May) == 0 {
			t.Errorf("me %+v", me)
		}
		shared.sync(w, say(t, shared.lease(w, 1)[0], w.classes[0].ID))
		shared.ask("PUT", "/api/me/pin", map[string]string{"pin": "774411"}).problem(t, 403, akhra.Forbidden, "password")
		shared.ask("GET", "/api/me/sessions", nil).problem(t, 403, akhra.Forbidden, "password")
		owner.ask("POST", "/api/people/"+string(asha.user.ID)+"/pin", nil).want(t, 200, nil)
		shared.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "")
		h.signInPIN(device, asha.user.ID, "902174").problem(t, 401, akhra.Unauthorized, "not right")
	})
	t.Run("whoever leads has no PIN", func(t *testing.T) {
		owner.ask("PUT", "/api/me/pin", map[string]string{"pin": "902174"}).problem(t, 403, akhra.Forbidden, "PIN")
		owner.ask("PUT", "/api/devices/"+newID(t), people.DeviceChange{Name: "PC", People: []akhra.UserID{owner.user.ID}}).problem(t, 400, akhra.Invalid, "password")
	})
}

func TestGuessingAPINEnds(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	h.ahead.Store(int64(time.Until(time.Now().UTC().Truncate(24 * time.Hour).Add(30 * time.Hour)))) // a morning: guesses are counted by the day
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	devices := []string{h.sharedDevice(owner, asha), h.sharedDevice(owner, asha)}
	var made people.NewPIN
	owner.ask("POST", "/api/people/"+string(asha.user.ID)+"/pin", nil).want(t, 200, &made)
	wrong := "902174"
	if made.PIN == wrong {
		wrong = "902175"
	}
	for n := range akhra.PINDayPerson {
		if n > 0 && n%akhra.PINRun == 0 {
			h.signInPIN(devices[n%2], asha.user.ID, made.PIN).problem(t, 429, akhra.TooMany, "quarter of an hour")
			h.ahead.Add(int64(16 * time.Minute))
		}
		h.signInPIN(devices[n%2], asha.user.ID, wrong).problem(t, 401, akhra.Unauthorized, "not right")
	}
	h.ahead.Add(int64(26 * time.Hour))
	h.signInPIN(devices[0], asha.user.ID, made.PIN).problem(t, 429, akhra.TooMany, "locked")
	again := h.person(akhra.Owner)
	var list people.People
	again.ask("GET", "/api/people", nil).want(t, 200, &list)
	for _, p := range list.People {
		if p.Locked != (p.ID == asha.user.ID) {
			t.Errorf("locked: %+v", p)
		}
	}
	again.ask("POST", "/api/people/"+string(asha.user.ID)+"/pin", nil).want(t, 200, &made)
	h.signInPIN(devices[1], asha.user.ID, made.PIN).want(t, 200, nil)
}
