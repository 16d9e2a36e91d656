package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// callers are all who may knock; "" is nobody.
var callers = []akhra.Role{"", akhra.Owner, akhra.Manager, akhra.Reviewer, akhra.Annotator, akhra.Client}

// TestIsolation asks for every operation of the document as everybody, on
// things of her own organisation, on the same things of another one and on
// such as do not exist.
func TestIsolation(t *testing.T) {
	t.Parallel()
	s := openTwoSides(t)
	findings := s.walk()
	for _, f := range findings {
		t.Error(f)
	}
	t.Logf("%d operations, %d requests, %d findings", len(s.contract.ops), s.asked, len(findings))
}

// TestIsolation_EveryPlaceIsFilled keeps the walk honest: an id that the two
// organisations lack would make a foreign object one that nobody has.
func TestIsolation_EveryPlaceIsFilled(t *testing.T) {
	t.Parallel()
	s := openTwoSides(t)
	for _, op := range s.contract.ops {
		for _, place := range placesOf.FindAllString(op.path, -1) {
			name := strings.Trim(place, "{}")
			if s.foreign.ids[name] == "" && !op.public() {
				t.Errorf("%s: no %s is found in the foreign organisation: let a legal request make one, or make one in openTwoSides", op.ID, name)
			}
		}
	}
}

// TestIsolation_ThatAnotherHasThePictureIsNotTold sends a picture that the
// other organisation has, whose bytes are stored once.
func TestIsolation_ThatAnotherHasThePictureIsNotTold(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	h.personOf(akhra.OrgID(newID(t)), akhra.Owner, canary).project(1)
	own := h.person(akhra.Owner)
	var added item.AddedPicture
	own.send("POST", own.project(0).path+"/pictures?name=x.png", "image/png", bytes.NewReader(drawing(t, 0))).want(t, 200, &added)
	if added.Outcome != "imported" {
		t.Errorf("it is %q", added.Outcome)
	}
}

// TestPermissions compares who may do what with a table that people read and
// review.
func TestPermissions(t *testing.T) {
	t.Parallel()
	c := readContract(t)
	slices.SortFunc(c.ops, func(a, b contractOp) int { return strings.Compare(a.ID, b.ID) })
	var table strings.Builder
	for _, op := range c.ops {
		who := "everybody"
		if !op.public() {
			who = strings.Trim(fmt.Sprint(op.Allow), "[]")
		}
		fmt.Fprintf(&table, "%-20s %s\n", op.ID, who)
	}
	golden(t, "permissions.golden", table.String())
}

// finding is one broken rule.
type finding struct {
	op   string
	role akhra.Role
	said string
}

func (f finding) String() string { return fmt.Sprintf("%s as %q: %s", f.op, f.role, f.said) }

// walk asks for everything and returns which rules broke.
func (s *twoSides) walk() (findings []finding) {
	missing := ids{}
	for name := range s.foreign.ids {
		missing[name] = newID(s.t)
	}
	missing["side"] = "320"
	for _, op := range s.contract.ops {
		for _, role := range callers {
			v := visit{twoSides: s, op: op, role: role, missing: missing}
			v.all()
			for _, said := range v.broken {
				findings = append(findings, finding{op.ID, role, said})
			}
		}
	}
	return findings
}

// visit is one operation asked for by one kind of person.
type visit struct {
	*twoSides
	op      contractOp
	role    akhra.Role
	missing ids
	broken  []string
}

func (v *visit) breaks(format string, args ...any) {
	v.broken = append(v.broken, fmt.Sprintf(format, args...))
}

func (v *visit) all() {
	own, foreign := v.own.ids, v.foreign.ids
	switch {
	case v.op.public():
		v.isAdmitted(v.ask(own, own, false))
	case !slices.Contains(v.op.Allow, v.role):
		for _, of := range []ids{own, foreign} {
			v.isTurnedAway(v.ask(of, of, false))
		}
	default:
		r := v.ask(own, own, false)
		v.isAdmitted(r)
		if v.op.method == "GET" && r.status == http.StatusNotFound {
			v.breaks("her own is not found: %s", r.body)
		}
		v.isAsMissing("foreign", v.ask(foreign, foreign, false), v.ask(v.missing, v.missing, false))
		within := ids{"project": own["project"], "side": "320"}
		v.isAsMissing("foreign within her own project", v.ask(within.or(foreign), foreign, true), v.ask(within.or(v.missing), v.missing, true))
	}
}

