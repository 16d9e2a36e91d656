package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/connect"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/people"
	"akhra.dev/akhra/api/work"
)

// canary is a word in every text of the foreign organisation.
const canary = "kanarie"

// side is one of the two organisations: its owner, her project with pictures,
// people and answers, and the ids of all that is in it.
type side struct {
	owner *person
	world world
	ids   ids
	heard map[string]bool // every id that its owner has read
}

// twoSides is a server with two organisations that have the same things.
type twoSides struct {
	*house
	contract     *contract
	asked        int
	own, foreign *side
}

func openTwoSides(t *testing.T) *twoSides {
	t.Helper()
	h := openHouse(t, false)
	s := &twoSides{house: h, contract: readContract(t)}
	w, _ := tornWorld(t, h)
	s.own = &side{owner: h.person(akhra.Owner), world: w}
	foreign := h.personOf(akhra.OrgID(newID(t)), akhra.Owner, canary+" owner")
	foreign.mark = canary + "-"
	s.foreign = &side{owner: foreign, world: foreign.project(3)}
	for _, role := range []akhra.Role{akhra.Annotator, akhra.Client} {
		h.personOf(foreign.user.Org, role, canary+" "+string(role))
	}
	s.foreign.answer()
	for _, one := range []*side{s.own, s.foreign} {
		s.learn(one)
	}
	return s
}

// answer lets the owner answer one task and leave another open.
func (s *side) answer() {
	tasks := s.owner.lease(s.world, 2)
	s.owner.sync(s.world, say(s.owner.h.t, tasks[0], s.world.classes[0].ID))
}

// learn makes one of everything that can be made by a legal request and reads
// all that can be read, so that an object of every noun has its id in ids.
func (s *twoSides) learn(of *side) {
	t := s.t
	of.ids = ids{"project": string(of.world.id), "item": string(of.world.items[0]), "class": string(of.world.classes[0].ID),
		"side": "320", "person": string(s.personOf(of.owner.user.Org, akhra.Annotator, of.owner.mark+"Other").user.ID)}
	of.heard = map[string]bool{}
	of.ids["session"] = akhra.Session{TokenHash: door.HashToken(of.owner.token)}.Handle()
	of.ids["device"] = newID(t)
	of.owner.ask("PUT", "/api/devices/"+of.ids["device"], people.DeviceChange{Name: of.owner.mark + "PC", People: []akhra.UserID{akhra.UserID(of.ids["person"])}}).want(t, 200, nil)
	var leased work.LeaseView
	of.hear(of.owner.ask("POST", of.world.path+"/lease", work.LeaseBody{N: 1}).want(t, 200, &leased))
	of.ids["pack"] = newID(t)
	of.hear(of.owner.ask("PUT", of.world.path+"/packs/"+of.ids["pack"], work.PackBody{N: 1}).want(t, 200, nil))
	of.ids["view"], of.ids["change"], of.ids["batch"] = newID(t), newID(t), newID(t)
	of.hear(of.owner.ask("PUT", of.world.path+"/batches/"+of.ids["batch"], item.BatchBody{Name: of.owner.mark + "batch", Priority: akhra.PriorityHigh}).want(t, 204, nil))
	of.hear(of.owner.ask("PUT", of.world.path+"/views/"+of.ids["view"], item.ViewBody{Name: of.owner.mark + "view"}).want(t, 204, nil))
	of.hear(of.owner.ask("POST", "/api/tokens", connect.NewToken{Name: of.owner.mark + "program", Acts: []akhra.Act{akhra.ActExport}}).want(t, 200, nil))
	of.hear(of.owner.ask("POST", "/api/hooks", connect.NewHook{URL: "https://hook.example/" + of.owner.mark, Kinds: akhra.HookKinds}).want(t, 200, nil))
	of.hear(of.owner.ask("POST", of.world.path+"/changes", item.ChangeBody{ID: akhra.ChangeID(of.ids["change"]), Act: akhra.ChangeUngold, Items: of.world.items[:1]}).want(t, 200, nil))
	for range 3 {
		for _, op := range s.contract.ops {
			makes := op.method == "POST" && strings.HasPrefix(op.path, "/api/projects/{project}/") || op.method == "POST" && !strings.Contains(op.path, "{")
			if op.streams() || op.public() || op.method != "GET" && !makes {
				continue
			}
			target, kind, body := s.contract.request(t, op, of.ids, of.ids, false)
			of.hear(of.owner.send(op.method, target, kind, strings.NewReader(body)))
		}
		if of == s.own {
			must(t, s.engine.Drain(t.Context()))
		}
	}
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// hear takes in one answer to the side's owner.
func (s *side) hear(r reply) {
	if r.status >= 300 {
		return
	}
	for _, id := range uuids.FindAll(r.body, -1) {
		s.heard[string(id)] = true
	}
	var value any
	if json.NewDecoder(bytes.NewReader(r.body)).Decode(&value) == nil {
		s.ids.gather(value, "")
	}
}

// tells finds what an answer tells of the side, "" for nothing.
func (s *side) tells(r reply) string {
	all := slices.Concat(r.body, fmt.Append(nil, r.header))
	if bytes.Contains(all, []byte(canary)) {
		return "the word " + canary
	}
	for _, id := range uuids.FindAll(all, -1) {
		if s.heard[string(id)] {
			return "the id " + string(id)
		}
	}
	return ""
}
