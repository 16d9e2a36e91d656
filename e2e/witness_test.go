package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	browserpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"akhra.dev/akhra/history"
)

// onlooker runs in a work page and tells what anybody would see: a key was
// pressed while a picture was shown, and then another one was. It reads
// nothing of the app's.
const onlooker = `(() => {
	let pressed = null;
	const shown = () => document.querySelector(".stage-picture")?.src;
	addEventListener("keydown", (e) => (pressed = shown() && { src: shown(), key: e.key }), true);
	new MutationObserver(() => {
		if (!pressed || shown() === pressed.src) return;
		took(JSON.stringify(pressed));
		pressed = null;
	}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
})()`

// sitting is a tab in which somebody works and that is looked at from outside.
type sitting struct {
	*page
	took    chan struct{} // the page went on after a press
	crashed chan struct{}
}

// sit opens a tab beside p; what its page takes goes into the ledger.
func (p *page) sit(l *ledger) *sitting {
	p.t.Helper()
	s := &sitting{page: &page{t: p.t, complaints: p.complaints}, took: make(chan struct{}, 100), crashed: make(chan struct{})}
	s.listen(p.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventBindingCalled:
			l.take(e.Payload)
			s.took <- struct{}{}
		case *inspector.EventTargetCrashed:
			close(s.crashed)
		}
	})
	s.size(viewports[0])
	if _, err := chromedp.Call(s.ctx, runtime.AddBinding, runtime.AddBindingParams{Name: "took"}); err != nil {
		p.t.Fatal(err)
	}
	if _, err := chromedp.Call(s.ctx, browserpage.AddScriptToEvaluateOnNewDocument, browserpage.AddScriptToEvaluateOnNewDocumentParams{Source: onlooker}); err != nil {
		p.t.Fatal(err)
	}
	go func() {
		select {
		case <-s.crashed:
			s.shut()
		case <-s.ctx.Done():
		}
	}()
	return s
}

// shown is the picture's address, empty when there is none.
func (s *sitting) shown() string {
	s.t.Helper()
	return eval[string](s.page, `document.querySelector(".stage-picture")?.src ?? ""`)
}

// awaitTaken waits until the page has gone on after a press.
func (s *sitting) awaitTaken() {
	s.t.Helper()
	select {
	case <-s.took:
	case <-time.After(patience):
		s.t.Fatalf("browser: the page did not go on after a key; it says:\n%s", eval[string](s.page, "document.body.innerText"))
	}
}

// crash kills the tab's process where it stands.
func (s *sitting) crash() {
	s.t.Helper()
	go func() { _, _ = chromedp.Call(s.ctx, browserpage.Crash, cdp.Empty{}) }() // the dead answer nothing
	select {
	case <-s.crashed:
	case <-time.After(patience):
		s.t.Fatal("browser: the tab cannot be killed")
	}
	<-s.ctx.Done()
}

// ledger is what onlookers wrote down: each picture by its id, with the class
// whose key was pressed.
type ledger struct {
	classes map[string]string // by key

	mu      sync.Mutex
	pressed map[string]string   // what was pressed, whatever came of it
	taken   map[string][]string // what the page took; more than one where it asked again
}

func newLedger(of project) *ledger {
	l := &ledger{classes: map[string]string{}, pressed: map[string]string{}, taken: map[string][]string{}}
	for i, c := range of.LabelSet.Classes {
		l.classes[fmt.Sprint(i+1)] = c.Name
	}
	return l
}

// itemOf reads a picture's id from its address.
func itemOf(src string) string { return strings.Split(src, "/")[6] }

// press notes a key before it is pressed.
func (l *ledger) press(src, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pressed[itemOf(src)] = l.classes[key]
}

// take notes what an onlooker tells.
func (l *ledger) take(told string) {
	var saw struct{ Src, Key string }
	if json.Unmarshal([]byte(told), &saw) != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	item := itemOf(saw.Src)
	l.taken[item] = append(l.taken[item], l.classes[saw.Key])
}

// has tells whether a page took an answer about this picture.
func (l *ledger) has(src string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, taken := l.taken[itemOf(src)]
	return taken
}

func (l *ledger) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.taken)
}

// account compares the ledger with the answers that stand in a server's log.
// Onlookers know no answer by its id, so each goes by its picture. Where a page
// took a second answer, it had forgotten the first.
func (l *ledger) account(there []history.Answer) history.Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := history.New()
	for item, classes := range l.taken {
		for n, class := range classes {
			id := item + strings.Repeat(" again", n)
			seen.Send(id, "asha", item, class)
			seen.Hear(id, history.Stored)
		}
	}
	for item, class := range l.pressed {
		seen.Send(item, "asha", item, class)
	}
	return seen.Check(there, nil)
}

// standing are the answers of a project that count, all of them Asha's, by
// their pictures, which have names.
func (c *client) standing(t testing.TB, of project, names map[string]string) (there []history.Answer) {
	t.Helper()
	ids := map[string]string{}
	for id, name := range names {
		ids[name] = id
	}
	for _, row := range c.votes(t, of) {
		there = append(there, history.Answer{ID: ids[row[0]], Who: "asha", Item: ids[row[0]], Class: row[3]})
	}
	return there
}
