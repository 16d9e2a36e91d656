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

// shown is one page of the app: where it is, and what tells that it is drawn.
type shown struct{ name, path, ready string }

func pagesOf(p project, item string) []shown {
	at := "/projects/" + p.ID
	return []shown{
		{"home", "/", `document.querySelector(".card img")?.complete`},
		{"project", at, `document.querySelector(".figures, h2")`},
		{"pictures", at + "/pictures", `document.querySelector("main img")?.complete`},
		{"item", at + "/pictures/" + item, `document.querySelector("main img")?.complete`},
		{"work", at + "/work", `document.querySelector(".stage-picture")`},
		{"new", "/new", `document.querySelector("main h2")`},
		{"people", "/people", `document.querySelector("main h1, main h2")`},
		{"help", "/help", `document.querySelector("main h1")`},
		{"nowhere", "/nowhere", `document.querySelector("main a")`},
	}
}

// TestEveryPageIsDrawn opens every page in both sizes, both themes and both
// languages, writes what it sees to e2e/screens, and lets axe look for
// barriers of WCAG level A and AA.
func TestEveryPageIsDrawn(t *testing.T) {
	s := startServer(t, "demo", "--no-open", "--crowd", "3")
	p := openBrowser(t)
	p.size(viewports[0])
	p.open(s.link)
	p.await("the first page", `document.querySelector(".card img")`)
	c := p.client(s)
	first := c.firstProject(t)
	p.workFor(s, first, 60)
	item := c.firstItem(t, first)
	if err := os.MkdirAll("screens", 0o755); err != nil {
		t.Fatal(err)
	}
	axe := readAxe(t)
	for _, language := range []string{"en", "hi"} {
		for _, v := range viewports {
			for _, theme := range []string{"light", "dark"} {
				p.size(v)
				p.theme(theme)
				for _, page := range pagesOf(first, item) {
					name := fmt.Sprintf("%s-%s-%s-%s", page.name, v.name, theme, language)
					p.look(s.url(page.path), page.ready, language)
					if page.name == "work" {
						p.key("1")
						p.await("the strip", `document.querySelector(".strip-thumb")?.complete`)
					}
					p.screenshot(name)
					p.barriers(axe, name)
				}
			}
		}
	}
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
	found := eval[[]string](p, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(r =>
		r.violations.flatMap(v => v.nodes.map(n => v.id + " at " + n.target.join(" ") + ": " + n.any.concat(n.all, n.none).map(c => c.message).join("; "))))`)
	for _, one := range found {
		p.t.Errorf("%s: %s", name, one)
	}
}

// workFor answers some pictures by keys, rightly, as a person would.
func (p *page) workFor(s *server, of project, answers int) {
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
		p.key(fmt.Sprint(sample.ClassOf(1, at-1) + 1))
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
