package api_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

func TestFamily_EachClassIsAskedByItselfOfTheSamePictures(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	var list project.ProjectList
	body := project.FamilyBody{Classes: classes(t, "dog", "cat", "bird")}
	owner.ask("POST", w.path+"/family", body).want(t, 200, &list)
	owner.ask("POST", w.path+"/family", body).want(t, 200, &list) // again does nothing
	var late item.AddedPicture
	owner.send("POST", w.path+"/pictures?name=late.png", "image/png", bytes.NewReader(drawing(t, 9))).want(t, 200, &late)

	questions := map[string]world{}
	for _, p := range list.Projects {
		one := world{id: p.ID, path: "/api/projects/" + string(p.ID)}
		var view project.ProjectView
		owner.ask("GET", one.path, nil).want(t, 200, &view)
		if view.Counts.Items != 3 || view.Question != p.About+"?" || len(view.LabelSet.Classes) != 2 {
			t.Errorf("the question of %s: %+v", p.About, view)
		}
		one.classes = view.LabelSet.Classes
		questions[p.About] = one
	}
	if len(questions) != 3 {
		t.Fatalf("questions are %v", list)
	}
	asha := h.person(akhra.Annotator)
	for about, yes := range map[string]string{"dog": "p0.png", "cat": "p1.png"} {
		q := questions[about]
		for _, task := range asha.lease(q, 3) {
			class := q.classes[1].ID
			if nameOf(t, owner, q, task.Item) == yes {
				class = q.classes[0].ID
			}
			asha.sync(q, say(t, task, class))
		}
	}
	must(t, h.engine.Drain(t.Context()))
	got := owner.ask("GET", questions["bird"].path+"/family", nil).want(t, 200, nil)
	lines, err := csv.NewReader(bytes.NewReader(got.body)).ReadAll()
	must(t, err)
	if want := []string{"item", "dog", "dog posterior", "cat", "cat posterior", "bird", "bird posterior", "sha256"}; !slices.Equal(lines[0], want) {
		t.Errorf("columns are %q", lines[0])
	}
	said := map[string][3]string{}
	for _, l := range lines[1:] {
		said[l[0]] = [3]string{l[1], l[3], l[5]}
	}
	if len(said) != 3 || said["p0.png"] != [3]string{"yes", "no", ""} || said["p1.png"] != [3]string{"no", "yes", ""} || said["late.png"] != [3]string{"no", "no", ""} {
		t.Errorf("the table is %q", lines)
	}
}

func TestFamily_AClientTakesOutTheQuestionsSheWasGiven(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	owner.ask("POST", w.path+"/family", project.FamilyBody{Classes: classes(t, "dog", "cat")}).want(t, 200, nil)
	got := h.client(w).ask("GET", w.path+"/family", nil).want(t, 200, nil)
	if head, _, _ := bytes.Cut(got.body, []byte("\n")); string(bytes.TrimSpace(head)) != "item,dog,dog posterior,sha256" {
		t.Errorf("columns are %q", head)
	}
}

func nameOf(t *testing.T, p *person, w world, id akhra.ItemID) string {
	t.Helper()
	var detail item.ItemDetail
	p.ask("GET", w.path+"/items/"+string(id), nil).want(t, 200, &detail)
	return detail.Name
}

func TestFamily_AnAnsweredProjectKeepsItsQuestion(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(1)
	asha.sync(w, say(t, asha.lease(w, 1)[0], w.classes[0].ID))
	body := project.FamilyBody{Classes: classes(t, "dog", "cat")}
	owner.ask("POST", w.path+"/family", body).problem(t, 409, akhra.Conflict, "answered already")
	owner.ask("POST", w.path+"/family", project.FamilyBody{Classes: []akhra.Class{}}).problem(t, 400, akhra.Invalid, "One to 20")
	owner.ask("GET", w.path+"/family", nil).problem(t, 409, akhra.Conflict, "one question")
	var list project.ProjectList
	owner.ask("GET", "/api/projects", nil).want(t, 200, &list)
	if len(list.Projects) != 1 {
		t.Errorf("a refused family left %+v", list.Projects)
	}
}
