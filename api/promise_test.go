package api_test

import (
	"net/http"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

func TestPromise_ItsPriceIsToldBeforeItIsChosen(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(70)
	for _, c := range []struct {
		name, query string
		want        project.PriceView
	}{
		{"80 of 100", "target=0.8&delta=0.1", project.PriceView{Pictures: 70, Audit: 35, Each: 1, Answers: 35, Least: 11, Allowed: 3, Words: "ok"}},
		{"90 of 100", "target=0.9&delta=0.05", project.PriceView{Pictures: 70, Audit: 35, Each: 1, Answers: 35, Least: 29, Allowed: 0, Words: "flawless"}},
		{"99 of 100", "target=0.99&delta=0.05", project.PriceView{Pictures: 70, Each: 1, Least: 299, Words: "small"}},
	} {
		var got project.PriceView
		owner.ask("GET", w.path+"/promise?"+c.query, nil).want(t, 200, &got)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// TestPromise_FromChoiceToCertificate: a promise is chosen, pictures are asked
// of which nobody can tell why, and the certificate goes with the data.
func TestPromise_FromChoiceToCertificate(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(70)
	target, delta := 0.8, 0.1
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Target: &target, Delta: &delta}}).want(t, 200, nil)
	must(t, h.engine.Drain(t.Context()))
	owner.send("GET", w.path+"/export?format=certificate", "", nil).problem(t, 404, akhra.NotFound, "Nothing is certified yet.")
	var before project.ProgressView
	owner.ask("GET", w.path+"/progress", nil).want(t, 200, &before)
	if p := before.Promise; p == nil || p.State != akhra.PromiseOpen || p.Audit != 35 || p.Asked != 35 || before.Certified != nil {
		t.Fatalf("before the first answer: %+v, %+v", before.Promise, before.Certified)
	}
	asha := h.person(akhra.Annotator)
	for {
		leased := asha.lease(w, 50)
		if len(leased) == 0 {
			break
		}
		for _, one := range leased {
			asha.sync(w, say(t, one, w.classes[0].ID))
		}
		must(t, h.engine.Drain(t.Context()))
	}
	var after, hers project.ProgressView
	owner.ask("GET", w.path+"/progress", nil).want(t, 200, &after)
	asha.ask("GET", w.path+"/progress", nil).want(t, 200, &hers)
	if c := after.Certified; c == nil || c.By == "" || c.Delivered != 70 || after.Promise.State != akhra.PromiseKept {
		t.Fatalf("after the last answer: %+v, %+v", after.Promise, c)
	}
	if hers.Promise != nil || hers.Certified == nil {
		t.Errorf("an annotator reads %+v, %+v", hers.Promise, hers.Certified)
	}
	var c akhra.Certificate
	owner.ask("GET", w.path+"/export?format=certificate", nil).want(t, 200, &c)
	if c.N != 35 || c.Errors != 0 || c.Bound > .2 || c.Delta != .1 || c.Method == "" || !strings.HasPrefix(c.Words, "At most 20 of 100") || !strings.Contains(c.Words, c.By) {
		t.Errorf("the certificate is %+v", c)
	}
	owner.send("PATCH", w.path, "application/json", strings.NewReader(`{"settings":{"target":0.9}}`)).problem(t, http.StatusConflict, akhra.Conflict, "tested already")
}

// drawn are the audit pictures of a project.
func (h *house) drawn(w world, org akhra.OrgID) map[akhra.ItemID]bool {
	h.t.Helper()
	drawn := map[akhra.ItemID]bool{}
	must(h.t, h.db.Tasks(h.t.Context(), akhra.Tenant{Org: org, Project: w.id}, func(one akhra.Task) error {
		if one.Purpose == akhra.ForAudit {
			drawn[one.Item] = true
		}
		return nil
	}))
	return drawn
}

// TestPromise_NobodyCanTellTheAuditByTheThought: what the model thought is told
// after an answer to a drawn picture by the same rule as after any other, and
// is hidden from who looks the picture up before it is decided.
func TestPromise_NobodyCanTellTheAuditByTheThought(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(90)
	must(t, h.engine.Drain(t.Context()))
	teacher := h.person(akhra.Annotator)
	for i, one := range teacher.lease(w, 30) {
		teacher.sync(w, say(t, one, w.classes[i%2].ID))
	}
	must(t, h.engine.Drain(t.Context()))
	target, delta := 0.8, 0.1
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Target: &target, Delta: &delta}}).want(t, 200, nil)
	must(t, h.engine.Drain(t.Context()))
	drawn, asha := h.drawn(w, owner.user.Org), h.person(akhra.Annotator)
	seen := map[bool]map[bool]int{true: {}, false: {}}
	for _, one := range asha.lease(w, 40) {
		verdict := asha.sync(w, say(t, one, w.classes[0].ID))[0]
		seen[drawn[one.Item]][verdict.Thought != nil]++
	}
	if seen[true][true] == 0 || seen[false][true] == 0 || seen[true][false]+seen[false][false] > 0 {
		t.Errorf("a thought is told after drawn pictures %v, after others %v", seen[true], seen[false])
	}
	for id := range drawn {
		var detail item.ItemDetail
		owner.ask("GET", w.path+"/items/"+string(id), nil).want(t, 200, &detail)
		if detail.Thought != nil {
			t.Fatalf("picture %s was drawn and shows what the model thinks", id)
		}
	}
}
