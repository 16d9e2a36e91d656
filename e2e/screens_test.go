package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"akhra.dev/akhra/sample"
)

// TestEveryPageIsDrawn opens every page that main.tsx names in both sizes,
// both themes and both languages, writes what it sees to e2e/screens, and lets
// axe look for barriers of WCAG level A and AA; at 320 pixels nothing stands
// beside the page.
func TestEveryPageIsDrawn(t *testing.T) {
	t.Parallel()
	s := startServer(t, "demo", "--no-open", "--crowd", "3")
	p := openBrowser(t)
	p.size(viewports[0])
	p.open(s.link)
	p.await("the first page", `document.querySelector(".card img")`)
	c := p.client(s)
	first := c.firstProject(t)
	p.workFor(s, first, 60)
	places := map[string]string{"project": first.ID, "item": c.firstItem(t, first), "view": c.furnish(t, first)}
	start := time.Now()
	p.lookAround(s, routes(t, places))
	t.Logf("every page, 8 times each, took %s", time.Since(start).Round(time.Second))
}

// furnish gives a project a named search, and the house a family of two
// questions about the same pictures; it returns the search.
func (c *client) furnish(t testing.TB, of project) (view string) {
	t.Helper()
	view = newID(t)
	search := map[string]any{"classes": []string{of.LabelSet.Classes[0].ID}}
	if _, err := c.do("PUT", "/api/projects/"+of.ID+"/views/"+view, map[string]any{"name": "Eaten leaves", "search": search}, nil); err != nil {
		t.Fatal(err)
	}
	leaves := c.leafProject(t, "What lives on sal leaves", 6)
	if _, err := c.do("POST", "/api/projects/"+leaves.ID+"/family", map[string]any{"classes": leaves.LabelSet.Classes[:2]}, nil); err != nil {
		t.Fatal(err)
	}
	return view
}

// lookAround opens pages in both languages and looks at each in both sizes and
// themes.
func (p *page) lookAround(s *server, pages []route) {
	p.t.Helper()
	axe := readAxe(p.t)
	for _, page := range pages {
		for _, language := range []string{"en", "hi"} {
			p.lookAtOne(s, axe, page, language)
		}
	}
}

