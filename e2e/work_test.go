package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// openDemo starts a demo, opens its link and waits for its first pictures.
func openDemo(t testing.TB, args ...string) (*server, *page, *client, project) {
	t.Helper()
	s := startServer(t, "demo", append([]string{"--no-open"}, args...)...)
	p := openBrowser(t)
	p.size(viewports[0])
	p.open(s.link)
	p.await("the first page", `document.querySelector(".card img")`)
	c := p.client(s)
	first := c.firstProject(t)
	for end := time.Now().Add(3 * patience); first.Counts.Items < 60 && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		first = c.firstProject(t)
	}
	return s, p, c, first
}

func (p *page) openWork(s *server, of project) {
	p.t.Helper()
	p.open(s.url("/projects/" + of.ID + "/work"))
	p.await("a picture", `document.querySelector(".stage-picture")`)
}

// say presses a key and waits until another picture is there.
func (p *page) say(key string) {
	p.t.Helper()
	before := eval[string](p, `document.querySelector(".stage-picture").src`)
	p.key(key)
	p.await("the next picture", fmt.Sprintf(`document.querySelector(".stage-picture") && document.querySelector(".stage-picture").src !== %q`, before))
}

func (p *page) awaitSent() {
	p.t.Helper()
	p.await("all answers sent", `document.querySelector(".badge-sent")`)
}

// forget clears the browser's cookies or its cache.
func (p *page) forget(what cdp.Command[cdp.Empty, cdp.Empty]) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, what, cdp.Empty{}); err != nil {
		p.t.Fatal(err)
	}
}

// openInside opens a browser in which Asha is signed in.
func openInside(t testing.TB, s *server) *page {
	t.Helper()
	p := openBrowser(t)
	p.size(viewports[0])
	p.open(s.url("/"))
	p.signIn()
	return p
}

// signIn fills in the sign-in page.
func (p *page) signIn() {
	p.t.Helper()
	p.await("the sign-in page", `document.querySelectorAll("input").length === 2`)
	for i, text := range []string{"asha", "a long password"} {
		eval[bool](p, fmt.Sprintf(`(document.querySelectorAll("input")[%d].focus(), true)`, i))
		p.key(text)
	}
	p.key("\r")
	p.await("to be inside", `!document.querySelector("input[type=password]")`)
	p.await("the outbox on the device", `(indexedDB.databases().then(l => window.outboxes = l.filter(d => d.version).length), window.outboxes > 0)`)
}

// lineState is what Chromium is told of its line, in milliseconds and bytes a
// second, -1 for any; the command is not among those the library knows by name.
type lineState struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

var emulateLine = cdp.Command[lineState, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// offline cuts the browser's line, or restores it.
func (p *page) offline(cut bool) {
	p.t.Helper()
	p.onLine(lineState{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1})
}

// onLine puts the browser on another line.
func (p *page) onLine(state lineState) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulateLine, state); err != nil {
		p.t.Fatal(err)
	}
}

// awaitAnswers waits until the server has n standing answers, and a moment
// longer, for one too many would be as wrong as one too few.
func (c *client) awaitAnswers(t testing.TB, n int) {
	t.Helper()
	got := -1
	for end := time.Now().Add(20 * time.Second); got != n && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got = c.firstProject(t).Counts.Answers
	}
	time.Sleep(200 * time.Millisecond)
	if got = c.firstProject(t).Counts.Answers; got != n {
		t.Errorf("%d answers are stored, want %d", got, n)
	}
}

func TestAnswersWaitOnTheDeviceUntilTheServerHasThem(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	work := func() { p.openWork(s, first) }
	work()
	for _, key := range []string{"1", "2", "3"} {
		p.say(key)
	}
	p.awaitSent()
	given := 3
	c.awaitAnswers(t, given)

	t.Run("without a line work goes on, the badge tells how many wait, and they are sent when it is back", func(t *testing.T) {
		p.offline(true)
		for range 5 {
			p.say("2")
		}
		p.await("5 saved here", `document.querySelector(".badge").innerText.includes("5 saved here")`)
		c.awaitAnswers(t, given)
		p.offline(false)
		p.awaitSent()
		given += 5
		c.awaitAnswers(t, given)
	})
	t.Run("a tab that is killed while answers wait forgets nothing", func(t *testing.T) {
		p.offline(true)
		for range 4 {
			p.say("3")
		}
		p.await("4 saved here", `document.querySelector(".badge").innerText.includes("4 saved here")`)
		p.do(chromedp.Navigate("about:blank"))
		p.offline(false)
		work()
		p.awaitSent()
		given += 4
		c.awaitAnswers(t, given)
	})
	t.Run("undo takes back the last answer and asks again", func(t *testing.T) {
		shown := eval[string](p, `document.querySelector(".stage-picture").src`)
		p.say("1")
		p.key("z")
		p.await("the picture again", fmt.Sprintf(`document.querySelector(".stage-picture")?.src === %q`, shown))
		p.awaitSent()
		c.awaitAnswers(t, given)
		p.say("4")
		p.awaitSent()
		given++
		c.awaitAnswers(t, given)
	})
	t.Run("a skip needs a reason and counts as no answer", func(t *testing.T) {
		p.key("s")
		p.await("the reasons", `document.querySelectorAll(".reasons button").length === 6`)
		before := eval[string](p, `document.querySelector(".stage-picture").src`)
		p.key("6")
		p.await("the next picture", fmt.Sprintf(`document.querySelector(".stage-picture")?.src !== %q`, before))
		p.awaitSent()
		c.awaitAnswers(t, given)
	})
	t.Run("two tabs never ask the same picture twice", func(t *testing.T) { p.twoTabs(s, first, c, given) })
}

