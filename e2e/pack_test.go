package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// click presses the first button or link that says a text.
func (p *page) press(text string) {
	p.t.Helper()
	p.await(text, fmt.Sprintf(`[...document.querySelectorAll("button, a")].find(b => b.innerText.trim() === %q && !b.disabled)`, text))
	eval[bool](p, fmt.Sprintf(`([...document.querySelectorAll("button, a")].find(b => b.innerText.trim() === %q && !b.disabled).click(), true)`, text))
}

func (p *page) saved(n int) {
	p.t.Helper()
	p.await(fmt.Sprint(n, " saved here"), fmt.Sprintf(`document.querySelector(".badge")?.innerText.replace(",", "").includes("%d saved here")`, n))
}

// takePack takes a pack of so many pictures along and waits until all of it is here.
func (p *page) takePack(l *line, of project, size int) {
	p.t.Helper()
	p.open(l.url("/projects/" + of.ID + "/pack"))
	p.kept()
	p.await("the sizes", `document.querySelector(".pack-sizes input")`)
	eval[bool](p, fmt.Sprintf(`([...document.querySelectorAll(".pack-sizes label")].find(l => l.innerText.trim() === "%d").click(), true)`, size))
	p.press("Take them along")
	p.await("all of it on the device", `document.querySelector(".pack-state")?.innerText.startsWith("All is here")`)
}

func TestAPackIsWorkedThroughWithoutALine(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	l := newLine(t, s.addr)
	work := l.url("/projects/" + first.ID + "/work")
	p.takePack(l, first, 50)
	l.cut()
	t.Run("pictures come without a line, after a reload too, and each once", func(t *testing.T) {
		seen := map[string]bool{}
		for sitting := range 2 {
			p.open(work)
			p.await("a picture", `document.querySelector(".stage-picture")`)
			for range 15 {
				seen[eval[string](p, `document.querySelector(".stage-picture").src`)] = true
				p.say("2")
			}
			p.saved(15 * (sitting + 1))
		}
		if len(seen) != 30 {
			t.Errorf("%d different pictures in 30 answers", len(seen))
		}
	})
	t.Run("the examples and the first page are there, too", func(t *testing.T) {
		p.key("?")
		p.await("the guide", `document.querySelectorAll(".guide li").length >= 5`)
		p.open(l.url("/"))
		p.await("what lies on the device", `document.querySelector(".home-device a.button")`)
	})
	file := p.saveAnswers(l, first)
	t.Run("a file carries the answers, and what is sent later is not counted again", func(t *testing.T) {
		for _, want := range []string{"Stored 30", "Duplicate 30"} {
			var got struct{ Stored, Duplicate, Refused int }
			if _, err := c.send("POST", "/api/outbox", "application/json", bytes.NewReader(file), &got); err != nil {
				t.Fatal(err)
			}
			if said := fmt.Sprintf("Stored %d", got.Stored); said != want && fmt.Sprintf("Duplicate %d", got.Duplicate) != want || got.Refused != 0 {
				t.Errorf("%+v, want %s", got, want)
			}
		}
		c.awaitAnswers(t, 30)
		l.mend()
		p.open(work)
		p.await("a picture", `document.querySelector(".stage-picture")`)
		p.say("3")
		p.awaitSent()
		c.awaitAnswers(t, 31)
	})
	t.Run("what she gives back goes to others, and its pictures leave the device", func(t *testing.T) {
		p.open(l.url("/projects/" + first.ID + "/pack"))
		p.await("what is left", `document.querySelector(".pack-facts")?.innerText.includes("19")`)
		p.press("Give the rest back")
		p.press("Give them back")
		p.await("the sizes again", `document.querySelector(".pack-sizes")`)
		var out struct{ Packs []struct{ ID string } }
		c.get(t, "/api/projects/"+first.ID+"/packs", &out)
		if kept := eval[int](p, `caches.open("pictures").then(c => c.keys()).then(k => k.length)`); len(out.Packs) != 0 || kept != 0 {
			t.Errorf("%d packs are out, %d pictures on the device", len(out.Packs), kept)
		}
	})
}

// saveAnswers lets the page write the answers that wait to a file.
func (p *page) saveAnswers(l *line, of project) []byte {
	p.t.Helper()
	dir := p.t.TempDir()
	if _, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir}); err != nil {
		p.t.Fatal(err)
	}
	p.open(l.url("/projects/" + of.ID + "/pack"))
	p.press("Save to a file")
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		names, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil || len(names) != 1 {
			continue
		}
		if text, err := os.ReadFile(names[0]); err == nil && json.Valid(text) {
			return text
		}
	}
	p.t.Fatal("no file of answers came")
	return nil
}
