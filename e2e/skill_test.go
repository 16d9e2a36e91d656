package e2e

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"akhra.dev/akhra"
	"akhra.dev/akhra/sample"
)

// Numbers of a leaf project of five people.
const (
	leafPictures = 60
	leafSeed     = 1
)

// habit is how one person answers a picture of a class: which class she says,
// -1 for not sure, -2 for a skip.
type habit func(n, class int) int

var (
	careful habit = func(_, class int) int { return class }
	hurried habit = func(n, class int) int { return (class + max(0, n%4-2)) % 5 }
	colours habit = func(n, class int) int { // half the ladybirds are beetles to her
		if class == 1 && n%2 == 0 {
			return 2
		}
		return class
	}
	doubting habit = func(n, class int) int {
		if n%3 == 0 {
			return -1 - n/3%2
		}
		return class
	}
)

// TestOneReadsOnesOwnWork lets five people answer the same pictures: what
// differs is listed once it is settled, a person is asked by keys, and those
// who lead read what each mixes up.
func TestOneReadsOnesOwnWork(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	asha := signIn(t, s, map[string]string{"name": "Asha Tirkey", "login": "asha", "password": "a long password"})
	p := openInside(t, s)
	for name, path := range map[string]string{"mywork-nothing": "/me/work", "skills-nobody": "/projects/" + asha.leafProject(t, "Empty forest", 0).ID + "/people"} {
		p.look(s.url(path), `document.querySelector(".mine-nothing a")`, "en")
		p.screenshot(name + "-1366-light-en")
	}
	of := asha.leafProject(t, "Insects of the sal forest", leafPictures)
	names := asha.names(t, of)
	asha.invite(t, s, "Phulmani Munda").answerAll(t, of, names, 6, careful)
	asha.answerAll(t, of, names, leafPictures, hurried)
	asha.invite(t, s, "Meena Toppo").answerAll(t, of, names, leafPictures, careful)
	asha.invite(t, s, "Sunita Kerketta").answerAll(t, of, names, leafPictures, colours)
	asha.invite(t, s, "Birsa Oraon").answerAll(t, of, names, leafPictures, doubting)
	asha.awaitMismatches(t, of, 8)
	p.lookAround(s, []route{
		{"mywork", "/me/work", `document.querySelector(".lower-shot img")?.complete`},
		{"skills", "/projects/" + of.ID + "/people", `document.querySelector(".matrix")`},
	})
	p.theme("light")
	p.size(viewports[0])
	askByKeys(p, s)
	skillsByTouch(p, s, of)
}