// twoTabs answers in one tab what the other shows.
func (p *page) twoTabs(s *server, first project, c *client, given int) {
	t := p.t
	other := &page{t: t, complaints: p.complaints}
	other.listen(p.ctx)
	other.size(viewports[0])
	other.openWork(s, first)
	const shown = `document.querySelector(".stage-picture")?.src`
	there := eval[string](other, shown)
	var here []string
	for range 13 { // as many as lie ready: the other tab's is among them
		here = append(here, eval[string](p, shown))
		p.say("5")
	}
	c.awaitAnswers(t, given+13)
	if !slices.Contains(here, there) {
		t.Fatal("the picture of the other tab was not asked here")
	}
	other.await("a picture that was not answered here", fmt.Sprintf(`%s && !%q.includes(%s)`, shown, strings.Join(here, " "), shown))
	for range 3 {
		other.say("1")
	}
	other.awaitSent()
	c.awaitAnswers(t, given+16)
	if refused := eval[int](other, `document.querySelectorAll(".badge-refused").length`); refused != 0 {
		t.Error("an answer was refused in the other tab")
	}
}

func TestWhenTheSessionEndsAnswersWaitForTheNextSignIn(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	owner := signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	first := owner.newProject(t, 1)
	owner.addPictures(first, 0, 30)
	p := openInside(t, s)
	p.openWork(s, first)
	p.say("1")
	owner.awaitAnswers(t, 1)
	p.forget(network.ClearBrowserCookies)
	p.say("2")
	p.say("1")
	p.await("the word that answers wait", `document.querySelector(".work-line")?.innerText.includes("2 answers")`)
	eval[bool](p, `(document.querySelector(".work-line button").click(), true)`)
	p.signIn()
	p.await("the work again", `document.querySelector(".stage-picture")`)
	p.awaitSent()
	owner.awaitAnswers(t, 3)
}

// TestTheFirstLoadOfTheWorkPageIsSmall counts every byte that comes down the
// line but those of the pictures: to a device that was never here, what its
// worker keeps for work without a line included, and to one that was.
func TestTheFirstLoadOfTheWorkPageIsSmall(t *testing.T) {
	t.Parallel()
	s, p, _, first := openDemo(t)
	p.blockPictures()
	l := newLine(t, s.addr)
	work := func() int64 {
		before := l.down.Load()
		p.open(l.url("/projects/" + first.ID + "/work"))
		p.await("the classes", `document.querySelectorAll(".choice").length >= 5`)
		p.kept()
		return l.down.Load() - before
	}
	if n := work(); n < 10_000 || n > 120_000 {
		t.Errorf("first load is %d bytes, want at most 120,000", n)
	} else {
		t.Logf("first load of the work page: %d bytes", n)
	}
	if n := work(); n > 6_000 {
		t.Errorf("a later load is %d bytes, want at most 6,000", n)
	} else {
		t.Logf("a later load of the work page: %d bytes", n)
	}
}

// TestAnAnswerGoesUpInFewBytes: each answer that is sent by itself takes at
// most 200 bytes of the line beside the browser's own headers.
func TestAnAnswerGoesUpInFewBytes(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	p.openWork(s, first)
	var traffic struct{ Answers, AnswerBytes int64 }
	for n := int64(1); n <= 5; n++ {
		p.say("1")
		for end := time.Now().Add(patience); traffic.Answers < n && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			c.get(t, "/api/traffic", &traffic)
		}
	}
	if traffic.Answers != 5 || traffic.AnswerBytes > 200*traffic.Answers {
		t.Errorf("%d answers took %d bytes, want 5 of at most 200 each", traffic.Answers, traffic.AnswerBytes)
	}
	t.Logf("%d answers took %d bytes", traffic.Answers, traffic.AnswerBytes)
}

// blockPictures keeps pictures off the line.
func (p *page) blockPictures() {
	p.t.Helper()
	blocked := []*network.BlockPattern{{URLPattern: "*://*:*/api/pictures/*", Block: true}}
	if _, err := chromedp.Call(p.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: blocked}); err != nil {
		p.t.Fatal(err)
	}
}

// BenchmarkAnswerToPicture gives 200 answers by keys on a processor slowed
// down four times and reports how long the decoded next picture took to be on
// the screen, from the key press to the frame after it was drawn:
//
//	go test ./e2e -run '^$' -bench AnswerToPicture -benchtime 1x
func BenchmarkAnswerToPicture(b *testing.B) {
	s, p, c, first := openDemo(b)
	c.awaitVectors(b, first.ID)
	p.openWork(s, first)
	p.slowDown(4)
	for b.Loop() {
		for n := range 200 {
			p.key(fmt.Sprint(n%5 + 1))
			p.await("the next picture", fmt.Sprintf(`performance.getEntriesByName("answer-to-picture").length > %d`, n))
		}
	}
	times := eval[[]float64](p, `performance.getEntriesByName("answer-to-picture").map(e => e.duration)`)
	b.ReportMetric(percentile(times, .5), "p50-ms")
	b.ReportMetric(percentile(times, .95), "p95-ms")
	b.ReportMetric(0, "ns/op")
}

func (p *page) slowDown(times float64) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times}); err != nil {
		p.t.Fatal(err)
	}
}

func percentile(times []float64, q float64) float64 {
	slices.Sort(times)
	return times[int(q*float64(len(times)-1))]
}
