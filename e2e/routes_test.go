package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// route is one page of the app: the name of its picture, the address it is
// opened at here, and what tells that it is there as a whole.
type route struct{ name, path, ready string }

var patterns = regexp.MustCompile(`\["(/[^"]*)", (?:lazy|far)\(`)

// routes reads from main.tsx which pages there are, so that a page that is
// added is looked at, too. places fills ":project" and the like.
func routes(t testing.TB, places map[string]string) (list []route) {
	t.Helper()
	text, err := os.ReadFile("../web/src/main.tsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range patterns.FindAllStringSubmatch(string(text), -1) {
		at := placesIn.ReplaceAllStringFunc(found[1], func(place string) string {
			if places[place[1:]] == "" {
				t.Errorf("the test does not know how to fill %s of the page %s", place, found[1])
			}
			return places[place[1:]]
		})
		list = append(list, route{nameOf(found[1]), at, drawn})
	}
	if len(list) < 10 {
		t.Fatalf("main.tsx names %d pages", len(list))
	}
	gone := "/projects/" + newID(t)
	return append(list, route{"nowhere", "/nowhere", drawn}, route{"gone", gone, wayOut}, route{"gone-work", gone + "/work", wayOut})
}

var placesIn = regexp.MustCompile(`:\w+`)

// nameOf turns "/projects/:project/pictures/:item" into "project-pictures-item".
func nameOf(pattern string) string {
	if pattern == "/" {
		return "home"
	}
	pattern = strings.Replace(pattern, "/", "", 1)
	return strings.NewReplacer("projects/:project", "project", "/", "-", ":", "").Replace(pattern)
}

// wayOut tells that a page says what is wrong and offers a way out.
const wayOut = `document.querySelector(".hold[role=alert] p")?.innerText && document.querySelector(".hold a.button")`

// drawn tells that a page is there as a whole, its pictures among it.
const drawn = `(document.querySelector("main h1, main h2") || document.querySelector(".stage-picture, .stage-empty")) && !document.querySelector("main .hold") &&
	[...document.images].every(i => i.complete || i.loading === "lazy")`
