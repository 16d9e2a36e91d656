package e2e

import (
	"fmt"
	"github.com/chromedp/chromedp"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/sample"
)

// newcomer invites somebody and signs her in.
func (c *client) newcomer(t testing.TB, s *server, name, role string) *client {
	t.Helper()
	var link struct{ URL string }
	if _, err := c.do("POST", "/api/people/links", map[string]string{"name": name, "role": role}, &link); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	one := &client{base: s.url(""), http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	token := link.URL[strings.LastIndex(link.URL, "/")+1:]
	if _, err := one.do("POST", "/api/links/"+token, map[string]string{"name": name, "login": strings.ToLower(name), "password": "a long password"}, nil); err != nil {
		t.Fatal(err)
	}
	return one
}

type leased struct{ ID, Task, Item string }

// answers leases n pictures and says a class of each, its place in the list.
func (c *client) answers(t testing.TB, of project, n int, class func(item string) int) (items []string) {
	t.Helper()
	var lease struct{ Assignments []leased }
	if _, err := c.do("POST", "/api/projects/"+of.ID+"/lease", map[string]int{"n": n}, &lease); err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for _, one := range lease.Assignments {
		all = append(all, map[string]any{"id": newID(t), "assignment": one.ID, "task": one.Task, "answer": "class", "class": of.LabelSet.Classes[class(one.Item)].ID, "tookMillis": 1500})
		items = append(items, one.Item)
	}
	if _, err := c.do("POST", "/api/sync", map[string]any{"v": 1, "project": of.ID, "answers": all}, nil); err != nil {
		t.Fatal(err)
	}
	return items
}

// differ lets two people answer n pictures and disagree about some of them; the
// first is always right, and no model may be sure enough to settle that. It
// waits until all those want a second look.
func differ(t testing.TB, s *server, owner *client, of project, n, torn int) {
	t.Helper()
	rules := map[string]any{"settings": map[string]float64{"overlap": 2, "cap": 2, "stopAt": 0.999}}
	if _, err := owner.do("PATCH", "/api/projects/"+of.ID, rules, nil); err != nil {
		t.Fatal(err)
	}
	names := owner.names(t, of)
	right := func(item string) int {
		if names[item] == "" {
			names = owner.names(t, of) // it came in meanwhile
		}
		var at int
		if _, err := fmt.Sscanf(names[item], "leaf-%d.jpg", &at); err != nil {
			t.Fatalf("picture %q: %v", names[item], err)
		}
		return sample.ClassOf(1, at-1)
	}
	first := owner.newcomer(t, s, "Asha", "annotator").answers(t, of, n, right)
	bina, left := owner.newcomer(t, s, "Bina", "annotator"), torn
	for end := time.Now().Add(60 * time.Second); left > 0 && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		bina.answers(t, of, n, func(item string) int {
			if left > 0 && slices.Contains(first, item) {
				left--
				return (right(item) + 1) % len(of.LabelSet.Classes)
			}
			return right(item)
		})
	}
	for end := time.Now().Add(60 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		var list struct{ Left int }
		owner.get(t, "/api/projects/"+of.ID+"/reviews", &list)
		if list.Left >= torn {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d pictures want a second look after 60 s, want %d", list.Left, torn)
		}
	}
}

// decided is what the server knows of a picture.
type decided struct {
	Gold    string
	Decided *struct{ Class, Note string }
}

func (c *client) decided(t testing.TB, of project, item string) (d decided) {
	t.Helper()
	c.get(t, "/api/projects/"+of.ID+"/items/"+item, &d)
	return d
}

// awaitThought waits until the child has an opinion of a picture.
func (c *client) awaitThought(t testing.TB, of project, item string) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		var view struct{ Thought *struct{ Class string } }
		if c.get(t, "/api/projects/"+of.ID+"/items/"+item, &view); view.Thought != nil {
			return
		}
	}
	t.Fatal("the child never had an opinion of the picture")
}

// shownItem is the picture before the person.
func (p *page) shownItem() string {
	p.t.Helper()
	return strings.Split(eval[string](p, `new URL(document.querySelector(".stage-picture").src).pathname`), "/")[4]
}

// decide presses a class's key and waits for the next picture, or none.
func (p *page) decide(key string) {
	p.t.Helper()
	before := p.shownItem()
	p.key(key)
	p.await("the next picture", fmt.Sprintf(`document.querySelector(".stage-empty") || document.querySelector(".stage-picture") && !document.querySelector(".stage-picture").src.includes(%q)`, before))
}

