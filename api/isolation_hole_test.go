package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// hole is one way in which a server could let somebody see or do too much:
// what one operation answers is spoiled, all else is as it is.
type hole struct {
	name, op string
	// plant spoils a request of that operation; next is the honest server.
	plant func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request)
}

// asForeigner answers a request as if its tenant were not looked at: where it
// names something foreign, it is the foreign owner's.
func asForeigner(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Cookie") != "" && s.namesForeign(r) {
		r.Header.Set("Cookie", s.foreign.owner.cookie)
	}
	next.ServeHTTP(w, r)
}

func (s *twoSides) namesForeign(r *http.Request) bool {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return strings.Contains(r.URL.Path+string(body), s.foreign.ids["project"])
}

// holes are one for each way there is to go wrong.
var holes = []hole{
	{"a wrong act lets everybody signed in through", "people", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" {
			r.Header.Set("Cookie", s.own.owner.cookie)
		}
		next.ServeHTTP(w, r)
	}},
	{"nobody needs to sign in", "items", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") == "" {
			r.Header.Set("Cookie", s.own.owner.cookie)
		}
		next.ServeHTTP(w, r)
	}},
	{"who may is turned away", "skills", func(_ *twoSides, _ http.Handler, w http.ResponseWriter, _ *http.Request) {
		door.Refuse(w, door.ProblemFor(http.StatusForbidden))
	}},
	{"a handler forgets the tenant", "project", asForeigner},
	{"a foreign id in the body is accepted", "sync", asForeigner},
	{"a foreign item within one's own project is shown", "item", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, s.foreign.ids["item"]) && r.Header.Get("Cookie") != "" {
			r.URL.Path = strings.Replace(r.URL.Path, s.own.ids["project"], s.foreign.ids["project"], 1)
			r.Header.Set("Cookie", s.foreign.owner.cookie)
		}
		next.ServeHTTP(w, r)
	}},
	{"the organisations share a cache", "projects", sharedCache()},
	{"403 tells that there is something", "progress", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" && s.namesForeign(r) {
			door.Refuse(w, door.ProblemFor(http.StatusForbidden))
			return
		}
		next.ServeHTTP(w, r)
	}},
	{"another sentence tells that there is something", "similar", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" && s.namesForeign(r) {
			door.Refuse(w, door.ProblemOf(akhra.Errorf(akhra.NotFound, "That is not yours.")))
			return
		}
		next.ServeHTTP(w, r)
	}},
	{"an event stream of another organisation", "events", asForeigner},
	{"an export of another organisation", "export", asForeigner},
	{"a picture of another organisation", "picture", asForeigner},
	{"it is done, though it is said not to be", "change-project", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") == "" || !s.namesForeign(r) {
			next.ServeHTTP(w, r)
			return
		}
		own := r.Clone(r.Context())
		r.Header.Set("Cookie", s.foreign.owner.cookie)
		r.Body = io.NopCloser(strings.NewReader(`{"question":"Whose is this?"}`))
		r.ContentLength = -1
		next.ServeHTTP(httptest.NewRecorder(), r)
		own.Body = io.NopCloser(strings.NewReader("{}"))
		own.ContentLength = -1
		next.ServeHTTP(w, own)
	}},
	{"an error names what is foreign", "jobs", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" && s.namesForeign(r) {
			door.Refuse(w, door.ProblemOf(akhra.Errorf(akhra.NotFound, "%sLeaves is not yours.", s.foreign.owner.mark)))
			return
		}
		next.ServeHTTP(w, r)
	}},
	{"a list holds what is foreign, too", "networks", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		fmt.Fprintf(w, `{"item":%q}`, s.foreign.ids["item"])
	}},
	{"a fault is answered with what it was about", "reviews", func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		if s.namesForeign(r) {
			door.Refuse(w, door.ProblemFor(http.StatusInternalServerError))
			return
		}
		next.ServeHTTP(w, r)
	}},
}

// sharedCache answers what it answered to whoever asked first.
func sharedCache() func(*twoSides, http.Handler, http.ResponseWriter, *http.Request) {
	var once sync.Once
	first := httptest.NewRecorder()
	return func(s *twoSides, next http.Handler, w http.ResponseWriter, r *http.Request) {
		once.Do(func() {
			theirs := r.Clone(r.Context())
			theirs.Header.Set("Cookie", s.foreign.owner.cookie)
			next.ServeHTTP(first, theirs)
		})
		w.Header().Set("Content-Type", door.JSONType)
		w.Write(first.Body.Bytes())
	}
}

// TestIsolation_FindsPlantedHoles is the test of the test: every hole is
// found where it is, and nothing else is.
func TestIsolation_FindsPlantedHoles(t *testing.T) {
	t.Parallel()
	s := openTwoSides(t)
	by := map[string]hole{}
	for _, one := range holes {
		by[one.op] = one
	}
	router := http.NewServeMux()
	for _, op := range s.contract.ops {
		handler := http.Handler(s.api)
		if one, spoiled := by[op.ID]; spoiled {
			handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { one.plant(s, s.api, w, r) })
		}
		router.Handle(op.method+" "+op.path, handler)
	}
	s.server = httptest.NewServer(router)
	t.Cleanup(s.server.Close)
	found := map[string]int{}
	for _, f := range s.walk() {
		if _, planted := by[f.op]; !planted {
			t.Errorf("where no hole was planted: %s", f)
		}
		found[f.op]++
	}
	for _, one := range holes {
		if found[one.op] == 0 {
			t.Errorf("not found: %s (%s)", one.name, one.op)
		}
	}
}