func (p *page) lookAtOne(s *server, axe string, of route, language string) {
	p.t.Helper()
	p.size(viewports[0])
	p.look(s.url(of.path), of.ready, language)
	if lang := eval[string](p, `document.documentElement.lang`); lang != language {
		p.t.Errorf("%s speaks %q, want %q", of.name, lang, language)
	}
	if of.name == "project-work" {
		p.key("1")
		p.await("the strip", `document.querySelector(".strip-thumb")?.complete`)
	}
	eval[bool](p, axe+"; true")
	for _, v := range viewports {
		p.size(v)
		for _, theme := range []string{"light", "dark"} {
			p.theme(theme)
			eval[bool](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
			name := fmt.Sprintf("%s-%s-%s-%s", of.name, v.name, theme, language)
			p.screenshot(name)
			if theme == "light" {
				p.violations(name)
			} else {
				p.faint(name)
			}
		}
	}
	p.reflows(of.name + "-" + language)
	if of.ready == drawn {
		p.size(viewports[1])
		p.keysTold(of.name + "-keys-" + language)
	}
}

// reflows tells what a page 320 pixels wide shows beside itself, so that one
// would have to scroll both ways (WCAG 1.4.10); what scrolls in a box of its own
// is left out.
func (p *page) reflows(name string) {
	p.t.Helper()
	p.size(viewport{width: 320, height: 640, phone: true})
	eval[bool](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
	for _, one := range eval[[]string](p, beside) {
		p.t.Errorf("%s: at 320 pixels %s", name, one)
	}
}

// beside lists it by the width of the page: a phone's window grows with what
// stands beside it.
const beside = `(() => {
	const width = document.documentElement.clientWidth;
	const wide = document.scrollingElement.scrollWidth;
	const scrolls = e => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	const out = wide > width ? ["the page is " + wide + " wide"] : [];
	for (const e of document.querySelectorAll("body *")) {
		const r = e.getBoundingClientRect();
		const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
		if (text && r.width > 1 && r.height > 1 && r.bottom > 0 && (r.left < -1 || r.right > width + 1) && !scrolls(e.parentElement)) out.push(e.innerText + " stands at " + Math.round(r.left) + " to " + Math.round(r.right));
	}
	return out;
})()`

// keysTold opens the keys of the page, looks at them and closes them.
func (p *page) keysTold(name string) {
	p.t.Helper()
	p.key("?")
	p.await("the keys of the page", `document.querySelector("dialog[open] .shortcuts kbd")`)
	p.screenshot(name)
	p.violations(name)
	p.key("\x1b")
	p.await("the page again", `!document.querySelector("dialog")`)
}

// look opens a page in a language and waits until it is drawn.
func (p *page) look(url, ready, language string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(localStorage.setItem("akhra.language", %q), true)`, language))
	p.open(url)
	p.await("the page "+url, ready)
	time.Sleep(150 * time.Millisecond) // pictures that are fetched late find their place
}

func (p *page) screenshot(name string) {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.MkdirAll("screens", 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("screens", name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func readAxe(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "web", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal("axe is missing, run `make app`: ", err)
	}
	return string(text)
}

// barriers lets axe look at the page.
func (p *page) barriers(axe, name string) {
	p.t.Helper()
	eval[bool](p, axe+"; true")
	p.violations(name)
}

// violations asks axe, which is in the page already, for all of levels A and AA.
func (p *page) violations(name string) {
	p.t.Helper()
	p.axe(name, `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`)
}

// faint asks axe for what a theme can change of a page that it has judged: colours.
func (p *page) faint(name string) {
	p.t.Helper()
	p.axe(name, `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`)
}

// axe runs the rules that its option runOnly names.
func (p *page) axe(name, runOnly string) {
	p.t.Helper()
	found := eval[[]string](p, `axe.run({resultTypes: ["violations"], runOnly: `+runOnly+`}).then(r =>
		r.violations.flatMap(v => v.nodes.map(n => v.id + " at " + n.target.join(" ") + ": " + n.any.concat(n.all, n.none).map(c => c.message).join("; "))))`)
	for _, one := range found {
		p.t.Errorf("%s: %s", name, one)
	}
}

// workFor answers some pictures by keys, rightly, as a person would.
func (p *page) workFor(s *server, of project, answers int) {
	p.t.Helper()
	p.workWith(s, of, answers, func(_, class int) int { return class })
}

// workWith answers some pictures by keys; say turns what the nth shows into
// what is said.
func (p *page) workWith(s *server, of project, answers int, say func(n, class int) int) {
	p.t.Helper()
	names := p.client(s).names(p.t, of)
	p.open(s.url("/projects/" + of.ID + "/work"))
	for n := range answers {
		p.await("a picture", `document.querySelector(".stage-picture")`)
		item := strings.Split(eval[string](p, `new URL(document.querySelector(".stage-picture").src).pathname`), "/")[4]
		var at int
		if _, err := fmt.Sscanf(names[item], "leaf-%d.jpg", &at); err != nil {
			names = p.client(s).names(p.t, of) // it came in meanwhile
			fmt.Sscanf(names[item], "leaf-%d.jpg", &at)
		}
		p.key(fmt.Sprint(say(n, sample.ClassOf(1, at-1)) + 1))
		p.await("the count", fmt.Sprintf(`performance.getEntriesByName("answer-to-picture").length > %d`, n))
	}
	p.await("all answers sent", `document.querySelector(".badge-sent")`)
}

// names are the file names of a project's pictures by id.
func (c *client) names(t testing.TB, of project) map[string]string {
	t.Helper()
	names := map[string]string{}
	for next := ""; ; {
		var list struct {
			Items []struct{ ID, Name string }
			Next  string
		}
		c.get(t, "/api/projects/"+of.ID+"/items?limit=200&cursor="+next, &list)
		for _, one := range list.Items {
			names[one.ID] = one.Name
		}
		if next = list.Next; next == "" {
			return names
		}
	}
}