// leafProject makes a project of drawn pictures that four or five are asked
// about.
func (c *client) leafProject(t testing.TB, name string, pictures int) project {
	t.Helper()
	var classes []map[string]any
	for i, one := range sample.Classes() {
		classes = append(classes, map[string]any{"id": newID(t), "name": one.Name, "names": map[string]string{"hi": one.Hindi}, "key": fmt.Sprint(i + 1)})
	}
	var p project
	if _, err := c.do("POST", "/api/projects", map[string]any{"id": newID(t), "name": name, "question": "What is it?", "classes": classes,
		"settings": map[string]any{"overlap": 4, "cap": 5, "goldShare": 0, "pilot": 0}}, &p); err != nil {
		t.Fatal(err)
	}
	for n := range pictures {
		picture := sample.Draw(leafSeed, n)
		var body bytes.Buffer
		if err := jpeg.Encode(&body, picture.RGBA, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := c.send("POST", "/api/projects/"+p.ID+"/pictures?name="+picture.Name, "image/jpeg", &body, nil); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// answerAll answers at most so many pictures of a leaf project by a habit;
// names are those of the pictures.
func (c *client) answerAll(t testing.TB, of project, names map[string]string, answers int, say habit) {
	t.Helper()
	for done := 0; done < answers; {
		var leased struct{ Assignments []akhra.Assignment }
		if _, err := c.do("POST", "/api/projects/"+of.ID+"/lease", map[string]int{"n": min(20, answers-done)}, &leased); err != nil {
			t.Fatal(err)
		}
		if len(leased.Assignments) == 0 {
			return // the rest has answers enough
		}
		batch := make([]akhra.Annotation, len(leased.Assignments))
		for i, a := range leased.Assignments {
			batch[i] = leafAnswer(t, of, a, say(done+i, leafClass(t, names[string(a.Item)])))
			batch[i].TookMillis = int64(1400 + (done+i)*53%1900)
		}
		if _, err := c.do("POST", "/api/sync", map[string]any{"v": 1, "project": of.ID, "answers": batch}, nil); err != nil {
			t.Fatal(err)
		}
		done += len(batch)
	}
}

// leafClass is what a drawn picture shows.
func leafClass(t testing.TB, name string) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscanf(name, "leaf-%d.jpg", &n); err != nil {
		t.Fatalf("the picture %q: %v", name, err)
	}
	return sample.ClassOf(leafSeed, n-1)
}

// leafAnswer is one answer; class as in a habit.
func leafAnswer(t testing.TB, of project, a akhra.Assignment, class int) akhra.Annotation {
	t.Helper()
	said := akhra.Annotation{ID: akhra.AnnotationID(newID(t)), Assignment: a.ID, Task: a.Task}
	switch class {
	case -1:
		said.Answer = akhra.AnswerNotSure
	case -2:
		said.Answer, said.Reason = akhra.AnswerSkip, "broken"
	default:
		said.Answer, said.Class = akhra.AnswerClass, akhra.ClassID(of.LabelSet.Classes[class].ID)
	}
	return said
}

// awaitMismatches waits until so many of one's answers differ from what was
// settled.
func (c *client) awaitMismatches(t testing.TB, of project, least int) {
	t.Helper()
	var page struct{ Mismatches []struct{ Task string } }
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		c.get(t, "/api/projects/"+of.ID+"/mismatches", &page)
		if len(page.Mismatches) >= least {
			return
		}
	}
	t.Fatalf("%d pictures differ after 30 s, want %d", len(page.Mismatches), least)
}

// askByKeys walks to the first "ask a person" with Tab alone, presses it, and
// finds it asked when the page is opened again; it looks at a picture large
// and comes back to where it was.
func askByKeys(p *page, s *server) {
	p.t.Helper()
	p.look(s.url("/me/work"), `document.querySelector(".lower-ask .button")`, "en")
	before := eval[int](p, `document.querySelectorAll(".lower-ask .button").length`)
	for range 40 {
		p.key("\t")
		if eval[bool](p, `document.activeElement.matches(".lower-ask .button")`) {
			break
		}
	}
	p.key("\r")
	p.await("the answer", fmt.Sprintf(`document.querySelectorAll(".asked").length === 1 && document.querySelectorAll(".lower-ask .button").length === %d`, before-1))
	p.look(s.url("/me/work"), `document.querySelectorAll(".asked").length === 1`, "en")
	p.screenshot("mywork-asked-1366-light-en")
	eval[bool](p, `(document.querySelector(".lower-shot").focus(), true)`)
	p.key("\r")
	p.await("the picture, large", `document.querySelector("dialog[open] .lower-large")?.complete`)
	p.screenshot("mywork-large-1366-light-en")
	p.key("\x1b")
	p.await("the page again, where one was", `!document.querySelector("dialog") && document.activeElement.matches(".lower-shot")`)
}

// skillsByTouch chooses who takes ladybirds for beetles, and reads so; on a
// phone a tap brings one to her table.
func skillsByTouch(p *page, s *server, of project) {
	p.t.Helper()
	people := s.url("/projects/" + of.ID + "/people")
	p.look(people, `document.querySelectorAll(".annotator").length > 2`, "en")
	at := eval[int](p, `[...document.querySelectorAll(".annotator-who b")].findIndex(b => b.textContent === "Sunita Kerketta")`)
	her := fmt.Sprintf(".annotators li:nth-child(%d) .annotator", at+1)
	p.do(chromedp.Click(her))
	p.await("what she mixes up", `document.querySelector(".mix-ups li")?.innerText.replace(/\s+/g, " ").includes("says 3 Beetle when it is 2 Ladybird")`)
	p.screenshot("skills-chosen-1366-light-en")
	p.size(viewports[1])
	p.look(people, `document.querySelector(".of-ten")`, "en")
	p.do(chromedp.Click(her))
	p.await("her sheet", `document.querySelector("#annotator-h").textContent === "Sunita Kerketta" && document.activeElement.id === "annotator-h"`)
	p.screenshot("skills-chosen-360-light-en")
	p.size(viewport{"320", 320, 640, true})
	for _, url := range []string{s.url("/me/work"), people} {
		p.look(url, `document.querySelector(".of-ten")`, "en")
		if wide := eval[int](p, `document.documentElement.scrollWidth`); wide > 320 {
			p.t.Errorf("%s is %d wide where there are 320", url, wide)
		}
	}
}
