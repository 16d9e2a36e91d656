package api_test

import (
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
)

// TestWhoTaughtItIsToldAsTheRoleAllows: names to those who lead, her own part to
// whoever answers, nobody to a client; no picture's id to anybody.
func TestWhoTaughtItIsToldAsTheRoleAllows(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(60)
	must(t, h.engine.Drain(t.Context()))
	asha, binita := h.personOf(h.org.ID, akhra.Annotator, "Asha Tirkey"), h.personOf(h.org.ID, akhra.Annotator, "Binita Kujur")
	at := map[akhra.ItemID]int{}
	for i, id := range w.items {
		at[id] = i * 37 % 256 / 128 // as blue as it is drawn
	}
	for range 2 {
		for _, who := range []*person{asha, binita} {
			for _, task := range who.lease(w, 12) {
				who.sync(w, say(t, task, w.classes[at[task.Item]].ID))
			}
			must(t, h.engine.Drain(t.Context()))
		}
	}
	told := func(who *person) (names []string, yours int, body string) {
		t.Helper()
		r := who.ask("GET", w.path+"/explain", nil)
		var v project.ExplainView
		r.want(t, 200, &v)
		for _, l := range v.Cases {
			for _, n := range l.Near {
				names = append(names, n.By...)
				if n.Yours {
					yours++
				}
			}
		}
		if len(v.Cases) == 0 {
			t.Errorf("no case is told: %s", r.body)
		}
		return names, yours, string(r.body)
	}
	if names, _, _ := told(owner); !slices.Contains(names, "Asha Tirkey") || !slices.Contains(names, "Binita Kujur") {
		t.Errorf("who leads is told %v", names)
	}
	if names, yours, body := told(asha); len(names) > 0 || yours == 0 || strings.Contains(body, string(binita.user.ID)) {
		t.Errorf("an annotator is told %v, of hers %d: %s", names, yours, body)
	}
	if names, yours, body := told(h.client(w)); len(names) > 0 || yours > 0 || strings.Contains(body, "Tirkey") {
		t.Errorf("a client is told %v, of hers %d: %s", names, yours, body)
	}
}
