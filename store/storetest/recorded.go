package storetest

import (
	"reflect"
	"strings"

	"akhra.dev/akhra"
)

// recordedAnswers: answers given elsewhere count like any other, once, each in
// the name of who gave it.
func recordedAnswers(w *world) {
	t, l := w.project("Leaves")
	tasks := w.tasks(t, 3)
	pest, leaf := l.Classes[0].ID, l.Classes[1].ID
	rows := []akhra.Recorded{
		{Item: tasks[0].Item, Annotator: "Birsa", Class: pest},
		{Item: tasks[0].Item, Annotator: "Asha", Class: leaf},
		{Item: tasks[1].Item, Annotator: "Birsa", Class: leaf},
		{Item: tasks[0].Item, Annotator: "Birsa", Class: pest},
		{Item: tasks[0].Item, Annotator: "Birsa", Class: leaf},
		{Item: tasks[0].Item, Annotator: strings.Repeat("x", 200), Class: leaf},
		{Item: tasks[0].Item, Annotator: "Mina", Class: akhra.ClassID(w.NewID())},
		{Item: akhra.ItemID(w.NewID()), Annotator: "Mina", Class: leaf},
	}
	from, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	got, err := w.ImportAnswers(w.ctx(), t, rows)
	w.must(err)
	w.wantOutcomes(got, akhra.Stored, akhra.Stored, akhra.Stored, akhra.Duplicate, akhra.Refused, akhra.Refused, akhra.Refused, akhra.Refused)
	var names []string
	w.must(w.Votes(w.ctx(), t, func(v akhra.Vote) error { names = append(names, v.Annotator+" "+v.Class); return nil }))
	if !reflect.DeepEqual(names, []string{"Birsa pest", "Asha leaf", "Birsa leaf"}) {
		w.Errorf("the answers are %q", names)
	}
	users, err := w.Users(w.ctx(), t.Org)
	w.must(err)
	for _, u := range users {
		if u.PasswordHash != "" {
			w.Errorf("%s could sign in", u.Name)
		}
	}
	if len(users) != 2 {
		w.Errorf("%d people were made, want 2", len(users))
	}
	events, err := w.Events(w.ctx(), t.Org, from, 100)
	w.must(err)
	stored := 0
	for _, e := range events {
		if e.Kind == akhra.EventAnswerStored {
			stored++
		}
	}
	if stored != 3 {
		w.Errorf("the log tells %d answers, want 3", stored)
	}
	again, err := w.ImportAnswers(w.ctx(), t, rows[:3])
	w.must(err)
	w.wantOutcomes(again, akhra.Duplicate, akhra.Duplicate, akhra.Duplicate)
}

// recordedDecisions are reviews by whoever brought them.
func recordedDecisions(w *world) {
	t, l := w.project("Leaves")
	tasks, lead := w.tasks(t, 2), w.person("lead")
	rows := []akhra.Recorded{{Item: tasks[0].Item, Class: l.Classes[0].ID}, {Item: tasks[1].Item, Class: akhra.ClassID(w.NewID())}}
	got, err := w.ImportDecisions(w.ctx(), t, lead.ID, rows)
	w.must(err)
	w.wantOutcomes(got, akhra.Stored, akhra.Refused)
	if r, err := w.ReviewOf(w.ctx(), t, tasks[0].ID); err != nil || r.Class != l.Classes[0].ID || r.Reviewer != lead.ID {
		w.Errorf("the review is %+v, %v", r, err)
	}
	got, err = w.ImportDecisions(w.ctx(), t, lead.ID, rows[:1])
	w.must(err)
	w.wantOutcomes(got, akhra.Duplicate)
}

// otherSays are kept by the table they came with and never become answers.
func otherSays(w *world) {
	t, l := w.project("Leaves")
	tasks := w.tasks(t, 1)
	row := akhra.Recorded{Item: tasks[0].Item, Class: l.Classes[0].ID, P: .75}
	for _, want := range []akhra.Outcome{akhra.Stored, akhra.Duplicate} {
		got, err := w.ImportSays(w.ctx(), t, "old model.csv", []akhra.Recorded{row})
		w.must(err)
		w.wantOutcomes(got, want)
	}
	row.P = .8
	_, err := w.ImportSays(w.ctx(), t, "old model.csv", []akhra.Recorded{row})
	w.must(err)
	_, err = w.ImportSays(w.ctx(), t, "another.csv", []akhra.Recorded{row})
	w.must(err)
	says, err := w.OtherSays(w.ctx(), t, row.Item)
	if err != nil || len(says) != 2 || says[1].Source != "old model.csv" || says[1].P != .8 || says[1].Class != row.Class {
		w.Errorf("says = %+v, %v", says, err)
	}
	if ids := w.standing(t); len(ids) != 0 {
		w.Errorf("%d answers came of it", len(ids))
	}
}

func tables(w *world) {
	t, _ := w.project("Leaves")
	table := akhra.Table{ID: akhra.TableID(w.NewID()), Name: "gold.csv", Blob: "ab", Size: 9, By: w.person("asha").ID}
	w.must(w.AddTable(w.ctx(), t, table))
	table.Created = w.now()
	if got, err := w.Table(w.ctx(), t, table.ID); err != nil || got != table {
		w.Errorf("table = %+v, %v, want %+v", got, err, table)
	}
	other, _ := w.project("Beetles")
	_, err := w.Table(w.ctx(), other, table.ID)
	w.wantCode(akhra.NotFound, err, "a table of another project")
}

func (w *world) wantOutcomes(got []akhra.Verdict, want ...akhra.Outcome) {
	w.Helper()
	if len(got) != len(want) {
		w.Fatalf("%d verdicts, want %d", len(got), len(want))
	}
	for i, v := range got {
		if v.Outcome != want[i] {
			w.Errorf("row %d is %s (%v), want %s", i, v.Outcome, v.Problem, want[i])
		}
	}
}
