package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestATableIsBroughtInByItsPage: a CSV is dropped, its columns are said,
// classes the project lacks are decided about, and refused lines are fetched.
func TestATableIsBroughtInByItsPage(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	down := t.TempDir()
	p.keepDownloads(down)
	of := owner.newProject(t, 1)
	owner.addPictures(of, 0, 6)
	var items struct {
		Items []struct{ Name string }
	}
	owner.get(t, "/api/projects/"+of.ID+"/items", &items)
	var text strings.Builder
	text.WriteString("photo,what,who\n")
	for i, one := range items.Items {
		fmt.Fprintf(&text, "%s,%s,Birsa\n", one.Name, []string{of.LabelSet.Classes[0].Name, "butterfly", "moth"}[i%3])
	}
	text.WriteString("nowhere.png,moth,Birsa\n")
	file := filepath.Join(t.TempDir(), "elsewhere.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p.open(s.url("/projects/" + of.ID + "/table"))
	p.await("where a table goes", `document.querySelector(".table-drop input")`)
	p.do(chromedp.SetUploadFiles(`.table-drop input`, []string{file}))
	p.await("the first rows", `document.querySelectorAll(".table-rows tbody tr").length === 7`)
	p.await("what is lacking", `document.querySelector(".table-lack")`)
	p.choose(".table-kinds input", 0)
	for column, meaning := range []string{"item", "class", "annotator"} {
		p.pick(fmt.Sprintf(".table-rows th:nth-child(%d) select", column+1), meaning)
	}
	p.await("what would happen", `document.querySelector("#verdict-h")?.innerText.startsWith("2 of 7")`)
	axe := readAxe(t)
	p.see(axe, "table-1366")
	p.size(viewports[1])
	p.see(axe, "table-360")
	p.size(viewports[0])
	p.pick(".table-classes li:nth-child(1) select", "make")
	p.await("four lines", `document.querySelector("#verdict-h")?.innerText.startsWith("4 of 7")`)
	p.pick(".table-classes li:nth-child(2) select", "leave")
	p.await("three left out", `document.querySelector(".table-verdict")?.innerText.includes("Lines left out: 3")`)
	p.click(".table-page > .button.main")
	p.await("the end", `document.querySelector(".table-taken h2")`)
	p.see(axe, "taken-1366")
	if said := eval[string](p, `document.querySelector(".table-taken").innerText`); !strings.Contains(said, "Lines taken in: 4. Known already: 0. Left out: 3.") {
		t.Errorf("the page says %q", said)
	}
	var after project
	owner.get(t, "/api/projects/"+of.ID, &after)
	if after.Counts.Answers != 4 || len(after.LabelSet.Classes) != len(of.LabelSet.Classes)+1 {
		t.Errorf("%d answers, %d classes", after.Counts.Answers, len(after.LabelSet.Classes))
	}
}

// choose presses the nth of several fields.
func (p *page) choose(what string, n int) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(document.querySelectorAll(%q)[%d].click(), true)`, what, n))
}

// pick chooses from a list.
func (p *page) pick(what, value string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(f => { f.value = %q; f.dispatchEvent(new Event("change", {bubbles: true})); return true; })(document.querySelector(%q))`, value, what))
}
