package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// kept waits until the app is on the device and answers for the page.
func (p *page) kept() {
	p.t.Helper()
	p.await("the app kept on the device", `(navigator.serviceWorker.getRegistration().then(r => window.kept = Boolean(r?.active)), window.kept)`)
}

func TestTheAppOpensWithoutALine(t *testing.T) {
	t.Parallel()
	s, p, _, first := openDemo(t)
	l := newLine(t, s.addr)
	p.open(l.url("/"))
	p.await("the first page", `document.querySelector(".card img")`)
	p.kept()
	l.cut()
	p.open(l.url("/"))
	p.await("the frame of the page, and a way to ask again", `document.querySelector(".menu-face") && document.querySelector("[role=alert] button")`)
	p.open(l.url("/projects/" + first.ID + "/work"))
	p.await("the word that the server cannot be reached", `document.querySelector("[role=alert]")`)
	l.mend()
	eval[bool](p, `(document.querySelector("[role=alert] button").click(), true)`)
	p.await("a picture", `document.querySelector(".stage-picture")`)
}

// TestEveryPageSpeaksTheLanguageThatIsChosen: the texts of pages that are kept
// on the device are there in every language, those of others are fetched.
func TestEveryPageSpeaksTheLanguageThatIsChosen(t *testing.T) {
	t.Parallel()
	s, p, _, first := openDemo(t)
	l := newLine(t, s.addr)
	p.open(l.url("/me"))
	for _, turn := range []struct{ language, title, part string }{{"hi", "मेरा खाता", "आप कहाँ साइन इन हैं"}, {"en", "My account", "Where you are signed in"}} {
		p.chooseLanguage(turn.language)
		p.await("the page in "+turn.language, fmt.Sprintf(`[%q, %q].every(text => document.querySelector("main").innerText.includes(text))`, turn.title, turn.part))
	}
	p.kept()
	l.cut()
	p.open(l.url("/projects/" + first.ID + "/pack"))
	p.chooseLanguage("hi")
	p.await("a page without a line in Hindi", `document.querySelector("h1").innerText === "तस्वीरें साथ ले जाएँ" && !/[a-z]+\.[a-z]+/.test(document.querySelector("main").innerText)`)
}

// chooseLanguage chooses a language in the menu.
func (p *page) chooseLanguage(language string) {
	p.t.Helper()
	button := fmt.Sprintf(`document.querySelector(".menu-row[lang=%s]")`, language)
	p.await("the menu", button)
	eval[bool](p, button+`.click() ?? true`)
}

// upgraded serves a server's app as its next version would be, once told to:
// other files under the same addresses.
func upgraded(t testing.TB, s *server, next *atomic.Bool) string {
	t.Helper()
	to, err := url.Parse(s.url("/"))
	if err != nil {
		t.Fatal(err)
	}
	between := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = to.Host
		r.Out.Header.Del("Accept-Encoding")
	}}
	between.ModifyResponse = func(r *http.Response) error {
		script, page := r.Request.URL.Path == "/sw.js", strings.HasPrefix(r.Header.Get("Content-Type"), "text/html")
		if !next.Load() || !script && !page {
			return nil
		}
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		text = bytes.Replace(text, []byte(`"version":"`), []byte(`"version":"next`), 1)
		text = bytes.Replace(text, []byte("<body>"), []byte(`<body data-version="next">`), 1)
		r.Body = io.NopCloser(bytes.NewReader(text))
		r.Header.Del("Content-Length")
		return nil
	}
	server := httptest.NewServer(between)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAnUpgradeKeepsTheAnswersThatWaitAndComesAtACalmMoment(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	var next atomic.Bool
	base := upgraded(t, s, &next)
	p.open(base + "/")
	p.await("the first page", `document.querySelector(".card img")`)
	p.kept()
	p.open(base + "/projects/" + first.ID + "/work")
	p.await("a picture", `document.querySelector(".stage-picture")`)
	p.offline(true)
	for range 3 {
		p.say("2")
	}
	p.await("3 saved here", `document.querySelector(".badge").innerText.includes("3 saved here")`)
	next.Store(true)
	eval[bool](p, `navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true)`)
	p.await("the next version, waiting", `(navigator.serviceWorker.getRegistration().then(r => window.waits = Boolean(r.waiting)), window.waits)`)
	p.say("1")
	if eval[bool](p, `Boolean(document.body.dataset.version)`) {
		t.Fatal("the page changed while she was at work")
	}
	eval[bool](p, `(document.querySelector(".top-brand").click(), true)`) // to another page: a calm moment
	p.await("the next version", `document.body?.dataset.version === "next"`)
	p.offline(false)
	p.do(chromedp.Reload())
	c.awaitAnswers(t, 4)
}

// leftAtWork makes the first page of a browser take for ever to make its
// database.
const leftAtWork = `if (location.protocol === "http:" && !localStorage.getItem("left")) {
	localStorage.setItem("left", "yes");
	const open = IDBFactory.prototype.open;
	IDBFactory.prototype.open = function (...of) {
		const asked = open.apply(this, of);
		asked.addEventListener("upgradeneeded", () => {
			const busy = asked.result.createObjectStore("busy");
			const more = () => { busy.get(1).onsuccess = more; };
			more();
		});
		return asked;
	};
}`

// TestAPageLeftWhileItMadeItsDatabaseStandsInNobodysWay opens her work after a
// page that the browser froze in the midst of making what the device keeps.
func TestAPageLeftWhileItMadeItsDatabaseStandsInNobodysWay(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	owner := signIn(t, s, map[string]string{"name": "Asha Oraon", "login": "asha", "password": "a long password"})
	of := owner.manyClasses(t)
	owner.addPictures(of, 0, 4)
	owner.inviteAs(t, s, "Binita Kumari", "annotator")
	p := openBrowser(t)
	p.size(viewports[0])
	p.as(s, "binita")
	if _, err := chromedp.Call(p.ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: leftAtWork}); err != nil {
		t.Fatal(err)
	}
	p.open(s.url("/"))
	p.await("the database to be made", `(navigator.locks.query().then((all) => window.making = all.held.length > 0), window.making)`)
	p.open(s.url("/projects/" + of.ID + "/work"))
	p.await("her work", `document.querySelector(".stage-picture")`)
}
