package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestAPageIsConfirmedAtOnce: with keys and with taps, taken back whole, kept
// while the line is down, and what was struck out comes before the next page.
func TestAPageIsConfirmedAtOnce(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	asha := signIn(t, s, map[string]string{"name": "Asha Tirkey", "login": "asha", "password": "a long password"})
	of := asha.offeredLeaves(t, s, 150)
	p := openInside(t, s)
	axe := readAxe(t)
	page := s.url("/projects/" + of.ID + "/grid")
	for _, language := range []string{"hi", "en"} {
		for _, v := range viewports {
			for _, theme := range []string{"dark", "light"} {
				p.size(v)
				p.theme(theme)
				name := fmt.Sprintf("%s-%s-%s", v.name, theme, language)
				p.look(page, `document.querySelector(".tiles-confirm:not(:disabled)")`, language)
				p.key("x")
				p.await("a tile struck out", `document.querySelectorAll(".wall-struck").length === 1`)
				p.screenshot("grid-" + name)
				p.barriers(axe, "grid-"+name)
				p.key("x")
				p.await("no tile struck out", `!document.querySelector(".wall-struck")`)
			}
		}
	}
	p.size(viewports[0])
	tiles := eval[int](p, `document.querySelectorAll(".wall-tile").length`)
	t.Run("keys strike out two and confirm the rest", func(t *testing.T) {
		p.key("\u0020")
		p.key(kb.ArrowRight)
		p.key("x")
		p.await("two struck out", `document.querySelectorAll(".wall-struck").length === 2`)
		p.key("\r")
		p.await("what was said", `document.querySelector(".tiles-said")`)
		p.await("two and more questions first", `document.querySelector(".stage-lead") && document.querySelector("a.button.main")`)
		p.screenshot("grid-first-1366-light-en")
		p.barriers(axe, "grid-first-1366-light-en")
	})
	t.Run("the page is taken back whole and said anew", func(t *testing.T) {
		p.key("z")
		p.await("the same page", fmt.Sprintf(`document.querySelectorAll(".wall-tile").length === %d && document.querySelectorAll(".wall-struck").length === 2`, tiles))
		p.await("its pictures", `document.querySelector(".tiles-confirm:not(:disabled)")`)
		p.key("\r")
		p.await("the questions first", `document.querySelector("a.button.main")`)
		p.await("nothing refused", `!document.querySelector(".badge-refused")`)
	})
	t.Run("what was struck out is asked with nothing offered", func(t *testing.T) {
		first := eval[int](p, `Number(document.querySelector(".stage-lead").innerText.match(/\d+/)[0])`)
		if first < 2 {
			t.Fatalf("%d questions come first, want the two struck out at least", first)
		}
		p.click("a.button.main")
		for range first {
			p.await("a picture", `document.querySelector(".stage-picture")`)
			if eval[bool](p, `!!document.querySelector(".choice-offer")`) {
				t.Error("a question after a page comes with a guess")
			}
			p.say("0") // a wrong class would cost the child its proof
		}
		p.await("the way back", `document.querySelector(".work-next a")`)
		p.screenshot("grid-next-1366-light-en")
		p.await("all sent", `document.querySelector(".badge-sent")`)
		p.click(".work-next a")
	})
	t.Run("taps do the same, without a line as well", func(t *testing.T) {
		p.size(viewports[1])
		p.await("the next page", `document.querySelector(".tiles-confirm:not(:disabled)")`)
		p.click(".wall li:nth-child(3) button")
		p.await("one struck out", `document.querySelectorAll(".wall-struck").length === 1`)
		p.offline(true)
		p.click(".tiles-confirm")
		p.await("kept here", `document.querySelector(".stage-lead") && document.querySelector(".badge:not(.badge-sent)")`)
		p.screenshot("grid-kept-360-light-en")
		p.offline(false)
		p.await("all sent", `document.querySelector(".badge-sent")`)
	})
}
