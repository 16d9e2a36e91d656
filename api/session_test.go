package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/people"
)

const goodPassword = "sal forest 42"

// invite makes a link and returns its path.
func (h *house) invite(link akhra.Link) string {
	h.t.Helper()
	link.Org = h.org.ID
	token, err := h.api.NewLink(h.t.Context(), link)
	must(h.t, err)
	return "/api/links/" + token
}

func (r reply) cookie(t *testing.T) *http.Cookie {
	t.Helper()
	cookies := (&http.Response{Header: r.header}).Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies set, want 1", len(cookies))
	}
	return cookies[0]
}

func TestLink(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	stranger := &person{h: h}
	asha := map[string]string{"name": "Asha Oraon", "login": "Asha", "password": goodPassword}

	t.Run("the first start's link makes the owner, once", func(t *testing.T) {
		link := h.invite(akhra.Link{Role: akhra.Owner})
		var view people.LinkView
		stranger.ask("GET", link, nil).want(t, 200, &view)
		if view.Kind != "owner" {
			t.Errorf("kind %q", view.Kind)
		}
		var me people.Me
		r := stranger.ask("POST", link, asha).want(t, 200, &me)
		if me.User.Role != akhra.Owner || me.User.Login != "asha" || me.Org.Name != "Akhra" || len(me.May) == 0 {
			t.Errorf("me %+v", me)
		}
		c := r.cookie(t)
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure {
			t.Errorf("cookie %+v", c)
		}
		stranger.ask("POST", link, asha).problem(t, 404, akhra.NotFound, "used already")
		stranger.ask("GET", link, nil).problem(t, 404, akhra.NotFound, "used already")
	})
	t.Run("a refused form does not use up the link", func(t *testing.T) {
		link := h.invite(akhra.Link{Role: akhra.Annotator, Name: "Bina"})
		stranger.ask("POST", link, map[string]string{"name": "Bina", "login": "bina", "password": "short"}).problem(t, 400, akhra.Invalid, "at least")
		stranger.ask("POST", link, map[string]string{"name": "Bina", "login": "has space", "password": goodPassword}).problem(t, 400, akhra.Invalid, "lower-case")
		stranger.ask("POST", link, map[string]string{"name": "Bina", "login": "asha", "password": goodPassword}).problem(t, 409, akhra.Conflict, "")
		stranger.ask("POST", link, map[string]string{"login": "bina", "password": goodPassword}).want(t, 200, nil)
	})
	t.Run("a link opens nothing after a week", func(t *testing.T) {
		link := h.invite(akhra.Link{Role: akhra.Annotator, Name: "Late", Expires: akhra.MillisOf(h.now().Add(-time.Minute))})
		stranger.ask("POST", link, asha).problem(t, 404, akhra.NotFound, "too old")
	})
	t.Run("an existing person's link only changes her password", func(t *testing.T) {
		users, err := h.db.Users(t.Context(), h.org.ID)
		must(t, err)
		link := h.invite(akhra.Link{Role: users[0].Role, Name: users[0].Name, User: users[0].ID})
		stranger.ask("POST", link, map[string]string{"password": "another " + goodPassword}).want(t, 200, nil)
		stranger.ask("POST", "/api/session", map[string]string{"login": users[0].Login, "password": goodPassword}).problem(t, 401, akhra.Unauthorized, "not right")
		stranger.ask("POST", "/api/session", map[string]string{"login": users[0].Login, "password": "another " + goodPassword}).want(t, 200, nil)
	})
	t.Run("only the owner's invitation names a role", func(t *testing.T) {
		owner := h.person(akhra.Owner)
		var made people.NewLinkView
		owner.ask("POST", "/api/people/links", people.NewPerson{Name: "Chandan", Role: akhra.Manager}).want(t, 200, &made)
		_, token, _ := strings.Cut(made.URL, "/link/")
		var view people.LinkView
		stranger.ask("GET", "/api/links/"+token, nil).want(t, 200, &view)
		if view.Role != akhra.Manager || view.Kind != "invite" || view.Name != "Chandan" {
			t.Errorf("link %+v", view)
		}
		body := map[string]string{"name": "Chandan", "login": "chandan", "password": goodPassword, "role": "owner"}
		stranger.ask("POST", "/api/links/"+token, body).problem(t, 400, akhra.Invalid, "")
	})
}

