package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// oldBackup is the record of a folder whose last verified backup is of long
// ago, and whose last try failed.
const oldBackup = `{"last":{"made":"2026-01-31T18:00:00Z","folder":"/mnt/usb/backups/20260131-180000.000","answers":123456,"items":3000},
	"verified":{"made":"2026-01-24T18:00:00Z","folder":"/mnt/usb/backups/20260124-180000.000","answers":120000,"items":3000},
	"unproven":2,"failed":{"at":"2026-02-07T18:00:00Z","why":"The backup folder /mnt/usb/backups cannot be made: no space left on device."}}`

// TestTheOwnerReadsHowOldTheBackupIs follows a server from no backup to one
// that is old and one that is fresh.
func TestTheOwnerReadsHowOldTheBackupIs(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	axe := readAxe(t)
	owner.newProject(t, 1)
	seen := func(state, says, home string) {
		t.Helper()
		each(p, func(name, language string) {
			p.look(s.url("/server"), `document.querySelector(".server-standing")`, language)
			p.see(axe, "server-"+state+"-"+name)
			if language == "en" {
				p.await(says, `document.querySelector("main").innerText.includes("`+says+`")`)
			}
			p.look(s.url("/"), `document.querySelector(".card")`, language)
			p.await("a notice on the first page: "+home, `String(!!document.querySelector("main .notice")) === "`+home+`"`)
			p.screenshot("server-" + state + "-home-" + name)
		})
		p.size(viewports[0])
	}
	seen("none", "There is no verified backup yet.", "false")
	if err := os.WriteFile(filepath.Join(s.data, "backup.json"), []byte(oldBackup), 0o600); err != nil {
		t.Fatal(err)
	}
	seen("old", "The last try failed, 7 Feb 2026: The backup folder /mnt/usb/backups cannot be made: no space left on device.", "true")
	s.kill()
	s.args = append(s.args, "--backup", t.TempDir())
	s.start()
	p.await("a fresh backup", `fetch("/api/backups").then(r => r.json()).then(b => b.verified && !b.due)`)
	seen("fresh", "Last verified backup: ", "false")
	p.do(chromedp.Click(".menu summary"))
	p.await("the way there", `document.querySelector('.menu a[href="/server"]')`)
}
