package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// oddNames are names that a page must show as they are.
var oddNames = []string{"🐞 bug", "خنفساء", `<img src=x onerror="document.title='owned'">`}

// write fills a field that is known by its label, as if typed.
func (p *page) write(label, text string) {
	p.t.Helper()
	if !eval[bool](p, fmt.Sprintf(`(() => { const f = document.querySelector('input[aria-label=%q]'); f.focus(); f.select(); return document.execCommand(%q, false, %q); })()`,
		label, map[bool]string{true: "delete", false: "insertText"}[text == ""], text)) {
		p.t.Fatalf("browser: %q could not be written in %q", text, label)
	}
}

func (p *page) click(what string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, what))
}

// openServe starts a server whose owner is asha and signs her in in the browser.
func openServe(t testing.TB) (*server, *page, *client) {
	t.Helper()
	s := startServer(t, "serve")
	owner := signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	p := openInside(t, s)
	return s, p, owner
}

// TestClassNamesAreTextWhateverIsTyped makes a project by hand in the browser.
func TestClassNamesAreTextWhateverIsTyped(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	p.open(s.url("/new"))
	p.await("the fields", `document.querySelectorAll(".class-row").length === 2`)
	eval[bool](p, `(document.querySelector(".new-names input").focus(), true)`)
	p.key("Odd names")
	start := func(want string) {
		t.Helper()
		p.click(".button.main")
		p.await(want, fmt.Sprintf(`document.querySelector(".bad[role=alert]")?.innerText.includes(%q)`, want))
	}
	p.write("Name of class 1", oddNames[0])
	start("no name yet")
	p.write("Name of class 2", strings.ToUpper(oddNames[0]))
	start("has this name already")
	p.write("Name of class 2", strings.Repeat("x", 500))
	if n := eval[int](p, `document.querySelector('input[aria-label="Name of class 2"]').value.length`); n != 100 {
		t.Errorf("a name of 500 letters is %d letters long in the field, want 100", n)
	}
	p.write("Name of class 2", oddNames[1])
	p.click(".class-add .button")
	p.await("a third class", `document.querySelector('input[aria-label="Name of class 3"]')`)
	p.write("Name of class 3", oddNames[2])
	p.click(".button.main")
	p.await("the project", `document.querySelector(".overview")`)

	of := owner.firstProject(t)
	owner.addPictures(of, 0, 12)
	p.openWork(s, of)
	if got := eval[[]string](p, `[...document.querySelectorAll(".choice b")].map(b => b.textContent)`); !slices.Equal(got, oddNames) {
		t.Errorf("the choices read %q, want %q", got, oddNames)
	}
	p.say("3")
	p.await("what was said", `document.querySelector(".strip-said")?.innerText.includes("<img src=x")`)
	if title := eval[string](p, `document.title`); title == "owned" || eval[int](p, `document.querySelectorAll("img[src=x]").length`) > 0 {
		t.Error("a class name became a part of the page")
	}
}

// TestAnAnswerForAClassThatIsGoneIsToldAndThePictureAskedAgain takes a class
// away while somebody works with the old list.
func TestAnAnswerForAClassThatIsGoneIsToldAndThePictureAskedAgain(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	of := owner.newProject(t, 1)
	owner.addPictures(of, 0, 12)
	p.openWork(s, of)
	kept := []any{
		map[string]any{"id": of.LabelSet.Classes[0].ID, "name": "pest", "key": "1"},
		map[string]any{"id": of.LabelSet.Classes[1].ID, "name": "leaf", "key": "2", "deleted": true},
		map[string]any{"id": newID(t), "name": "moth", "key": "3"},
	}
	if _, err := owner.do("PUT", "/api/projects/"+of.ID+"/classes", map[string]any{"classes": kept}, nil); err != nil {
		t.Fatal(err)
	}
	p.say("2")
	p.await("1 not used", `document.querySelector(".badge-refused")?.innerText.includes("1 not used")`)
	p.say("1")
	p.awaitSent()
	owner.awaitAnswers(t, 1)
	p.click(".badge-refused")
	p.await("the reason", `document.querySelector(".refused")?.innerText.includes("no longer in the project")`)
	p.click(".refused button")
	p.await("no complaint left", `!document.querySelector(".badge-refused")`)
}
