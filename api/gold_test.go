package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/work"
)

// goldWorld is a project of n pictures, the first of which are gold, mixed in
// as often as a project may.
func goldWorld(t *testing.T, owner *person, n, gold int) (w world, known map[akhra.ItemID]bool) {
	t.Helper()
	w = owner.project(n)
	share := akhra.MaxGold
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{GoldShare: &share}}).want(t, 200, nil)
	var table bytes.Buffer
	table.WriteString("item,class\n")
	known = map[akhra.ItemID]bool{}
	for i, item := range w.items[:gold] {
		fmt.Fprintf(&table, "p%d.png,leaf\n", i)
		known[item] = true
	}
	if done := owner.takeTable(w, akhra.RecordedGold, table.String()); done.Set != gold || done.Refused != 0 {
		t.Fatalf("imported %+v, want %d set", done, gold)
	}
	return w, known
}

// TestNobodyCanTellGold compares every answer an annotator gets about a task
// with a known answer, byte for byte, with those about other tasks.
func TestNobodyCanTellGold(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	w, known := goldWorld(t, h.person(akhra.Owner), 30, 12)
	asha := h.person(akhra.Annotator)
	var leased struct{ Assignments []json.RawMessage }
	asha.ask("POST", w.path+"/lease", work.LeaseBody{N: 20}).want(t, 200, &leased)
	var tasks []work.AssignmentView
	forms := map[string]map[bool]int{}
	for _, raw := range leased.Assignments {
		var one work.AssignmentView
		must(t, json.Unmarshal(raw, &one))
		tasks = append(tasks, one)
		form := strings.NewReplacer(string(one.ID), "ID", string(one.Task), "TASK", string(one.Item), "ITEM").Replace(string(raw))
		count(forms, "lease "+form, known[one.Item])
	}
	for i, one := range tasks {
		said := say(t, one, w.classes[i%2].ID)
		undo := akhra.Annotation{ID: akhra.AnnotationID(newID(t)), Assignment: one.ID, Task: one.Task, Answer: akhra.AnswerUndo, Replaces: said.ID}
		for _, a := range []akhra.Annotation{said, said, undo, say(t, one, w.classes[1].ID)} {
			reply := asha.ask("POST", "/api/sync", work.SyncBody{V: 1, Project: w.id, Answers: []akhra.Annotation{a}})
			count(forms, fmt.Sprintf("sync %s %d %s", a.Answer, reply.status, strings.ReplaceAll(string(reply.body), string(a.ID), "ID")), known[one.Item])
		}
		for _, path := range []string{w.path + "/items/" + string(one.Item), w.path + "/items/" + string(one.Item) + "/gold"} {
			reply := asha.ask("GET", path, nil)
			count(forms, fmt.Sprintf("%s %d %s", strings.ReplaceAll(path, string(one.Item), "ITEM"), reply.status, reply.body), known[one.Item])
		}
	}
	if len(forms) < 4 {
		t.Fatalf("only %d forms of answers were seen: %v", len(forms), forms)
	}
	for form, seen := range forms {
		if seen[true] == 0 || seen[false] == 0 {
			t.Errorf("seen %d times for known answers and %d times for others: %s", seen[true], seen[false], form)
		}
	}
	wantNoGold(t, asha, w, known)
}

func count(forms map[string]map[bool]int, form string, gold bool) {
	if forms[form] == nil {
		forms[form] = map[bool]int{}
	}
	forms[form][gold]++
}

// wantNoGold: what else she may read names no picture as known.
func wantNoGold(t *testing.T, who *person, w world, known map[akhra.ItemID]bool) {
	t.Helper()
	for _, path := range []string{w.path, w.path + "/progress", "/api/projects", "/api/me"} {
		text := strings.ReplaceAll(string(who.ask("GET", path, nil).want(t, 200, nil).body), `"goldShare"`, "")
		if strings.Contains(strings.ToLower(text), "gold") {
			t.Errorf("%s speaks of gold: %s", path, text)
		}
	}
	for _, role := range []akhra.Role{akhra.Reviewer} {
		var page item.ItemPage
		who.h.person(role).ask("GET", w.path+"/items", nil).want(t, 200, &page)
		for _, one := range page.Items {
			if one.Gold != "" {
				t.Errorf("a %s reads which pictures are gold", role)
			}
		}
	}
}

func TestGold_SetAndTakenAwayByAManager(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	w := h.person(akhra.Owner).project(2)
	manager := h.person(akhra.Manager)
	path := w.path + "/items/" + string(w.items[0])
	gold := func() akhra.ClassID {
		var one item.ItemDetail
		manager.ask("GET", path, nil).want(t, 200, &one)
		return one.Gold
	}
	for range 2 {
		manager.ask("PUT", path+"/gold", item.GoldBody{Class: w.classes[1].ID}).want(t, 204, nil)
	}
	if got := gold(); got != w.classes[1].ID {
		t.Errorf("the picture is gold as %q", got)
	}
	manager.ask("PUT", path+"/gold", item.GoldBody{Class: akhra.ClassID(newID(t))}).problem(t, 400, akhra.Invalid, "no longer in the project")
	manager.ask("DELETE", path+"/gold", nil).want(t, 204, nil)
	manager.ask("DELETE", path+"/gold", nil).want(t, 204, nil)
	if got := gold(); got != "" {
		t.Errorf("taken away, it is gold as %q", got)
	}
}

// TestNobodyCanTellGoldByTheThought: what the model thought is told after an
// answer to a known picture by the same rule as after any other.
func TestNobodyCanTellGoldByTheThought(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w, known := goldWorld(t, owner, 60, 12)
	two := 2
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Overlap: &two, Cap: &two}}).want(t, 200, nil)
	teacher := h.person(akhra.Annotator)
	for i, one := range teacher.lease(w, 50) {
		teacher.sync(w, say(t, one, w.classes[i%2].ID))
	}
	must(t, h.engine.Drain(t.Context()))
	asha, seen := h.person(akhra.Annotator), map[bool]map[string]int{true: {}, false: {}}
	for _, one := range asha.lease(w, 30) {
		verdict := asha.sync(w, say(t, one, w.classes[0].ID))[0]
		if verdict.Thought == nil {
			seen[known[one.Item]]["no thought"]++
			continue
		}
		seen[known[one.Item]][fmt.Sprintf("thought by %d pictures", len(verdict.Thought.Near))]++
	}
	if len(seen[true]) != 1 || len(seen[false]) != 1 {
		t.Fatalf("after known pictures %v, after others %v", seen[true], seen[false])
	}
	for form := range seen[true] {
		if seen[false][form] == 0 || form == "no thought" {
			t.Errorf("after known pictures she reads %v, after others %v", seen[true], seen[false])
		}
	}
}
