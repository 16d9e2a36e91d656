package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestABatchOfChosenPicturesIsRaisedAndAskedNext: a manager chooses pictures,
// puts them into a new batch, takes it back, puts them there again, raises the
// batch on the overview, and its pictures come next on the work page.
func TestABatchOfChosenPicturesIsRaisedAndAskedNext(t *testing.T) {
	t.Parallel()
	s, p, c := openServe(t)
	first := c.leafProject(t, "Insects of the sal forest", 40)
	at := "/projects/" + first.ID
	if _, err := c.do("PATCH", "/api"+at, map[string]any{"settings": map[string]any{"explore": 0, "goldShare": 0}}, nil); err != nil {
		t.Fatal(err)
	}
	axe := readAxe(t)
	each(p, func(name, language string) {
		p.look(s.url(at), `document.querySelector(".batch-make")`, language)
		eval[bool](p, `(document.querySelector("#batches").scrollIntoView({ block: "center" }), true)`)
		p.see(axe, "batches-none-"+name)
	})
	p.size(viewports[0])
	p.look(s.url(at+"/pictures"), `document.querySelectorAll("[data-item]").length > 20`, "en")
	p.key("c")
	p.await("the bar of the chosen", `document.querySelector(".chosen-bar")`)
	chosen := eval[[]string](p, `[30, 33, 36].map(n => { const one = document.querySelectorAll("[data-item]")[n]; one.click(); return one.dataset.item })`)
	put := func(hint string) {
		p.await("three to be chosen", `document.querySelector(".chosen-bar b").innerText === "3"`)
		eval[bool](p, `([...document.querySelectorAll(".chosen-acts .button")].find(b => b.innerText.includes("Set batch")).click(), true)`)
		p.await("the name", `document.querySelector(".batch-set input")`)
		eval[bool](p, `(document.querySelector(".batch-set input").focus(), document.execCommand("insertText", false, "April"))`)
		p.await("what is said of it", fmt.Sprintf(`document.querySelector(".batch-set .hint").innerText.includes(%q)`, hint))
		p.key("\r")
		p.await("them to be there", `document.querySelector(".browse-done")?.innerText.includes("3 are in the batch April now")`)
	}
	put("will be a new batch")
	p.click(".browse-done .link")
	p.await("it to be taken back", `document.querySelector(".browse-done")?.innerText.includes("3 are as they were")`)
	p.key("c")
	p.await("the bar of the chosen", `document.querySelector(".chosen-bar")`)
	for _, item := range chosen {
		p.click(fmt.Sprintf(`[data-item=%q]`, item))
	}
	put("0 pictures are in it")
	p.await("the batch among the filters", `document.querySelector(".filters-long")?.innerText.includes("April")`)
	p.click(".filters-long input")
	p.await("its pictures only", `document.querySelector(".browse-head h1").innerText === "3 of 40 pictures" && document.querySelectorAll("[data-item]").length === 3`)

	p.look(s.url(at), `document.querySelector(".batches")?.innerText.includes("0 of 3 settled")`, "en")
	eval[bool](p, `(() => { const f = document.querySelector(".batches select"); f.value = "high"; return f.dispatchEvent(new Event("change", { bubbles: true })); })()`)
	p.await("it to be stored", `document.querySelector("#batches [role=status]").innerText === "Saved."`)
	c.awaitNext(t, first, chosen)
	p.look(s.url(at+"/work"), `document.querySelector(".stage-picture")?.complete`, "en")
	var asked []string
	for range chosen {
		asked = append(asked, eval[string](p, `document.querySelector(".stage-picture").src.split("/").at(-2)`))
		p.key("1")
		p.await("another picture", fmt.Sprintf(`document.querySelector(".stage-picture") && !document.querySelector(".stage-picture").src.includes(%q)`, asked[len(asked)-1]))
	}
	slices.Sort(asked)
	slices.Sort(chosen)
	if !slices.Equal(asked, chosen) {
		t.Errorf("asked first are %v, the batch has %v", asked, chosen)
	}
	p.seeBatches(s, axe, at, chosen[0])
}

// awaitNext waits until the pictures that are told to be asked next are of these.
func (c *client) awaitNext(t testing.TB, of project, items []string) {
	t.Helper()
	var list struct{ Next []struct{ Item string } }
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		c.get(t, "/api/projects/"+of.ID+"/progress", &list)
		if len(list.Next) > 0 && !slices.ContainsFunc(list.Next, func(n struct{ Item string }) bool { return !slices.Contains(items, n.Item) }) {
			return
		}
	}
	t.Fatalf("next are %+v, want some of %v", list.Next, items)
}

// seeBatches looks at the pages that know of batches.
func (p *page) seeBatches(s *server, axe, at, item string) {
	p.t.Helper()
	each(p, func(name, language string) {
		p.look(s.url(at), `document.querySelector(".batches")`, language)
		eval[bool](p, `(document.querySelector(".batches").scrollIntoView({ block: "center" }), true)`)
		p.see(axe, "batches-"+name)
		p.look(s.url(at+"/pictures"), `document.querySelectorAll("[data-item] img").length > 3 && document.querySelector("[data-item] img").complete`, language)
		p.key("c")
		p.await("the bar of the chosen", `document.querySelector(".chosen-bar")`)
		p.see(axe, "batch-choosing-"+name)
		p.click("[data-item]")
		p.await("one to be chosen", `!document.querySelector(".chosen-acts .button").disabled`)
		p.click(".chosen-acts .button")
		p.await("the name", `document.querySelector(".batch-set input")`)
		p.see(axe, "batch-set-"+name)
		p.look(s.url(at+"/pictures/"+item), `document.querySelector(".one-mat img")?.complete && document.querySelector(".one-state a")`, language)
		p.see(axe, "batch-item-"+name)
	})
}
