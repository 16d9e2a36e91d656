package e2e

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"akhra.dev/akhra/faults/weak"
	"akhra.dev/akhra/history"
)

var (
	chaosLong = flag.Bool("chaos", false, "answer a thousand pictures through fifty disturbances")
	chaosSeed = flag.Uint64("chaos-seed", 1, "where the chance of the chaos starts")
)

// chaos is a person who answers in a real browser while everything around her
// breaks: the line, her tabs, the server.
type chaos struct {
	t      testing.TB
	server *server
	line   *badLine
	owner  *client
	of     project
	root   *page // keeps the browser; nobody works in it
	tabs   []*sitting
	ledger *ledger
	chance *rand.Rand
	broken map[string]repair
}

// repair mends what is broken once so many answers are given.
type repair struct {
	at int
	do func()
}

// disturbances are the ways in which things break.
var disturbances = []func(*chaos){(*chaos).cutLine, (*chaos).reload, (*chaos).repeat, (*chaos).killTab, (*chaos).killServer, (*chaos).secondTab}

// newChaos starts a server, a browser and a project with so many pictures. The
// browser reaches the server by the name of a host.
func newChaos(t testing.TB, binary, host string, pictures int, seed uint64) *chaos {
	t.Helper()
	c := &chaos{t: t, broken: map[string]repair{}, chance: rand.New(rand.NewPCG(seed, 24)), server: startServerOf(t, binary, "serve")}
	c.owner = signIn(t, c.server, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	c.of = c.owner.newProject(t, 1)
	c.owner.addPictures(c.of, 0, pictures)
	c.ledger = newLedger(c.of)
	c.root = openBrowserWith(t, chromedp.Flag("host-resolver-rules", "MAP "+host+" 127.0.0.1"))
	c.line = newBadLine(t, c.server, host, rand.New(rand.NewPCG(seed, 25)))
	c.root.size(viewports[0])
	c.root.open(c.line.base + "/")
	c.root.signIn()
	c.open()
	return c
}

// work answers so many pictures, disturbed so many times at random moments.
func (c *chaos) work(answers, times int) {
	c.t.Helper()
	kinds := make([]int, times)
	for i := range kinds {
		kinds[i] = i % len(disturbances)
	}
	c.chance.Shuffle(times, func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for n, kind := range kinds {
		c.answers(n*answers/times + c.chance.IntN(answers/times))
		disturbances[kind](c)
	}
	c.answers(answers)
	c.repair(true)
}

// answers answers until pages took n answers.
func (c *chaos) answers(n int) {
	c.t.Helper()
	for c.ledger.len() < n {
		c.answer()
	}
}

// answer presses a key in one of the tabs and waits until the page takes it.
func (c *chaos) answer() {
	c.t.Helper()
	c.repair(false)
	tab := c.tab()
	c.press(tab, c.fresh(tab))
	tab.awaitTaken()
}

func (c *chaos) press(tab *sitting, shown string) {
	c.t.Helper()
	key := fmt.Sprint(c.chance.IntN(2) + 1)
	c.ledger.press(shown, key)
	tab.key(key)
}

// fresh waits until a tab shows a picture that no tab took an answer about, or
// one that it keeps asking about. When she runs out of pictures, what is broken
// is mended and she asks again.
func (c *chaos) fresh(tab *sitting) string {
	c.t.Helper()
	begin := time.Now()
	for ; time.Since(begin) < patience; time.Sleep(5 * time.Millisecond) {
		if shown := tab.shown(); shown != "" && (!c.ledger.has(shown) || time.Since(begin) > patience/4) {
			return shown
		}
		if time.Since(begin) > time.Second {
			c.repair(true)
			eval[bool](tab.page, `(document.querySelector(".stage-picture") ?? document.querySelector("[role=alert] button")?.click(), true)`)
		}
	}
	c.t.Fatalf("browser: waited %s for a picture; the page says:\n%s", patience, eval[string](tab.page, "document.body.innerText"))
	return ""
}

// breaks notes what is broken, to be mended after at most so many answers.
func (c *chaos) breaks(what string, answers int, mend func()) {
	c.broken[what] = repair{c.ledger.len() + c.chance.IntN(answers), mend}
}

// repair mends what is due, or everything.
func (c *chaos) repair(all bool) {
	for what, r := range c.broken {
		if all || c.ledger.len() >= r.at {
			delete(c.broken, what)
			r.do()
		}
	}
}

// living are the tabs that are open.
func (c *chaos) living() []*sitting {
	c.tabs = slices.DeleteFunc(c.tabs, func(tab *sitting) bool { return tab.ctx.Err() != nil })
	return c.tabs
}

// tab is one of the tabs that are open; there is always one to work in.
func (c *chaos) tab() *sitting {
	c.t.Helper()
	if len(c.living()) == 0 {
		c.open()
	}
	return c.tabs[c.chance.IntN(len(c.tabs))]
}

// open opens another tab, once everything is mended.
func (c *chaos) open() {
	c.t.Helper()
	c.repair(true)
	tab := c.root.sit(c.ledger)
	tab.open(c.line.base + "/projects/" + c.of.ID + "/work")
	c.tabs = append(c.tabs, tab)
}

// cutLine takes the line from every tab for some answers.
func (c *chaos) cutLine() {
	for _, tab := range c.living() {
		tab.offline(true)
	}
	c.breaks("line", 12, func() {
		for _, tab := range c.living() {
			tab.offline(false)
		}
	})
}

// reload loads a page anew while its last answers are on their way.
func (c *chaos) reload() {
	tab := c.tab()
	c.repair(true)
	tab.do(chromedp.Reload())
}

// repeat lets some of the next requests arrive torn, twice, late, or without
// an answer.
func (c *chaos) repeat() {
	for range 4 {
		c.line.travel([]way{torn, deaf, twin, stale}[c.chance.IntN(4)])
	}
}

// killTab kills a tab in the moment in which the page took an answer or,
// half of the times, while a key is on its way to it.
func (c *chaos) killTab() {
	tab := c.tab()
	shown := c.fresh(tab)
	if c.chance.IntN(2) == 0 {
		c.press(tab, shown)
		tab.awaitTaken()
	} else {
		go func() { _ = chromedp.Do(tab.ctx, chromedp.KeyEvent("1")) }()
		c.ledger.press(shown, "1")
		time.Sleep(time.Duration(c.chance.IntN(8)) * time.Millisecond)
	}
	tab.crash()
}

// killServer ends the server at once; another one starts some answers later.
func (c *chaos) killServer() {
	if dead, already := c.broken["server"]; already {
		dead.do()
	}
	c.server.kill()
	c.breaks("server", 10, c.server.start)
}

// secondTab opens another tab beside hers, or closes one of two.
func (c *chaos) secondTab() {
	if tab := c.tab(); len(c.tabs) > 1 {
		tab.shut()
	} else {
		c.open()
	}
}

// account lets every tab send what it has, ends the server at once, so that
// only its disk can tell, and compares its log with the ledger.
func (c *chaos) account() history.Account {
	c.t.Helper()
	c.tab() // if the last was killed, another one sends
	c.cutLine()
	c.repair(true) // a line that comes back ends every pause
	for _, tab := range c.tabs {
		tab.awaitSent()
	}
	c.server.kill()
	c.server.start()
	return c.ledger.account(c.owner.standing(c.t, c.of, c.owner.names(c.t, c.of)))
}

// TestChaosInTheBrowserLosesNoAnswerAndCountsNoneTwice holds what onlookers saw
// beside what the server has in the end. `make chaos` does it long.
func TestChaosInTheBrowserLosesNoAnswerAndCountsNoneTwice(t *testing.T) {
	t.Parallel()
	hosts := []string{local}
	if *chaosLong {
		hosts = append(hosts, abroad)
	}
	for _, host := range hosts {
		fault := map[string]string{local: "chaos", abroad: "chaos-http"}[host]
		t.Run(fault, func(t *testing.T) {
			answers, times := chaosSize()
			c := newChaos(t, binary, host, answers+times, *chaosSeed)
			c.work(answers, times)
			sum := c.account()
			report(t, map[string]any{"fault": fault, "cycles": times, "acked": sum.Acked, "lost": len(sum.Lost), "twice": len(sum.Twice)})
			if !sum.Good() || sum.Acked < answers {
				t.Errorf("%d acked, lost %q, twice %q", sum.Acked, sum.Lost, sum.Twice)
			}
		})
	}
}

// TestChaosIsSeen breaks the product on purpose: what it forgets and what it
// counts twice must come out.
func TestChaosIsSeen(t *testing.T) {
	t.Parallel()
	t.Run("a page that forgets", func(t *testing.T) {
		c := newChaos(t, binary, local, 40, *chaosSeed)
		c.answers(5)
		c.tabs[0].offline(true)
		c.answers(10)
		eval[bool](c.tabs[0].page, emptyOutbox)
		c.tabs[0].offline(false)
		c.answers(15)
		sum := c.account()
		report(t, map[string]any{"fault": "chaos-page-forgets", "control": true, "caught": len(sum.Lost) > 0})
		if len(sum.Lost) == 0 {
			t.Error("answers were taken from the page's outbox, and nobody misses them")
		}
	})
	if *chaosLong { // a binary is built for it
		t.Run("a server that forgets", serverForgets)
	}
}

// serverForgets is a server that stores an answer as often as it comes.
func serverForgets(t *testing.T) {
	forgetful := filepath.Join(t.TempDir(), "akhra")
	source, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if err := weak.Build(source, forgetful, weak.Forgetful); err != nil {
		t.Fatal(err)
	}
	c := newChaos(t, forgetful, local, 40, *chaosSeed)
	c.line.travel(twin, straight, twin, deaf)
	c.answers(15)
	sum := c.account()
	report(t, map[string]any{"fault": "chaos-server-forgets", "control": true, "caught": len(sum.Twice) > 0})
	if len(sum.Twice) == 0 {
		t.Error("the server stores an answer as often as it comes, and nobody sees it")
	}
}

// emptyOutbox takes every answer from the device behind the page's back.
const emptyOutbox = `new Promise((done, failed) => {
	const opened = indexedDB.open("akhra");
	opened.onsuccess = () => {
		const all = opened.result.transaction("answers", "readwrite");
		all.objectStore("answers").clear();
		all.oncomplete = () => (opened.result.close(), done(true));
		all.onerror = failed;
	};
})`

// Where the browser believes the server to be: a browser keeps pages for work
// without a line only on its own machine or over https.
const (
	local  = "127.0.0.1"
	abroad = "akhra.village.test"
)

// chaosSize is how many answers are given, and how many times they are disturbed.
func chaosSize() (answers, times int) {
	if *chaosLong {
		return 1000, 50
	}
	return 100, 12
}

// report prints what the harness of faults prints.
func report(t testing.TB, line map[string]any) {
	t.Helper()
	text, err := json.Marshal(line)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(string(text))
	if *chaosLong {
		fmt.Println(string(text))
	}
}