// TestASecondPersonDecides walks a reviewer through her work by keys alone.
func TestASecondPersonDecides(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	differ(t, s, c, first, 40, 4)
	classes := first.LabelSet.Classes
	p.open(s.url("/projects/" + first.ID))
	p.await("the way to the reviews", `[...document.querySelectorAll("a.button")].some(a => a.href.endsWith("/review") && /\d/.test(a.textContent))`)
	p.open(s.url("/projects/" + first.ID + "/review"))
	p.await("a picture", `document.querySelector(".stage-picture")`)
	item := p.shownItem()
	c.awaitThought(t, first, item)
	if people := eval[int](p, `document.querySelectorAll(".opinions li").length`); people != 2 {
		t.Errorf("%d answers are shown, want 2", people)
	}
	if text := eval[string](p, `document.body.innerText`); strings.Contains(text, "Asha") || strings.Contains(text, "Bina") {
		t.Errorf("somebody is named: %s", text)
	}
	p.do(chromedp.Click(".act-note"))
	p.await("the note", `document.activeElement.tagName === "TEXTAREA"`)
	p.key("Six legs, 2 wings.")
	p.key("\r")
	p.await("the note to be left", `document.activeElement.tagName !== "TEXTAREA"`)
	p.key("g")
	p.await("a known answer to be asked for", `document.querySelector(".act-gold[aria-pressed=true]")`)
	p.decide("1")
	p.await("what the child thought", `document.querySelector(".strip-thumb") && document.querySelector(".strip-said").innerText.includes("child")`)
	if got := c.decided(t, first, item); got.Gold != classes[0].ID || got.Decided == nil || got.Decided.Class != classes[0].ID || got.Decided.Note != "Six legs, 2 wings." {
		t.Errorf("decided %+v as %+v", got, got.Decided)
	}
	lookAgain(t, p, c, first, item)
	p.key("s")
	decideTheRest(p)
	p.key("z")
	p.await("the last one again", `document.querySelector(".stage-picture")`)
}

// lookAgain: the picture comes back with what was decided, and another
// decision takes its place.
func lookAgain(t *testing.T, p *page, c *client, of project, item string) {
	p.key("z")
	p.await("the picture again", fmt.Sprintf(`document.querySelector(".stage-picture")?.src.includes(%q)`, item))
	p.await("its note", `document.querySelector("textarea")?.value === "Six legs, 2 wings." && document.querySelector(".act-gold[aria-pressed=true]")`)
	p.key("g")
	p.decide("2")
	want := of.LabelSet.Classes[1].ID
	if got := c.decided(t, of, item); got.Gold != "" || got.Decided == nil || got.Decided.Class != want {
		t.Errorf("decided again %+v, want class %s and no gold", got, want)
	}
}

// decideTheRest works the list off; what was skipped comes last, then nothing.
func decideTheRest(p *page) {
	p.t.Helper()
	for range 20 {
		p.await("a picture or none", `document.querySelector(".stage-picture, .stage-empty")`)
		if eval[bool](p, `Boolean(document.querySelector(".stage-empty"))`) {
			break
		}
		p.decide("1")
	}
	p.await("what was skipped", `document.querySelector(".stage-empty button")`)
	eval[bool](p, `(document.querySelector(".stage-empty button").click(), true)`)
	p.await("it again", `document.querySelector(".stage-picture")`)
	p.decide("1")
	p.await("nothing to look at", `document.querySelector(".stage-empty a") && !document.querySelector(".stage-empty button")`)
}

