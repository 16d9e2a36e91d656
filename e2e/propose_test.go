package e2e

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"testing"
	"time"

	"akhra.dev/akhra/sample"
)

// TestTheChildOffersItsGuess lets three people teach it, blind, until it has
// proved itself; a fourth is offered its guess: Enter takes it, a digit says
// otherwise, and what is blind looks as ever.
func TestTheChildOffersItsGuess(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	asha := signIn(t, s, map[string]string{"name": "Asha Tirkey", "login": "asha", "password": "a long password"})
	of := asha.offeredLeaves(t, s, 140)
	p := openInside(t, s)
	axe := readAxe(t)
	t.Run("Enter takes what is offered", func(t *testing.T) {
		p.openWork(s, of)
		offered := p.awaitOffer()
		p.key("\r")
		p.await("the answer", fmt.Sprintf(`document.querySelector(".strip-said dd b")?.innerText === %q`, offered))
	})
	t.Run("a digit says otherwise", func(t *testing.T) {
		offered := p.awaitOffer()
		p.key(eval[string](p, `[...document.querySelectorAll(".choice")].find(c => !c.matches(".choice-offer") && c.id).getAttribute("aria-keyshortcuts")`))
		p.await("the answer", fmt.Sprintf(`document.querySelector(".strip-said dd b") && document.querySelector(".strip-said dd b").innerText !== %q`, offered))
		p.await("the child's guess after it", `document.querySelectorAll(".strip-said dd b").length >= 2`)
	})
	t.Run("what she was told is not offered again", func(t *testing.T) {
		p.key("z")
		p.await("the picture again", `document.querySelector(".stage-picture") && !document.querySelector(".choice-offer")`)
		p.key("1")
	})
	for _, language := range []string{"en", "hi"} {
		for _, v := range viewports {
			for _, theme := range []string{"light", "dark"} {
				p.size(v)
				p.theme(theme)
				name := fmt.Sprintf("%s-%s-%s", v.name, theme, language)
				p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-picture")`, language)
				if language == "en" && theme == "light" {
					p.screenshot("offers-first-" + name)
				}
				p.awaitOffer()
				p.screenshot("offer-" + name)
				p.barriers(axe, "offer-"+name)
				p.look(s.url("/projects/"+of.ID), `document.querySelector(".offers-row")`, language)
				p.barriers(axe, "offers-"+name)
				eval[bool](p, `(document.querySelector(".offers").scrollIntoView({block: "center"}), true)`)
				p.screenshot("offers-" + name)
			}
		}
	}
	p.size(viewports[1])
	p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-picture")`, "en")
	for range 60 { // one in twenty-five is wrong on purpose
		if !p.takeOffer() {
			break
		}
		if eval[bool](p, `!!document.querySelector(".strip-planted")`) {
			p.screenshot("planted-360-light-en")
			p.size(viewports[0])
			p.screenshot("planted-1366-light-en")
			p.size(viewports[1])
			break
		}
	}
}

// addOf adds so many drawn pictures of two classes: the child is soon sure of them.
func (c *client) addOf(t testing.TB, of project, pictures, a, b int) {
	t.Helper()
	for n := 0; pictures > 0; n++ {
		if k := sample.ClassOf(leafSeed, n); k != a && k != b {
			continue
		}
		picture := sample.Draw(leafSeed, n)
		var body bytes.Buffer
		if err := jpeg.Encode(&body, picture.RGBA, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := c.send("POST", "/api/projects/"+of.ID+"/pictures?name="+picture.Name, "image/jpeg", &body, nil); err != nil {
			t.Fatal(err)
		}
		pictures--
	}
}

// awaitOffers waits until two classes have proved themselves.
func (c *client) awaitOffers(t testing.TB, of project) {
	t.Helper()
	var last any
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		var g struct {
			Proposals struct {
				Classes []struct {
					Shown     bool
					Right, Of int
				}
			}
		}
		c.get(t, "/api/projects/"+of.ID+"/progress", &g)
		shown := 0
		for _, one := range g.Proposals.Classes {
			if one.Shown {
				shown++
			}
		}
		if last = g; shown >= 2 {
			return
		}
	}
	t.Fatalf("nothing is offered: %+v", last)
}

// awaitOffer answers on until a picture comes with an offer, and gives its name.
func (p *page) awaitOffer() string {
	p.t.Helper()
	for range 40 {
		p.await("a picture", `document.querySelector(".stage-picture")`)
		if name := eval[string](p, `document.querySelector(".choice-offer b")?.innerText ?? ""`); name != "" {
			return name
		}
		p.say("1")
	}
	p.t.Fatal("no picture of forty came with an offer")
	return ""
}

// takeOffer takes what is offered, or names the first class; false when nothing is left.
func (p *page) takeOffer() bool {
	p.t.Helper()
	n := eval[int](p, `performance.getEntriesByName("answer-to-picture").length`)
	key := "1"
	if eval[bool](p, `!!document.querySelector(".choice-offer")`) {
		key = "\r"
	}
	p.key(key)
	p.await("the count", fmt.Sprintf(`performance.getEntriesByName("answer-to-picture").length > %d`, n))
	time.Sleep(150 * time.Millisecond) // the verdict comes
	return eval[bool](p, `!!document.querySelector(".stage-picture")`)
}

// offeredLeaves is a project whose child has learnt n pictures of three people
// and proved itself on two classes, so that it offers its guess to a fourth.
func (c *client) offeredLeaves(t testing.TB, s *server, n int) project {
	t.Helper()
	of := c.leafProject(t, "Insects of the sal forest", 0)
	c.addOf(t, of, n, 2, 3)
	if _, err := c.do("PATCH", "/api/projects/"+of.ID, map[string]any{"settings": map[string]any{"overlap": 4, "cap": 4, "propose": true, "goldShare": 0}}, nil); err != nil {
		t.Fatal(err)
	}
	names := c.names(t, of)
	for _, name := range []string{"Phulmani Munda", "Meena Toppo", "Birsa Oraon"} {
		c.invite(t, s, name).answerAll(t, of, names, n, careful)
		time.Sleep(4 * time.Second) // it learns when nobody answers
	}
	c.awaitOffers(t, of)
	return of
}
