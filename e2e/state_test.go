package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAProjectPausesAndIsPutAway pauses a project under somebody who works in
// it, goes on, puts it away, removes it by its typed name and brings it back.
func TestAProjectPausesAndIsPutAway(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	axe := readAxe(t)
	of := owner.newProject(t, 1)
	owner.addPictures(of, 0, 6)
	at := s.url("/projects/" + of.ID)
	press := func(wanted string, n int) {
		t.Helper()
		p.look(at, `document.querySelector("#state .acts .button")`, "en")
		p.await("the act", `document.querySelectorAll("#state .acts > *").length >= `+string(rune('0'+n)))
		eval[bool](p, `(document.querySelectorAll("#state .acts > *")[`+string(rune('0'+n-1))+`].click(), true)`)
		p.await(wanted, `document.querySelector("#state").innerText.includes("`+wanted+`")`)
	}
	remove := func() {
		press("This project is archived", 2)
		press("Type its name", 2)
		p.do(chromedp.SendKeys("#state-name", of.Name))
		p.await("that it may be removed", `!document.querySelector(".state-sure button").disabled`)
		p.see(axe, "state-sure")
		p.click(".state-sure button")
		p.await("that it is removed", `document.querySelector("#state").innerText.includes("This project is removed")`)
	}
	press("This project pauses", 1)
	each(p, func(name, language string) {
		p.look(at, `document.querySelector("#state")`, language)
		eval[bool](p, `(document.querySelector("#state").scrollIntoView(), true)`)
		p.screenshot("state-" + name)
		p.look(at+"/work", `document.querySelector(".stage-lead")`, language)
		p.see(axe, "work-paused-"+name)
	})
	p.size(viewports[0])
	press("This project is worked on", 1)
	p.openWork(s, of)
	remove()
	each(p, func(name, language string) {
		p.look(s.url("/"), `document.querySelector(".home-away")`, language)
		eval[bool](p, `(document.querySelector(".home-away").open = true)`)
		p.see(axe, "home-away-"+name)
	})
	p.size(viewports[0])
	press("This project is worked on", 1)
	p.openWork(s, of)
	remove()
	press("do not come back", 2)
	p.do(chromedp.SendKeys("#state-name", of.Name))
	p.see(axe, "state-erase")
	p.click(".state-sure button")
	p.await("that there is none", `document.querySelector(".home-empty")`)
}
