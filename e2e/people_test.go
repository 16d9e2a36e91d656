package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestASharedDeviceIsUsedByOneAfterTheOther goes the way of a centre: whoever
// owns it enrols a PC on the people page, an annotator chooses her PIN under
// her account, and from then on taps her name there, types six digits and
// works; whoever leaves is out.
func TestASharedDeviceIsUsedByOneAfterTheOther(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	p, axe := openBrowser(t), readAxe(t)
	owner := signIn(t, s, map[string]string{"name": "Asha Oraon", "login": "asha", "password": "a long password"})
	of := owner.manyClasses(t)
	owner.addPictures(of, 0, 12)
	owner.inviteAs(t, s, "Binita Kumari", "annotator")
	owner.inviteAs(t, s, "Sunita Devi", "reviewer")
	owner.inviteAs(t, s, "Client of the farm", "client")
	removed := owner.inviteAs(t, s, "Gone Person", "annotator")
	var gone struct{ User struct{ ID string } }
	removed.get(t, "/api/me", &gone)
	if _, err := owner.do("DELETE", "/api/people/"+gone.User.ID, nil, nil); err != nil {
		t.Fatal(err)
	}

	p.size(viewports[0])
	p.open(s.url("/"))
	p.signIn()
	p.open(s.url("/people"))
	p.await("everybody", `document.querySelectorAll(".persons > li").length === 4`)
	p.do(chromedp.Click(".devices > p > .button"))
	p.do(chromedp.SendKeys(".device input.field", "PC by the window"))
	p.do(chromedp.Click(".device form .button, form.device .button"))
	p.await("the device", `document.querySelector("div.device .button")`)
	p.do(chromedp.Click("div.device .button"))
	p.await("its link", `document.querySelector(".device .made input")?.value.includes("/link/")`)
	each(p, func(name, language string) {
		p.look(s.url("/people"), `document.querySelector("div.device")`, language)
		eval[bool](p, `(document.querySelectorAll(".person-open").forEach((d, i) => { d.open = i === 2 }), true)`)
		p.see(axe, "people-centre-"+name)
		p.look(s.url("/me"), `document.querySelector(".sessions li")`, language)
		p.see(axe, "account-"+name)
	})
	link := owner.deviceLink(t)

	p.size(viewports[0])
	p.as(s, "binita")
	p.open(s.url("/me"))
	p.await("her PIN's field", `document.querySelector("input[type=password]")`)
	p.do(chromedp.SendKeys("input[type=password]", "902174"))
	p.do(chromedp.Click(".account form .button"))
	p.await("her PIN", `document.querySelector(".good")?.innerText`)

	p.forget(network.ClearBrowserCookies)
	p.open(link)
	p.await("the device's link", `document.querySelector(".gate .button.main")`)
	p.do(chromedp.Click(".gate .button.main"))
	p.await("the faces", `document.querySelectorAll(".faces li").length === 2`)
	each(p, func(name, language string) {
		p.look(s.url("/"), `document.querySelector(".faces .button")`, language)
		p.see(axe, "faces-"+name)
		p.do(chromedp.Click(".faces .button"))
		p.await("the digits", `document.querySelector(".pin-keys")`)
		p.see(axe, "pin-"+name)
	})
	p.size(viewports[0])
	p.look(s.url("/"), `document.querySelector(".faces .button")`, "en")
	p.do(chromedp.Click(".faces .button"))
	p.await("the digits", `document.querySelector(".pin-keys")`)
	p.key("111222")
	p.await("a refusal", `document.querySelector(".gate-problem")?.innerText && !document.querySelector(".pin-dots .on")`)
	p.key("902174")
	p.await("her projects", `document.querySelector(".card")`)
	p.open(s.url("/people"))
	p.await("that a PIN does not lead here", `document.querySelector(".hold[role=alert]")`)
	p.open(s.url("/projects/" + of.ID + "/work"))
	p.await("her work", `document.querySelector(".stage-picture")`)
	p.open(s.url("/"))
	p.do(chromedp.Click(".menu summary"))
	p.do(chromedp.Click(".menu-sheet > button:last-of-type"))
	p.await("the faces again", `document.querySelector(".faces")`)
}

// as signs the page in as somebody with the password of the tests.
func (p *page) as(s *server, login string) {
	p.t.Helper()
	p.forget(network.ClearBrowserCookies)
	p.open(s.url("/"))
	p.await("the sign-in page", `document.querySelector("input[type=password]")`)
	eval[bool](p, fmt.Sprintf(`fetch("/api/session", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({login: %q, password: "a long password"})}).then((r) => r.ok)`, login))
}

// deviceLink makes a link for the first shared device.
func (c *client) deviceLink(t testing.TB) string {
	t.Helper()
	var all struct{ Devices []struct{ ID string } }
	c.get(t, "/api/devices", &all)
	var link struct{ URL string }
	if _, err := c.do("POST", "/api/devices/"+all.Devices[0].ID+"/links", map[string]string{}, &link); err != nil {
		t.Fatal(err)
	}
	return link.URL
}
