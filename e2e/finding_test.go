package e2e

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"akhra.dev/akhra/sample"
)

// awaitLike waits until a picture of a project can be compared with n others.
func (c *client) awaitLike(t testing.TB, of project, n int) {
	t.Helper()
	var list struct{ Items []struct{} }
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		if c.get(t, "/api/projects/"+of.ID+"/items/"+c.someItem(t, of)+"/similar", &list); len(list.Items) >= n {
			return
		}
	}
	t.Fatalf("a picture is like %d others after 2 minutes, want %d", len(list.Items), n)
}

// TestPicturesLikeOneAreFound looks for pictures like one by keys from the
// grid, by touch from the picture's page, and looks at what is found.
func TestPicturesLikeOneAreFound(t *testing.T) {
	t.Parallel()
	s, p, c := openServe(t)
	first := c.leafProject(t, "Insects of the sal forest", 40)
	c.awaitLike(t, first, 39)
	p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelectorAll("[data-item]").length > 20`, "en")
	eval[bool](p, `(document.querySelectorAll("[data-item]")[2].focus(), true)`)
	item := eval[string](p, `document.activeElement.dataset.item`)
	p.key("l")
	p.await("pictures like it", fmt.Sprintf(`document.querySelector(".chip img")?.src.includes(%q) && document.activeElement.dataset.item`, item))
	if eval[bool](p, fmt.Sprintf(`Boolean(document.querySelector('[data-item=%q]'))`, item)) {
		t.Error("a picture is found as like itself")
	}
	p.key("\x1b")
	p.await("all pictures, and the same place", fmt.Sprintf(`!document.querySelector(".chip") && document.activeElement.dataset.item === %q`, item))
	axe := readAxe(t)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelector("[data-item] img")?.complete`, language)
		p.see(axe, "pictures-all-"+name)
		p.look(s.url("/projects/"+first.ID+"/pictures/"+item), `document.querySelector("[aria-keyshortcuts=L]") && document.querySelector(".one-mat img")?.complete`, language)
		p.see(axe, "item-find-"+name)
		p.click("[aria-keyshortcuts=L]")
		p.await("pictures like it", `document.querySelector(".chip img")?.complete && document.querySelector("[data-item] img")?.complete`)
		p.see(axe, "pictures-like-"+name)
	})
}

// TestWhatMayBeWrongIsSentToTheSecondLook: somebody says another class of a
// few pictures; the child finds them, one key and one tap send two of them to
// the reviewer.
func TestWhatMayBeWrongIsSentToTheSecondLook(t *testing.T) {
	t.Parallel()
	s, p, c := openServe(t)
	first := c.leafProject(t, "Insects of the sal forest", 100)
	if _, err := c.do("PATCH", "/api/projects/"+first.ID, map[string]any{"settings": map[string]int{"overlap": 1, "cap": 1}}, nil); err != nil {
		t.Fatal(err)
	}
	c.awaitLike(t, first, 60)
	c.invite(t, s, "Birsa Oraon").answerAll(t, first, c.names(t, first), 100, func(n, class int) int {
		if n%12 == 11 {
			return (class + 1) % len(first.LabelSet.Classes)
		}
		return class
	})
	c.awaitSuspects(t, first, 4)
	p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelectorAll("[data-item]").length > 20`, "en")
	p.key("w")
	p.await("what may be wrong", `document.querySelector(".grid-ask") && document.activeElement.dataset.item`)
	p.key("r")
	p.await("one to be sent, and the next in hand", `document.querySelectorAll("p.grid-ask").length === 1 && document.activeElement === document.querySelectorAll("[data-item]")[1]`)
	p.click("button.grid-ask")
	p.await("a second to be sent", `document.querySelectorAll("p.grid-ask").length === 2`)
	var list struct{ Tasks []struct{ Asked bool } }
	c.get(t, "/api/projects/"+first.ID+"/reviews", &list)
	if len(list.Tasks) < 2 || !list.Tasks[0].Asked || !list.Tasks[1].Asked {
		t.Errorf("the second look holds %+v, want the two that were sent first", list.Tasks)
	}
	axe := readAxe(t)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelector("[aria-keyshortcuts=W]") && document.querySelector("[data-item] img")?.complete`, language)
		p.click("[aria-keyshortcuts=W]")
		p.await("what may be wrong", `document.querySelector(".grid-ask") && document.querySelector("[data-item] img")?.complete`)
		p.see(axe, "pictures-wrong-"+name)
	})
}

// awaitSuspects waits until so many settled pictures may be wrong.
func (c *client) awaitSuspects(t testing.TB, of project, least int) {
	t.Helper()
	var list struct{ Left int }
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		if c.get(t, "/api/projects/"+of.ID+"/suspects", &list); list.Left >= least {
			return
		}
	}
	t.Fatalf("%d pictures may be wrong after 2 minutes, want %d", list.Left, least)
}

// TestNearlyTheSameIsShownTogether: pictures that came twice, in other bytes,
// stand in groups; arrows lead from group to group.
func TestNearlyTheSameIsShownTogether(t *testing.T) {
	t.Parallel()
	s, p, c := openServe(t)
	first := c.leafProject(t, "Insects of the sal forest", 40)
	if _, err := c.do("PATCH", "/api/projects/"+first.ID, map[string]any{"settings": map[string]int{"overlap": 1, "cap": 1}}, nil); err != nil {
		t.Fatal(err)
	}
	for n := range 8 {
		picture := sample.Draw(leafSeed, n)
		for quality := 70; quality > 66-n/4*4; quality -= 4 {
			var body bytes.Buffer
			if err := jpeg.Encode(&body, picture.RGBA, &jpeg.Options{Quality: quality}); err != nil {
				t.Fatal(err)
			}
			if _, err := c.send("POST", "/api/projects/"+first.ID+"/pictures?name="+picture.Name, "image/jpeg", &body, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.awaitLike(t, first, 51)
	c.invite(t, s, "Birsa Oraon").answerAll(t, first, c.names(t, first), 52, func(n, class int) int {
		if n%3 == 2 {
			return (class + 1) % len(first.LabelSet.Classes)
		}
		return class
	})
	p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelectorAll("[data-item]").length > 20`, "en")
	p.key("d")
	p.await("the groups", `document.querySelectorAll(".grid-head").length >= 6 && document.activeElement === document.querySelectorAll("[data-item]")[0]`)
	p.key(kb.ArrowDown)
	p.await("the next group in hand", `document.activeElement.closest("li").previousElementSibling.matches(".grid-head") && document.activeElement !== document.querySelectorAll("[data-item]")[0]`)
	group := eval[string](p, `document.activeElement.dataset.item`)
	p.key("\x1b")
	p.await("all pictures, and the same one in hand", fmt.Sprintf(`!document.querySelector(".grid-head") && document.activeElement.dataset.item === %q`, group))
	axe := readAxe(t)
	each(p, func(name, language string) {
		p.look(s.url("/projects/"+first.ID+"/pictures"), `document.querySelector("[aria-keyshortcuts=D]") && document.querySelector("[data-item] img")?.complete`, language)
		p.click("[aria-keyshortcuts=D]")
		p.await("the groups", `document.querySelector(".grid-head") && document.querySelector("[data-item] img")?.complete`)
		p.see(axe, "pictures-same-"+name)
	})
}
