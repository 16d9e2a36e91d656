package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// stranger is somebody who has never seen the platform; what she does is
// counted.
type stranger struct {
	*page
	commands, clicks int
}

func (s *stranger) press(what string) {
	s.t.Helper()
	s.clicks++
	s.await(what, fmt.Sprintf(`(b => b && !b.disabled)(document.querySelector(%q))`, what))
	s.click(what)
}

// TestAStrangersPath goes from a fresh clone to her own tagged pictures as CSV:
// two commands and at most twelve clicks beside the tags.
func TestAStrangersPath(t *testing.T) {
	t.Parallel()
	const pictures, tags = 500, 50
	begun, dir, down := time.Now(), t.TempDir(), t.TempDir()
	drawNoise(t, dir, pictures, 96, 72)
	server := startServer(t, "serve")
	s := &stranger{page: openBrowser(t), commands: 2} // make build; bin/akhra serve
	s.keepDownloads(down)
	s.size(viewports[0])

	s.clicks++ // the link that the second command printed
	s.open(server.link)
	s.await("the way in", `document.querySelectorAll("input").length === 3`)
	for i, text := range []string{"Asha", "asha", "a long password"} {
		eval[bool](s.page, fmt.Sprintf(`(document.querySelectorAll("input")[%d].focus(), document.querySelectorAll("input")[%d].select(), true)`, i, i))
		s.key(text)
	}
	s.press("form .button.main")
	s.press(".home-empty .button")
	s.await("where pictures go", `document.querySelector(".drop")`)
	eval[bool](s.page, `(document.querySelector(".new-names input").focus(), true)`)
	s.key("Leaves")
	s.clicks += 2 // choose a folder; say yes in the browser's own window
	s.do(chromedp.SetUploadFiles(`input[type=file]:not([accept])`, []string{dir}))
	s.press(".new-folders .link")
	s.press(".new-bar .button.main")
	s.await("a picture", `document.querySelector(".stage-picture")`)
	for i := range tags {
		s.say(fmt.Sprint(1 + i%2))
	}
	s.awaitSent()
	s.press(`.top-tabs a, a[href^="/projects/"]`)
	all, c := 0, s.client(server)
	for end := time.Now().Add(5 * time.Minute); all < pictures && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		all = c.firstProject(t).Counts.Items
	}
	s.press("#export .tables button")
	table := awaitFile(t, down)
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	people := 0
	for _, row := range rows[1:] {
		if strings.Contains(row[5], "people") {
			people++
		}
	}
	took := time.Since(begun)
	t.Logf("%d commands, %d clicks, %d tags, %v", s.commands, s.clicks, tags, took.Round(time.Second))
	if len(rows) != pictures+1 || people < tags {
		t.Errorf("%d pictures are in the table, %d by people; want %d and %d", len(rows)-1, people, pictures, tags)
	}
	if s.clicks > 12 || took > 10*time.Minute {
		t.Errorf("%d clicks in %v; at most 12 clicks in ten minutes", s.clicks, took)
	}
	s.wantVersion(server)
}

// wantVersion: what she took away stands on the page, to be fetched again.
func (s *stranger) wantVersion(server *server) {
	s.t.Helper()
	s.await("the frozen version", `document.querySelectorAll(".versions li").length === 1`)
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#export").scrollIntoView()`))
	if err := os.MkdirAll("screens", 0o755); err != nil {
		s.t.Fatal(err)
	}
	s.screenshot("deliver-1366")
	s.size(viewports[1])
	s.screenshot("deliver-360")
}

// keepDownloads lets the browser keep files in a folder without asking.
func (p *page) keepDownloads(dir string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	if err != nil {
		p.t.Fatal(err)
	}
}

// awaitFile waits for the one file that the browser is to keep.
func awaitFile(t *testing.T, dir string) []byte {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(dir, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != 1 || strings.HasSuffix(files[0], ".crdownload") {
			continue
		}
		body, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(body) > 0 {
			return body
		}
	}
	t.Fatal("nothing was kept within 60 s")
	return nil
}
