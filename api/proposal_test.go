package api_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/work"
)

// offerWorld leases n tasks of a project to somebody: each comes with a proposal,
// those at odd places are wrong on purpose.
func offerWorld(t *testing.T, h *house, owner, who *person, n int) world {
	t.Helper()
	w := owner.project(n)
	on, none := true, 0.0
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Propose: &on, GoldShare: &none}}).want(t, 200, nil)
	var places []akhra.Slot
	tenant := akhra.Tenant{Org: who.user.Org, Project: w.id}
	must(t, h.db.Tasks(t.Context(), tenant, func(one akhra.Task) error {
		p := &akhra.Proposal{Class: w.classes[0].ID, Thought: w.classes[0].ID, P: .9, Version: 1, Shown: true}
		if len(places)%2 == 1 {
			p.Thought = w.classes[1].ID
		}
		places = append(places, akhra.Slot{Task: one.ID, Item: one.Item, Why: akhra.WhyUnsure, Proposal: p})
		return nil
	}))
	_, err := h.db.Lease(t.Context(), tenant, who.user.ID, n, akhra.MillisOf(h.now().Add(1<<40)), places)
	must(t, err)
	return w
}

// TestNobodyCanTellWhatIsWrongOnPurpose compares what is said of both kinds of
// proposal, byte for byte, until they are answered; then it is told.
func TestNobodyCanTellWhatIsWrongOnPurpose(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := offerWorld(t, h, owner, asha, 12)
	var leased struct{ Assignments []json.RawMessage }
	asha.ask("POST", w.path+"/lease", work.LeaseBody{N: 12}).want(t, 200, &leased)
	planted, forms, tasks := map[akhra.TaskID]bool{}, map[string]map[bool]int{}, []work.AssignmentView(nil)
	must(t, h.db.Leases(t.Context(), akhra.Tenant{Org: asha.user.Org, Project: w.id}, func(a akhra.Assignment) error {
		planted[a.Task] = a.Proposal.Planted()
		return nil
	}))
	for _, raw := range leased.Assignments {
		var one work.AssignmentView
		must(t, json.Unmarshal(raw, &one))
		if one.Proposal != w.classes[0].ID {
			t.Errorf("a task came with %q, want what was leased with it", one.Proposal)
		}
		form := strings.NewReplacer(string(one.ID), "ID", string(one.Task), "TASK", string(one.Item), "ITEM").Replace(string(raw))
		count(forms, form, planted[one.Task])
		tasks = append(tasks, one)
	}
	for form, of := range forms {
		if of[true] == 0 || of[false] == 0 {
			t.Errorf("%d are wrong on purpose and %d are not of those that look like\n%s", of[true], of[false], form)
		}
	}
	for _, one := range tasks {
		if v := asha.sync(w, say(t, one, w.classes[1].ID))[0]; v.Outcome != akhra.Stored || v.Planted != planted[one.Task] {
			t.Errorf("after the answer: %+v, wrong on purpose: %v", v, planted[one.Task])
		}
	}
}

// TestOnlyWhoLeadsIsToldHowWrongProposalsAreTaken: others neither see the
// project's figures nor a person's.
func TestOnlyWhoLeadsIsToldHowWrongProposalsAreTaken(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := offerWorld(t, h, owner, asha, 40)
	for i, one := range asha.lease(w, 40) {
		class := 1
		if i%10 < 4 {
			class = 0
		}
		asha.sync(w, say(t, one, w.classes[class].ID))
	}
	must(t, h.engine.Drain(t.Context()))
	for _, role := range []akhra.Role{akhra.Owner, akhra.Manager, akhra.Reviewer, akhra.Annotator, akhra.Client} {
		who, leads := h.person(role), slices.Contains([]akhra.Role{akhra.Owner, akhra.Manager}, role)
		if role == akhra.Client {
			who = h.client(w)
		}
		var v project.ProgressView
		who.ask("GET", w.path+"/progress", nil).want(t, 200, &v)
		if (v.Proposals != nil) != leads {
			t.Errorf("as %s the proposals are %+v", role, v.Proposals)
		}
		if leads && (!v.Proposals.On || !v.Proposals.Back || v.Proposals.Wrong.Of != 20 || v.Proposals.Wrong.Accepted < 6) {
			t.Errorf("whoever leads is told %+v", v.Proposals)
		}
		if !leads {
			if r := who.ask("GET", w.path+"/skills", nil); r.status != 403 {
				t.Errorf("as %s each person's share is answered with %d", role, r.status)
			}
			continue
		}
		var page work.SkillPage
		who.ask("GET", w.path+"/skills", nil).want(t, 200, &page)
		if page.People[0].Wrong != v.Proposals.Wrong {
			t.Errorf("one person's share is %+v, that of all %+v", page.People[0].Wrong, v.Proposals.Wrong)
		}
	}
	off, on := false, true
	for _, propose := range []*bool{&off, &on} { // what was accepted before counts no more
		owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Propose: propose}}).want(t, 200, nil)
	}
	must(t, h.engine.Drain(t.Context()))
	var v project.ProgressView
	owner.ask("GET", w.path+"/progress", nil).want(t, 200, &v)
	if v.Proposals.Back || v.Proposals.Wrong.Of != 0 {
		t.Errorf("begun anew: %+v", v.Proposals)
	}
}
