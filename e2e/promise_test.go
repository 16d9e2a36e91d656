package e2e

import (
	"testing"
)

// TestAPromiseIsChosenProvedAndTakenAway: a hopeless promise is warned of, the
// price is told before it is
// chosen; when the last picture is answered the page says that it is certified,
// and the certificate lies with the data.
func TestAPromiseIsChosenProvedAndTakenAway(t *testing.T) {
	t.Parallel()
	s, p, c := openServe(t)
	first := c.newProject(t, 1)
	c.addPictures(first, 0, 40)
	p.open(s.url("/projects/" + first.ID))
	p.await("a warning that so few pictures prove no 95 of 100", `/It cannot be proved/.test(document.querySelector("#promise")?.textContent)`)
	p.screenshot("promise-price")
	eval[bool](p, `(document.querySelector("#promise select").value = "80", true)`)
	eval[bool](p, `document.querySelector("#promise select").dispatchEvent(new Event("change", { bubbles: true }))`)
	p.await("the price of 80 of 100", `/drawn at random and get 1 answer each/.test(document.querySelector("#promise").textContent)`)
	p.click("#promise button")
	p.await("the promise", `/At most 20 wrong of 100, sure 95 times of 100/.test(document.querySelector("#promise").textContent)`)
	p.await("the draw", `/were drawn at random/.test(document.querySelector("#promise").textContent)`)
	p.screenshot("promise-open")
	p.await("the draw of all", `/19 of 40|20 of 40/.test(document.querySelector("#promise").textContent)`)
	for len(c.answers(t, first, 50, func(string) int { return 0 })) > 0 {
	}
	p.await("the certificate", `/Certified/.test(document.querySelector("#promise").textContent)`)
	p.await("the figure", `/at most 20 wrong of 100, sure 95 times of 100/.test(document.querySelector(".figures").textContent)`)
	p.await("the certificate with the data", `document.querySelector('#export a[href$="certificate"]')`)
	p.screenshot("promise-kept")
	p.size(viewports[1])
	p.screenshot("promise-kept-360")
}