func TestSession(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	stranger := &person{h: h}
	stranger.ask("POST", h.invite(akhra.Link{Role: akhra.Owner}), map[string]string{"name": "Asha", "login": "asha", "password": goodPassword}).want(t, 200, nil)
	in := func(password string) reply {
		return stranger.ask("POST", "/api/session", map[string]string{"login": "asha", "password": password})
	}

	t.Run("signing out ends the session at once", func(t *testing.T) {
		c := in(goodPassword).want(t, 200, nil).cookie(t)
		asha := &person{h: h, cookie: c.Name + "=" + c.Value}
		asha.ask("GET", "/api/me", nil).want(t, 200, nil)
		if gone := asha.ask("DELETE", "/api/session", nil).want(t, 204, nil).cookie(t); gone.MaxAge >= 0 {
			t.Errorf("the cookie stays: %+v", gone)
		}
		asha.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "sign in")
	})
	t.Run("a session ended elsewhere is dead within 5 seconds", func(t *testing.T) {
		asha := h.person(akhra.Owner)
		asha.ask("GET", "/api/me", nil).want(t, 200, nil)
		must(t, h.db.EndSession(t.Context(), door.HashToken(asha.token)))
		h.ahead.Add(int64(5 * time.Second))
		asha.ask("GET", "/api/me", nil).problem(t, 401, akhra.Unauthorized, "sign in")
	})
	t.Run("the store never sees a token", func(t *testing.T) {
		c := in(goodPassword).want(t, 200, nil).cookie(t)
		if _, _, err := h.db.Session(t.Context(), c.Value); akhra.CodeOf(err) != akhra.NotFound {
			t.Errorf("the token itself is a key: %v", err)
		}
	})
	t.Run("a wrong name and a wrong password read the same", func(t *testing.T) {
		one := in("wrong password")
		other := stranger.ask("POST", "/api/session", map[string]string{"login": "nobody", "password": "wrong password"})
		if one.status != 401 || string(one.body) != string(other.body) {
			t.Errorf("%d %s, %d %s", one.status, one.body, other.status, other.body)
		}
	})
	t.Run("guessing is slowed, and waiting helps", func(t *testing.T) {
		last := reply{}
		for range 12 {
			if last = in("wrong password"); last.status == 429 {
				break
			}
		}
		last.problem(t, 429, akhra.TooMany, "wait")
		if last.header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
		h.ahead.Add(int64(time.Minute))
		in(goodPassword).want(t, 200, nil)
	})
}

func TestDemo(t *testing.T) {
	t.Parallel()
	h := openHouse(t, true)
	owner := h.person(akhra.Owner)
	link := h.invite(akhra.Link{Role: akhra.Owner, Name: "You", User: owner.user.ID})
	stranger := &person{h: h}

	t.Run("its link signs in without a password, once", func(t *testing.T) {
		var view people.LinkView
		stranger.ask("GET", link, nil).want(t, 200, &view)
		if view.Kind != "demo" {
			t.Errorf("kind %q", view.Kind)
		}
		var me people.Me
		stranger.ask("POST", link, map[string]string{}).want(t, 200, &me)
		if me.User.ID != owner.user.ID {
			t.Errorf("signed in as %+v", me.User)
		}
		stranger.ask("POST", link, map[string]string{}).problem(t, 404, akhra.NotFound, "used already")
	})
	t.Run("it answers only under the name localhost", func(t *testing.T) {
		for host, want := range map[string]int{"localhost:8080": 200, "127.0.0.1": 200, "[::1]:80": 200, "evil.example": 403, "localhost.evil.example": 403, "192.168.1.7:8080": 403} {
			r, err := http.NewRequestWithContext(t.Context(), "GET", h.server.URL+"/livez", nil)
			must(t, err)
			r.Host = host
			if got := h.do(r); got.status != want {
				t.Errorf("Host %s: %d, want %d", host, got.status, want)
			}
		}
	})
}

func TestGuard(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	asha := h.person(akhra.Owner)

	t.Run("another site's form is refused", func(t *testing.T) {
		for name, header := range map[string][2]string{"fetch metadata": {"Sec-Fetch-Site", "cross-site"}, "origin": {"Origin", "https://evil.example"}} {
			r, err := http.NewRequestWithContext(t.Context(), "DELETE", h.server.URL+"/api/session", nil)
			must(t, err)
			r.Header.Set("Cookie", asha.cookie)
			r.Header.Set(header[0], header[1])
			if got := h.do(r); got.status != 403 {
				t.Errorf("%s: %d", name, got.status)
			}
		}
		asha.ask("GET", "/api/me", nil).want(t, 200, nil)
	})
	t.Run("every answer forbids foreign content and guessing of types", func(t *testing.T) {
		r := asha.ask("GET", "/api/me", nil)
		if !strings.Contains(r.header.Get("Content-Security-Policy"), "require-trusted-types-for 'script'") || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", r.header)
		}
		if r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("Cache-Control %q", r.header.Get("Cache-Control"))
		}
	})
	t.Run("an unknown path of the API is a problem, not a page", func(t *testing.T) {
		asha.ask("GET", "/api/nothing", nil).problem(t, 404, akhra.NotFound, "does not exist")
	})
	t.Run("a wrong body never comes back in the answer", func(t *testing.T) {
		secret := "hunter2-hunter2"
		for _, row := range [][3]string{
			{"POST", "/api/session", `{"login":"asha","pin":"` + secret + `"}`},
			{"PATCH", "/api/me", `{"language":"` + secret + `"}`},
			{"PATCH", "/api/me", `{"lingo":"` + secret + `"}`},
			{"POST", "/api/projects", `{"id":"` + secret + `","name":7,"question":"` + secret + `"}`},
		} {
			got := asha.send(row[0], row[1], "application/json", strings.NewReader(row[2]))
			if got.status < 400 || got.status >= 500 || strings.Contains(string(got.body), secret) {
				t.Errorf("%s %s: %d %s", row[0], row[1], got.status, got.body)
			}
		}
	})
}
