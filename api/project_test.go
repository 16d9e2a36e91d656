package api_test

import (
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
)

func TestProject_ClassNames(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	for _, row := range []struct{ rule, name, refused string }{
		{"emoji are text", "🐞🌿", ""},
		{"right-to-left is text", "خنفساء", ""},
		{"HTML is text", `<img src=x onerror="alert(1)">`, ""},
		{"a hundred letters of any script", strings.Repeat("क", 100), ""},
		{"500 letters are too many", strings.Repeat("x", 500), "longer than 100 letters"},
		{"empty", "", "empty"},
		{"blanks only", " \t ", "empty"},
		{"a name that is there, in other letters", "LEAF", "same name"},
		{"a zero", "a\x00b", "cannot be shown"},
	} {
		list := classes(t, "leaf", "placeholder")
		list[1].Name = row.name
		in := project.NewProject{ID: akhra.ProjectID(newID(t)), Name: row.rule, Question: "What is it?", Classes: list}
		got := owner.ask("POST", "/api/projects", in)
		if row.refused != "" {
			got.problem(t, 400, akhra.Invalid, row.refused)
			continue
		}
		var p project.ProjectView
		if got.status != 200 {
			t.Errorf("%s: %d %s", row.rule, got.status, got.body)
			continue
		}
		owner.ask("GET", "/api/projects/"+string(in.ID), nil).want(t, 200, &p)
		if p.LabelSet.Classes[1].Name != row.name {
			t.Errorf("%s: comes back as %q", row.rule, p.LabelSet.Classes[1].Name)
		}
	}
}
