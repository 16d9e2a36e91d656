package e2e

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"akhra.dev/akhra"
	"akhra.dev/akhra/history"
)

// afield is a person who takes packs to a place without a line, one a project,
// answers them there and comes back.
type afield struct {
	t        testing.TB
	server   *server
	line     *line
	owner    *client
	projects []project
	names    []map[string]string // of each project's pictures
	tab      *sitting
	ledger   *ledger
}

// goAfield takes packs of so many pictures along, and cuts the line. The last
// project has more pictures than its pack, so that there is work when she is
// back.
func goAfield(t testing.TB, packs, size int) *afield {
	t.Helper()
	a := &afield{t: t, server: startServer(t, "serve")}
	a.owner = signIn(t, a.server, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	a.line = newLine(t, a.server.addr)
	root := openBrowser(t)
	root.open(a.line.url("/"))
	root.signIn()
	for n := range packs {
		one := a.owner.namedProject(t, fmt.Sprint("Leaves ", n+1), 1)
		a.owner.addPictures(one, 0, size+n/(packs-1)*50)
		a.projects, a.names = append(a.projects, one), append(a.names, a.owner.names(t, one))
	}
	a.ledger = newLedger(a.projects[0])
	a.tab = root.sit(a.ledger)
	for _, one := range a.projects {
		a.tab.takePack(a.line, one, size)
	}
	a.line.cut()
	a.tab.offline(true)
	return a
}

// answer answers every picture of every pack by keys.
func (a *afield) answer(size int) {
	a.t.Helper()
	for n, one := range a.projects {
		a.tab.open(a.line.url("/projects/" + one.ID + "/work"))
		a.tab.await("a picture", `document.querySelector(".stage-picture")`)
		eval[bool](a.tab.page, fmt.Sprintf(busyHand, size))
		for range size {
			a.tab.awaitTaken()
		}
		a.tab.saved((n + 1) * size)
	}
}

// busyHand presses a key as soon as another picture is shown, so many times.
const busyHand = `(() => {
	let last = "", n = %d;
	const look = () => {
		const shown = document.querySelector(".stage-picture")?.src ?? last;
		if (shown === last || n === 0) return;
		last = shown;
		const key = String(n-- %% 2 + 1);
		setTimeout(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: "Digit" + key, bubbles: true })));
	};
	new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
	look();
	return true;
})()`

// stayAway lets so much time go by on the server: while it is down, all that
// it lent gets older.
func (a *afield) stayAway(long time.Duration) {
	a.t.Helper()
	a.server.kill()
	a.store(func(db *sql.DB) error {
		_, leases := db.Exec("UPDATE assignment SET lease_until = lease_until - $1", long.Milliseconds())
		_, packs := db.Exec("UPDATE pack SET until = until - $1", long.Milliseconds())
		return errors.Join(leases, packs)
	})
	a.server.start()
	if long > akhra.PackLease {
		a.awaitReleased()
	}
}

// awaitReleased waits until the server has ended every lease.
func (a *afield) awaitReleased() {
	a.t.Helper()
	open := -1
	for end := time.Now().Add(patience); open != 0 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		a.store(func(db *sql.DB) error {
			return db.QueryRow("SELECT count(*) FROM assignment WHERE state = 0").Scan(&open)
		})
	}
	if open != 0 {
		a.t.Fatalf("%d leases that ran out are still open", open)
	}
}

func (a *afield) store(ask func(*sql.DB) error) {
	a.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(a.server.data, "akhra.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		a.t.Fatal(err)
	}
	if err := errors.Join(ask(db), db.Close()); err != nil {
		a.t.Fatal(err)
	}
}

// comeBack mends the line, so many bytes a second wide both ways (-1 for any),
// and waits until the page says that nothing waits.
func (a *afield) comeBack(perSecond float64, latency time.Duration) {
	a.t.Helper()
	a.line.mend()
	a.tab.onLine(lineState{Latency: float64(latency.Milliseconds()), DownloadThroughput: perSecond, UploadThroughput: perSecond})
	a.tab.awaitSent()
}

// account compares what the page took with what the server has.
func (a *afield) account() history.Account {
	a.t.Helper()
	var there []history.Answer
	for n, one := range a.projects {
		there = append(there, a.owner.standing(a.t, one, a.names[n])...)
	}
	return a.ledger.account(there)
}

// TestAnswersOfADayWithoutALineAllArriveThoughTheirTasksWereGivenBack: more
// than one request holds, of two projects, after the packs are over.
func TestAnswersOfADayWithoutALineAllArriveThoughTheirTasksWereGivenBack(t *testing.T) {
	t.Parallel()
	a := goAfield(t, 2, 200)
	a.answer(200)
	a.stayAway(akhra.PackLease + time.Hour)
	a.comeBack(-1, 0)
	if sum := a.account(); !sum.Good() || sum.Acked != 400 {
		t.Errorf("%d acked, lost %q, twice %q", sum.Acked, sum.Lost, sum.Twice)
	}
}

// BenchmarkLongOffline answers ten packs of 500 without a line, lets hours go
// by and reports how long a line of 50 kB a second both ways takes to carry
// all 5,000 answers to the server, from the moment it is back to the page's
// word that nothing waits:
//
//	go test ./e2e -run '^$' -bench LongOffline -benchtime 1x -timeout 30m
func BenchmarkLongOffline(b *testing.B) {
	for _, away := range []time.Duration{8 * time.Hour, akhra.PackLease + time.Hour} {
		b.Run(fmt.Sprintf("%.0fh", away.Hours()), func(b *testing.B) {
			for b.Loop() {
				a := goAfield(b, 10, 500)
				a.answer(500)
				a.stayAway(away)
				up, down, begin := a.line.up.Load(), a.line.down.Load(), time.Now()
				a.comeBack(50_000, 300*time.Millisecond)
				took := time.Since(begin)
				b.Logf("%s away: %.1f s, %d bytes up, %d down", away, took.Seconds(), a.line.up.Load()-up, a.line.down.Load()-down)
				b.ReportMetric(took.Seconds(), "s")
				b.ReportMetric(float64(a.line.up.Load()-up)/5000, "B-up/answer")
				b.ReportMetric(float64(a.line.down.Load()-down)/5000, "B-down/answer")
				if sum := a.account(); !sum.Good() || sum.Acked != 5000 {
					b.Errorf("%d acked, %d lost, %d twice", sum.Acked, len(sum.Lost), len(sum.Twice))
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
