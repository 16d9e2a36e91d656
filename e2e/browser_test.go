package e2e

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// viewport is one of the two screens every page is looked at on.
type viewport struct {
	name          string
	width, height int64
	phone         bool
}

var viewports = []viewport{{"1366", 1366, 768, false}, {"360", 360, 740, true}}

// page is one open tab of real Chromium.
type page struct {
	t          testing.TB
	ctx        context.Context
	shut       context.CancelFunc
	complaints *complaints
}

// openBrowser starts Chromium for the test. Without a browser the test fails
// under CI and says what is missing elsewhere.
func openBrowser(t testing.TB) *page {
	t.Helper()
	return openBrowserWith(t)
}

func openBrowserWith(t testing.TB, flags ...chromedp.ExecAllocatorOption) *page {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("chromium is missing: apt-get install chromium")
		}
		t.Skip("chromium is missing: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	options = append(options, flags...)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	p := &page{t: t, complaints: &complaints{}}
	p.listen(allocator)
	p.do(chromedp.Navigate("about:blank"))
	return p
}

// do runs steps one after another and ends the test at the first that fails
// or takes longer than 30 seconds.
func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
}

// eval returns the value of a JavaScript expression; a promise is awaited.
func eval[T any](p *page, script string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("browser: %s: %v", script, err)
	}
	return value
}

// patience is how long a page may take: longer than on any machine that works,
// so that a busy one makes no test red.
const patience = time.Minute

// await polls a JavaScript condition until it holds.
func (p *page) await(what, condition string) {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if eval[bool](p, "Boolean("+condition+")") {
			return
		}
	}
	p.t.Fatalf("browser: waited %s for %s; the page says:\n%s", patience, what, eval[string](p, "document.body.innerText"))
}

func (p *page) open(url string) { p.t.Helper(); p.do(chromedp.Navigate(url)) }

func (p *page) key(keys string) { p.t.Helper(); p.do(chromedp.KeyEvent(keys)) }

func (p *page) size(v viewport) {
	p.t.Helper()
	if v.phone {
		p.do(chromedp.EmulateViewport(v.width, v.height, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
		return
	}
	p.do(chromedp.EmulateViewport(v.width, v.height))
}

// theme makes the page believe that the person prefers light or dark.
func (p *page) theme(name string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
	if err != nil {
		p.t.Fatal(err)
	}
}
