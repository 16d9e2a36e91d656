package e2e

import (
	"fmt"
	"testing"
	"time"
)

// TestWhatTheChildKnowsIsShown: to who teaches it and to who receives it, in
// both sizes and languages, without barriers; before it was taught it says so.
func TestWhatTheChildKnowsIsShown(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	asha := signIn(t, s, map[string]string{"name": "Asha Tirkey", "login": "asha", "password": "a long password"})
	of := asha.leafProject(t, "Insects of the sal forest", 0)
	asha.addOf(t, of, 110, 2, 3)
	asha.addOf(t, of, 30, 0, 1)
	if _, err := asha.do("PATCH", "/api/projects/"+of.ID, map[string]any{"settings": map[string]any{"overlap": 1, "cap": 1, "explore": 0.1}}, nil); err != nil {
		t.Fatal(err)
	}
	p := openInside(t, s)
	axe := readAxe(t)
	page := s.url("/projects/" + of.ID + "/child")
	p.look(page, `document.querySelector(".nowhere")`, "en")
	p.screenshot("child-nothing-1366-light-en")
	p.barriers(axe, "child-nothing-1366-light-en")
	names := asha.names(t, of)
	for _, name := range []string{"Phulmani Munda", "Meena Toppo"} {
		asha.invite(t, s, name).answerAll(t, of, names, 50, careful)
		time.Sleep(4 * time.Second) // it learns when nobody answers
	}
	for _, language := range []string{"en", "hi"} {
		for _, v := range viewports {
			for _, theme := range []string{"light", "dark"} {
				p.size(v)
				p.theme(theme)
				p.look(page, `document.querySelector(".case-near img") && document.querySelector(".sure")`, language)
				name := fmt.Sprintf("child-%s-%s-%s", v.name, theme, language)
				p.screenshot(name)
				p.barriers(axe, name)
				if theme == "light" && language == "en" {
					eval[bool](p, `(document.querySelector(".cases").scrollIntoView({block: "start"}), true)`)
					p.screenshot("cases-" + name)
				}
			}
		}
	}
}
