package api_test

import (
	"bytes"
	"encoding/csv"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/work"
)

// TestPeople_InFigures lets two people answer the same pictures, once of three
// not alike, and reads what is told of them, as a page and as a table.
func TestPeople_InFigures(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(5)
	two := 2
	owner.ask("PATCH", w.path, map[string]any{"settings": map[string]any{"overlap": two}}).want(t, 200, nil)
	asha := h.personOf(h.org.ID, akhra.Annotator, "=cmd|' /C calc'!A0")
	binita := h.person(akhra.Annotator)
	var first work.LeaseView
	for n, who := range []*person{asha, binita} {
		who.ask("POST", w.path+"/lease", work.LeaseBody{N: 5}).want(t, 200, &first)
		if first.Mine != 0 || first.Left != 5 {
			t.Errorf("before her first answer: %d of hers, %d left for her", first.Mine, first.Left)
		}
		for i, task := range first.Assignments[:3+n] {
			class := w.classes[0].ID
			if task.Item == w.items[0] && n == 1 {
				class = w.classes[1].ID
			}
			said := say(t, task, class)
			said.TookMillis = int64(1000 * (i + 1))
			who.sync(w, said)
		}
	}
	var lease work.LeaseView
	asha.ask("POST", w.path+"/lease", work.LeaseBody{N: 1}).want(t, 200, &lease)
	if lease.Mine != 3 || lease.Left != 2 {
		t.Errorf("after three answers of five: %d of hers, %d left for her", lease.Mine, lease.Left)
	}
	var page work.SkillPage
	owner.ask("GET", w.path+"/skills", nil).want(t, 200, &page)
	if g := page.Whole; g.Answers != 7 || g.Items != 5 || g.PaceMillis < 1910 || g.PaceMillis > 2090 || g.Hours != 0.5 || g.Agreement.Of%2 != 0 || g.Agreement.Of < 4 {
		t.Errorf("all together: %+v", g)
	}
	for _, p := range page.People {
		if p.Hours != 0.25 || p.Agreement.Of == 0 || p.Agreement.Same > float64(p.Agreement.Of) || p.Left == 5 {
			t.Errorf("%s: %+v", p.Name, p)
		}
	}
	table := owner.ask("GET", w.path+"/people.csv", nil).want(t, 200, nil)
	rows, err := csv.NewReader(bytes.NewReader(table.body)).ReadAll()
	must(t, err)
	if len(rows) != 4 || rows[1][0] != "(all)" || rows[1][1] != "7" {
		t.Errorf("the table reads %q", rows)
	}
	for _, row := range rows[2:] {
		if row[0][0] == '=' {
			t.Errorf("a spreadsheet calculates with %q", row[0])
		}
	}
	for _, role := range []akhra.Role{akhra.Reviewer, akhra.Annotator} {
		h.person(role).ask("GET", w.path+"/people.csv", nil).problem(t, 403, akhra.Forbidden, "")
	}
}
