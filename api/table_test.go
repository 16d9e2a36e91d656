package api_test

import (
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/table"
	"akhra.dev/akhra/dataset"
)

func (p *person) bringTable(w world, text string) table.TableView {
	p.h.t.Helper()
	var v table.TableView
	p.send("POST", w.path+"/tables?name=table.csv", "text/csv", strings.NewReader(text)).want(p.h.t, 200, &v)
	return v
}

// takePlan takes a table in and waits for its end.
func (p *person) takePlan(w world, id akhra.TableID, plan table.PlanBody) (v table.TakingView, job akhra.JobID) {
	t := p.h.t
	t.Helper()
	var started table.TakingStarted
	p.ask("POST", w.path+"/tables/"+string(id)+"/take", plan).want(t, 200, &started)
	must(t, p.h.engine.Drain(t.Context()))
	p.ask("GET", w.path+"/taking/"+string(started.Taking), nil).want(t, 200, &v)
	return v, started.Taking
}

// takeTable takes a table in by the names of its columns.
func (p *person) takeTable(w world, as akhra.RecordedKind, text string) table.TakingView {
	p.h.t.Helper()
	brought := p.bringTable(w, text)
	brought.Guess.As = as
	v, _ := p.takePlan(w, brought.Table, brought.Guess)
	return v
}

func TestTables_AreLookedAtBeforeTheyChangeAnything(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(3)
	brought := owner.bringTable(w, "what,photo\nbeetle,p0.png\nmoth,p1.png\nMOTH,p2.png\nbeetle,nothing.png\nbeetle\n")
	if len(brought.Rows) != 4 || brought.Guess.Item != -1 {
		t.Fatalf("the beginning is %+v", brought)
	}
	at := w.path + "/tables/" + string(brought.Table)
	plan := brought.Guess
	owner.ask("POST", at+"/look", plan).problem(t, 400, akhra.Invalid, "no column file or item")
	plan.Item, plan.Class = 1, 0
	var look dataset.Look
	owner.ask("POST", at+"/look", plan).want(t, 200, &look)
	if look.Lines != 5 || look.Ready != 1 || look.Unknown != 1 || look.Pictures[0] != "nothing.png" || look.Faults.Count != 3 || len(look.Classes) != 3 {
		t.Errorf("looked at as it is: %+v", look)
	}
	plan.Classes = map[string]string{"moth": string(w.classes[1].ID), "MOTH": dataset.LeaveOut}
	owner.ask("POST", at+"/look", plan).want(t, 200, &look)
	if look.Ready != 2 || look.Left != 1 || look.Faults.Count != 1 {
		t.Errorf("with classes chosen: %+v", look)
	}
	var before item.ItemDetail
	owner.ask("GET", w.path+"/items/"+string(w.items[1]), nil).want(t, 200, &before)
	if before.Gold != "" {
		t.Error("looking made a known answer")
	}
	done, job := owner.takePlan(w, brought.Table, plan)
	if done.Set != 2 || done.Left != 1 || done.Refused != 2 || !done.Lines {
		t.Errorf("taken in: %+v", done)
	}
	owner.ask("GET", w.path+"/items/"+string(w.items[1]), nil).want(t, 200, &before)
	if before.Gold != w.classes[1].ID {
		t.Errorf("the known answer is %q", before.Gold)
	}
	refused := string(owner.ask("GET", w.path+"/taking/"+string(job)+"/refused", nil).want(t, 200, nil).body)
	if !strings.HasPrefix(refused, "line,reason,what,photo\r\n5,") || strings.Count(refused, "\r\n") != 3 {
		t.Errorf("the refused lines are %q", refused)
	}
	other := owner.project(0)
	owner.ask("POST", other.path+"/tables/"+string(brought.Table)+"/look", plan).problem(t, 404, akhra.NotFound, "no such table")
}

// TestTables_OfEveryKind: what each kind becomes.
func TestTables_OfEveryKind(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(4)
	if v := owner.takeTable(w, akhra.RecordedAnswers, "file,annotator,class\np0.png,Birsa,leaf\np0.png,Asha,leaf\n"); v.Set != 2 {
		t.Errorf("answers: %+v", v)
	}
	if v := owner.takeTable(w, akhra.RecordedConsensus, "file,class\np1.png,leaf\np1.png,beetle\n"); v.Set != 1 || v.Refused != 1 {
		t.Errorf("consensus: %+v", v)
	}
	if v := owner.takeTable(w, akhra.RecordedPredictions, "file,class,p\np2.png,leaf,0.7\np3.png,leaf,7\n"); v.Set != 1 || v.Refused != 1 {
		t.Errorf("predictions: %+v", v)
	}
	var one item.ItemDetail
	owner.ask("GET", w.path+"/items/"+string(w.items[0]), nil).want(t, 200, &one)
	if one.Class != w.classes[1].ID || len(one.Votes) != 2 || one.State != akhra.TaskDone {
		t.Errorf("answered elsewhere: %+v", one)
	}
	owner.ask("GET", w.path+"/items/"+string(w.items[1]), nil).want(t, 200, &one)
	if one.Class != w.classes[1].ID || one.State != akhra.TaskDone || one.Decided == nil {
		t.Errorf("decided elsewhere: %+v", one)
	}
	owner.ask("GET", w.path+"/items/"+string(w.items[2]), nil).want(t, 200, &one)
	if len(one.Others) != 1 || one.Others[0].Class != w.classes[1].ID || one.Others[0].P != .7 || one.Others[0].Source != "table.csv" || one.Answers != 0 {
		t.Errorf("another model's say: %+v", one)
	}
}

// TestTables_ClassesCanBeMade: the project gets them, once.
func TestTables_ClassesCanBeMade(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	brought := owner.bringTable(w, "file,class\np0.png,moth\np1.png,Moth \n")
	plan := brought.Guess
	plan.Classes = map[string]string{"moth": dataset.MakeClass, "Moth": dataset.MakeClass}
	for range 2 {
		if v, _ := owner.takePlan(w, brought.Table, plan); v.Set+v.Known != 2 {
			t.Errorf("%+v", v)
		}
	}
	var p project.ProjectView
	owner.ask("GET", w.path, nil).want(t, 200, &p)
	if len(p.LabelSet.Classes) != 3 {
		t.Errorf("the classes are %+v", p.LabelSet.Classes)
	}
}

// TestTables_SpoilNoPromise: while an audit is asked, answers from elsewhere
// would be answers that existed when it was drawn.
func TestTables_SpoilNoPromise(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(70)
	target, delta := 0.8, 0.1
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Target: &target, Delta: &delta}}).want(t, 200, nil)
	must(t, h.engine.Drain(t.Context()))
	for _, as := range []akhra.RecordedKind{akhra.RecordedAnswers, akhra.RecordedConsensus} {
		if v := owner.takeTable(w, as, "file,annotator,class\np0.png,Birsa,leaf\n"); v.State != akhra.JobFailed || v.Set != 0 || !strings.Contains(v.Note, "would spoil it") {
			t.Errorf("%s: %+v", as, v)
		}
	}
	if v := owner.takeTable(w, akhra.RecordedGold, "file,class\np0.png,leaf\n"); v.Set != 1 {
		t.Errorf("a known answer: %+v", v)
	}
}
