package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// TestTheWayInIsDrawn looks at what a newcomer meets first: the one-time
// link, the first pages while there is nothing in them, the sheets of the work
// page with many classes, and the sign-in page. It writes to e2e/screens, and
// axe looks for barriers of WCAG level A and AA.
func TestTheWayInIsDrawn(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	p, axe := openBrowser(t), readAxe(t)
	p.open(s.url("/"))
	each(p, func(name, language string) {
		p.look(s.link, `document.querySelectorAll("input").length === 3`, language)
		p.see(axe, "link-"+name)
	})
	owner := signIn(t, s, map[string]string{"name": "Asha Oraon", "login": "asha", "password": "a long password"})
	each(p, func(name, language string) {
		p.look(s.link, `document.querySelector(".gate a.button")`, language)
		p.see(axe, "gone-"+name)
	})
	eval[bool](p, `(localStorage.setItem("akhra.language", "en"), true)`)
	p.open(s.url("/"))
	p.signIn()
	each(p, func(name, language string) {
		p.look(s.url("/"), `document.querySelector(".home-empty .button")`, language)
		p.see(axe, "empty-"+name)
	})
	of := owner.manyClasses(t)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+of.ID), `document.querySelector(".drop")`, language)
		p.see(axe, "empty-project-"+name)
		p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-empty")`, language)
		p.see(axe, "empty-work-"+name)
	})
	owner.addPictures(of, 0, 12)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-picture")`, language)
		p.see(axe, "nine-"+name)
		for key, sheet := range map[string]string{"s": ".reasons", "?": ".guide"} {
			p.key(key)
			p.await("the sheet", fmt.Sprintf(`document.querySelector(%q)`, sheet))
			p.see(axe, sheet[1:]+"-"+name)
			p.key("\x1b")
			p.await("no sheet", `!document.querySelector("dialog")`)
		}
	})
	p.forget(network.ClearBrowserCookies)
	each(p, func(name, language string) {
		p.look(s.url("/"), `document.querySelector("input[type=password]")`, language)
		p.see(axe, "signin-"+name)
	})
}

// each runs in both sizes, in light English and in dark Hindi.
func each(p *page, look func(name, language string)) {
	for _, v := range viewports {
		p.size(v)
		for language, theme := range map[string]string{"en": "light", "hi": "dark"} {
			p.theme(theme)
			look(fmt.Sprintf("%s-%s-%s", v.name, theme, language), language)
		}
	}
}

// see writes what is on the screen and looks for barriers.
func (p *page) see(axe, name string) {
	p.t.Helper()
	p.screenshot(name)
	p.barriers(axe, name)
}

// manyClasses makes a project with one class for each digit.
func (c *client) manyClasses(t testing.TB) project {
	t.Helper()
	var classes []any
	for i, name := range []string{"T-shirt", "Long sleeve", "Trousers", "Shoes", "Shirt", "Dress", "Outerwear", "Shorts", "Hat"} {
		classes = append(classes, map[string]any{"id": newID(t), "name": name, "key": fmt.Sprint(i + 1), "words": "worn by people"})
	}
	if _, err := c.do("POST", "/api/projects", map[string]any{"id": newID(t), "name": "Clothing", "question": "What is it?", "classes": classes}, nil); err != nil {
		t.Fatal(err)
	}
	return c.firstProject(t)
}
