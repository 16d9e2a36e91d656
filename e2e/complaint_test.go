package e2e

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// complaints are what Chromium has against our pages: what the content policy
// forbids, and errors that no code of ours caught. Every test of the browser
// fails when there is one.
type complaints struct {
	mu   sync.Mutex
	list []string
}

// hear takes in an event of a tab.
func (c *complaints) hear(event any) {
	said := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if text := e.Entry.Text; e.Entry.Source == log.EntrySourceSecurity || strings.Contains(text, "Content Security Policy") || strings.Contains(text, "requires 'Trusted") {
			said = text
		}
	case *runtime.EventExceptionThrown:
		if said = e.ExceptionDetails.Text; e.ExceptionDetails.Exception != nil {
			said += " " + e.ExceptionDetails.Exception.Description
		}
	}
	if said != "" {
		c.mu.Lock()
		c.list = append(c.list, said)
		c.mu.Unlock()
	}
}

// take returns what was said and forgets it.
func (c *complaints) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.list
	c.list = nil
	return list
}

// listen opens a tab; what Chromium complains of in it fails the test. hears
// are told of every event of the tab.
func (p *page) listen(in context.Context, hears ...func(event any)) {
	options := []chromedp.ContextOption{chromedp.WithListener(p.complaints.hear)}
	for _, hear := range hears {
		options = append(options, chromedp.WithListener(hear))
	}
	p.ctx, p.shut = chromedp.NewContext(in, options...)
	p.t.Cleanup(func() {
		p.shut()
		for _, one := range p.complaints.take() {
			p.t.Errorf("browser complains: %s", one)
		}
	})
}

// TestAComplaintIsHeard does what the content policy forbids and throws what
// nobody catches.
func TestAComplaintIsHeard(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	p := openBrowser(t)
	p.open(s.url("/"))
	p.await("the page", `document.querySelector("input")`)
	if heard := p.complaints.take(); len(heard) > 0 {
		t.Errorf("about a page that does nothing wrong: %q", heard)
	}
	for what, script := range map[string]string{
		"an inline script":    `(() => { try { document.createElement("script").text = "1"; } catch {} return true; })()`,
		"a foreign picture":   `new Promise(done => { const i = new Image(); i.onerror = () => done(true); i.src = "https://example.org/x.png"; })`,
		"a style in the page": `(document.body.setAttribute("style", "color: red"), true)`,
		"HTML of a text":      `(() => { try { document.body.innerHTML = "<b>x</b>"; } catch {} return true; })()`,
		"an error":            `new Promise(done => { setTimeout(() => { setTimeout(done, 50, true); throw new Error("nobody catches this"); }); })`,
	} {
		eval[bool](p, script)
		if heard := p.complaints.take(); len(heard) == 0 {
			t.Errorf("%s is not complained of", what)
		}
	}
}
