package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const guideline = `# What to look at
Look at **both sides** of the leaf.

- A hole with a brown rim is a bite.
- A hole in a pale patch is rot, [as told here](https://a.example/rot).
1. Not sure? Say so.
<img src=x onerror="document.title='owned'">`

// TestAGuidelineIsWrittenAndReadOneKeyAway goes the way of a guideline: whoever
// leads writes it and sees beside it what people will see, an annotator is told
// of it once and has it one key away, and nothing in it is ever HTML.
func TestAGuidelineIsWrittenAndReadOneKeyAway(t *testing.T) {
	t.Parallel()
	s, p, owner := openServe(t)
	axe := readAxe(t)
	of := owner.newProject(t, 1)
	owner.addPictures(of, 0, 12)
	owner.inviteAs(t, s, "Binita Kumari", "annotator")
	item := owner.someItem(t, of)
	p.open(s.url("/projects/" + of.ID))
	p.await("the guideline's place", `document.querySelector("#guideline .button")`)
	p.click("#guideline .button")
	p.await("the field", `document.querySelector("#guideline-text")`)
	p.do(chromedp.SendKeys("#guideline-text", guideline+"\n\n![a leaf](item:"+item+")"))
	p.await("how it will look", `document.querySelector(".guideline-seen ol li") && document.querySelector(".guideline-seen img")?.complete`)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+of.ID), `document.querySelector("#guideline .button")`, language)
		p.click("#guideline .button")
		p.await("the field", `document.querySelector("#guideline-text")`)
		p.do(chromedp.SendKeys("#guideline-text", guideline+"\n\n![a leaf](item:"+item+")"))
		eval[bool](p, `(document.querySelector("#guideline").scrollIntoView(), true)`)
		p.await("its picture", `document.querySelector(".guideline-seen img")?.complete`)
		p.screenshot("guideline-edit-" + name)
		eval[bool](p, `(scrollTo(0, 0), true)`)
		p.barriers(axe, "guideline-edit-"+name)
	})
	p.click("#guideline .acts .button")
	p.await("that it is saved", `document.querySelector("#guideline .markdown h3")?.innerText && !document.querySelector("#guideline-text")`)

	p.as(s, "binita")
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-picture") && document.querySelector(".work-line[role=status]")`, language)
		p.see(axe, "guideline-told-"+name)
	})
	p.key("?")
	p.await("the guideline", `document.querySelector("dialog[open] .markdown img")?.complete`)
	p.see(axe, "guideline-read")
	link := eval[string](p, `(({rel, href}) => rel + " " + href)(document.querySelector("dialog .markdown a"))`)
	if link != "noopener noreferrer nofollow https://a.example/rot" {
		t.Errorf("its link is %q", link)
	}
	if eval[string](p, `document.title`) == "owned" || eval[int](p, `document.querySelectorAll("img[src=x]").length`) > 0 {
		t.Error("the guideline became a part of the page")
	}
	p.await("that the server knows", `fetch("/api/projects/`+of.ID+`").then((r) => r.json()).then((v) => !v.guideline.news)`)
	p.look(s.url("/projects/"+of.ID+"/work"), `document.querySelector(".stage-picture")`, "en")
	if eval[bool](p, `Boolean(document.querySelector(".work-line[role=status]"))`) {
		t.Error("she is told again of what she has read")
	}
	p.look(s.url("/projects/"+of.ID), `document.querySelector("#guideline .markdown")`, "en")
	if eval[bool](p, `Boolean(document.querySelector("#guideline .button"))`) {
		t.Error("an annotator may change the guideline")
	}
}
