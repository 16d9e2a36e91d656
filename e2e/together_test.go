package e2e

import (
	"encoding/csv"
	"net/http"
	"testing"
)

// TestAProjectsPeopleAreSeenInFiguresAsTheyWork looks at the people page while
// two of them answer the same pictures: it follows by itself, says few where
// there are few, and gives all as a table.
func TestAProjectsPeopleAreSeenInFiguresAsTheyWork(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	axe := readAxe(t)
	of := owner.leafProject(t, "Insects of the sal forest", leafPictures)
	names := owner.names(t, of)
	p.size(viewports[0])
	owner.invite(t, s, "Meena Toppo").answerAll(t, of, names, 6, careful)
	p.look(s.url("/projects/"+of.ID+"/people"), `document.querySelectorAll(".annotator").length === 1`, "en")
	owner.invite(t, s, "Birsa Oraon").answerAll(t, of, names, 40, hurried)
	p.await("the other one, by itself", `document.querySelectorAll(".annotator").length === 2 && document.querySelector(".together").innerText.includes("46 answers")`)
	p.await("that six are few", `document.querySelector(".annotators").innerText.includes("too few to be sure")`)
	owner.invite(t, s, "Sunita Kerketta").answerAll(t, of, names, leafPictures, careful)
	p.await("her, too", `document.querySelectorAll(".annotator").length === 3`)
	p.await("the last figures, though all is quiet", `document.querySelector(".together").innerText.includes("45 min")`)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+of.ID+"/people"), `document.querySelectorAll(".annotator").length === 3`, language)
		p.see(axe, "together-"+name)
	})
	request, err := http.NewRequest("GET", s.url("/api/projects/"+of.ID+"/people.csv"), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := owner.http.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	rows, err := csv.NewReader(answer.Body).ReadAll()
	if err != nil || len(rows) != 5 || rows[1][0] != "(all)" || rows[1][1] == "0" {
		t.Errorf("the table: %q, %v", rows, err)
	}
}