// TestReviewIsDrawn looks at the review page in every size, theme and language,
// before and after a decision, and when nothing is left.
func TestReviewIsDrawn(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	differ(t, s, c, first, 60, 18)
	axe, at := readAxe(t), s.url("/projects/"+first.ID+"/review")
	for _, language := range []string{"en", "hi"} {
		for _, v := range viewports {
			for _, theme := range []string{"light", "dark"} {
				p.size(v)
				p.theme(theme)
				name := fmt.Sprintf("-%s-%s-%s", v.name, theme, language)
				p.look(s.url("/projects/"+first.ID), `document.querySelector(".far-review")`, language)
				p.screenshot("project-review" + name)
				p.barriers(axe, "project-review"+name)
				p.look(at, `document.querySelector(".stage-picture")`, language)
				p.screenshot("review" + name)
				p.barriers(axe, "review"+name)
				p.do(chromedp.Click(".act-note"))
				p.await("the note", `document.querySelector("textarea:focus")`)
				p.key("Six legs.\r")
				p.await("the note to be kept", `!document.querySelector("textarea:focus")`)
				p.key("g")
				p.decide("1")
				p.await("the strip", `document.querySelector(".strip-thumb")?.complete`)
				p.screenshot("review-after" + name)
				p.barriers(axe, "review-after"+name)
			}
		}
	}
	for range 30 {
		if eval[bool](p, `Boolean(document.querySelector(".stage-empty"))`) {
			break
		}
		p.decide("1")
	}
	for _, v := range viewports {
		p.size(v)
		p.look(at, `document.querySelector(".stage-empty")`, "en")
		p.screenshot("review-empty-" + v.name)
		p.barriers(axe, "review-empty-"+v.name)
	}
	goldIsDrawn(t, s, p, c, first, axe)
}

// goldIsDrawn looks at the pages where known answers are set and found.
func goldIsDrawn(t *testing.T, s *server, p *page, c *client, of project, axe string) {
	item := c.firstItem(t, of)
	for _, v := range viewports {
		p.size(v)
		p.look(s.url("/projects/"+of.ID+"/pictures/"+item), `document.querySelector(".known button")`, "en")
		eval[bool](p, `(document.querySelector(".known button").click(), true)`)
		p.await("the known answer to change", `document.querySelector(".known button[aria-pressed]")`)
		time.Sleep(300 * time.Millisecond)
		p.screenshot("item-known-" + v.name)
		p.barriers(axe, "item-known-"+v.name)
		p.look(s.url("/projects/"+of.ID+"/pictures"), `document.querySelector("main img")?.complete`, "en")
		p.screenshot("pictures-known-" + v.name)
		p.barriers(axe, "pictures-known-"+v.name)
		p.look(s.url("/projects/"+of.ID), `document.querySelector("#rules")`, "en")
		p.screenshot("project-known-" + v.name)
	}
}

// TestAReviewerIsInvitedFromThePage: the people page makes a link for a
// reviewer, who may decide and not set what is known.
func TestAReviewerIsInvitedFromThePage(t *testing.T) {
	t.Parallel()
	s, p, c, first := openDemo(t)
	p.look(s.url("/people"), `document.querySelector(".roles")`, "en")
	eval[bool](p, `(document.querySelector(".people-add input").focus(), true)`)
	p.key("Sunita")
	eval[bool](p, `(document.querySelector("input[value=reviewer]").click(), true)`)
	p.await("the role to be chosen", `document.querySelector("input[value=reviewer]").checked`)
	time.Sleep(100 * time.Millisecond)
	eval[bool](p, `(document.querySelector(".people-add button.main").click(), true)`)
	p.await("the link", `document.querySelector(".made-row input")?.value.includes("/link/")`)
	link := eval[string](p, `document.querySelector(".made-row input").value`)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	sunita := &client{base: s.url(""), http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	var me struct {
		User struct{ Role akhra.Role }
		May  []string
	}
	entry := map[string]string{"name": "Sunita", "login": "sunita", "password": "a long password"}
	if _, err := sunita.do("POST", "/api/links/"+link[strings.LastIndex(link, "/")+1:], entry, &me); err != nil {
		t.Fatal(err)
	}
	if me.User.Role != akhra.Reviewer || !slices.Contains(me.May, string(akhra.ActReview)) || slices.Contains(me.May, string(akhra.ActSetGold)) {
		t.Errorf("who opened the link is %s and may %v", me.User.Role, me.May)
	}
	sunita.get(t, "/api/projects/"+first.ID+"/reviews", nil)
	item := c.someItem(t, first)
	if status, _ := sunita.do("DELETE", "/api/projects/"+first.ID+"/items/"+item+"/gold", nil, nil); status != http.StatusForbidden {
		t.Errorf("a reviewer takes a known answer away: %d", status)
	}
}

// someItem is any picture of a project.
func (c *client) someItem(t testing.TB, of project) string {
	t.Helper()
	for id := range c.names(t, of) {
		return id
	}
	t.Fatal("the project has no pictures")
	return ""
}