// or is a set with the ids of another where it has none itself.
func (s ids) or(other ids) ids {
	out := ids{}
	for name, id := range other {
		out[name] = id
	}
	for name, id := range s {
		out[name] = id
	}
	return out
}

// ask sends one request as somebody new of the role. Whatever it is, the
// foreign organisation is neither told of nor changed.
func (v *visit) ask(path, rest ids, full bool) reply {
	t := v.t
	t.Helper()
	v.asked++
	who := &person{h: v.house}
	if v.role != "" {
		who = v.person(v.role)
	}
	if v.role == akhra.Client {
		must(t, v.db.Give(t.Context(), who.user.Org, who.user.ID, []akhra.ProjectID{v.own.world.id}, ""))
	}
	before, err := v.db.Head(t.Context(), v.foreign.owner.user.Org)
	must(t, err)
	target, kind, body := v.contract.request(t, v.op, path, rest, full)
	r := who.first(v.op, target, kind, body)
	if told := v.foreign.tells(r); told != "" {
		v.breaks("%s %s tells %s of the foreign organisation", v.op.method, target, told)
	}
	after, err := v.db.Head(t.Context(), v.foreign.owner.user.Org)
	must(t, err)
	if after != before {
		v.breaks("%s %s changed the foreign organisation", v.op.method, target)
	}
	if p := r.asProblem(); r.status >= 500 && p.Type != akhra.Unavailable {
		v.breaks("%s %s: %d %s", v.op.method, target, r.status, r.body)
	}
	return r
}

// first reads a whole answer, of a stream what comes at once.
func (p *person) first(op contractOp, target, kind, body string) reply {
	if !op.streams() {
		return p.send(op.method, target, kind, strings.NewReader(body))
	}
	ctx, cancel := context.WithTimeout(p.h.t.Context(), 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, op.method, p.h.server.URL+target, nil)
	must(p.h.t, err)
	r.Header.Set("Cookie", p.cookie)
	answer, err := p.h.server.Client().Do(r)
	must(p.h.t, err)
	defer answer.Body.Close()
	start := make([]byte, 4096)
	n, _ := answer.Body.Read(start)
	return reply{answer.StatusCode, answer.Header, start[:n]}
}

// The sentences of the door itself.
const (
	signInFirst = "Please sign in."
	notYourRole = "Your role does not allow this."
)

func (r reply) asProblem() (p door.Problem) {
	if r.status >= 400 {
		json.Unmarshal(r.body, &p)
	}
	return p
}

func (v *visit) isAdmitted(r reply) {
	if title := r.asProblem().Title; title == signInFirst || title == notYourRole {
		v.breaks("turned away: %s", title)
	}
}

func (v *visit) isTurnedAway(r reply) {
	status, title := http.StatusForbidden, notYourRole
	if v.role == "" {
		status, title = http.StatusUnauthorized, signInFirst
	}
	if r.status != status || r.asProblem().Title != title {
		v.breaks("not turned away with %d: %d %.200s", status, r.status, r.body)
	}
}

// isAsMissing checks that nobody can tell what is foreign from what is not there.
func (v *visit) isAsMissing(what string, r, missing reply) {
	if r.status != missing.status || r.asProblem().Title != missing.asProblem().Title {
		v.breaks("%s: %d %.200s, but missing: %d %.200s", what, r.status, r.body, missing.status, missing.body)
	}
	if what == "foreign" && strings.Contains(v.op.path, "{") && r.status != http.StatusNotFound {
		v.breaks("%s: %d %.200s, want 404", what, r.status, r.body)
	}
}

// golden compares with a file of testdata; -update rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference.\nwant:\n%s\ngot:\n%s", name, want, got)
	}
}
