package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestProgramsAreLetInAndTold: a token made on the page opens the door for a
// program, and an address added there is told, signed, of what happens.
func TestProgramsAreLetInAndTold(t *testing.T) {
	t.Parallel()
	told := make(chan string, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		told <- r.Header.Get("webhook-signature") + " " + string(body)
	}))
	defer receiver.Close()
	s := startServer(t, "serve", "--hooks-to-lan")
	owner := signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	of := owner.newProject(t, 1)
	p, axe := openBrowser(t), readAxe(t)
	p.size(viewports[0])
	p.open(s.url("/"))
	p.signIn()
	p.open(s.url("/programs"))
	p.await("the forms", `document.querySelectorAll("form").length === 2`)
	p.see(axe, "programs-empty-1366")
	fill := func(form int, text string) {
		eval[bool](p, fmt.Sprintf(`(document.querySelectorAll("form")[%d].querySelector("input.field").focus(), true)`, form))
		p.key(text)
		eval[bool](p, fmt.Sprintf(`(document.querySelectorAll("form")[%d].querySelector(".button.main").click(), true)`, form))
	}
	fill(0, "reports")
	p.await("the token", `document.querySelector(".made input")?.value.startsWith("akhra_")`)
	secret := eval[string](p, `document.querySelector(".made input").value`)
	r, err := http.NewRequest("GET", s.url("/api/projects/"+of.ID+"/export"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+secret)
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("a program is answered %v, %v", answer, err)
	}
	answer.Body.Close()
	fill(1, receiver.URL+"/in")
	p.await("the key", `[...document.querySelectorAll(".made input")].some(i => i.value.startsWith("whsec_"))`)
	p.await("the address", `document.querySelectorAll(".programs > li").length === 2`)
	eval[bool](p, `([...document.querySelectorAll(".programs button")].find(b => b.innerText === "Send a test").click(), true)`)
	want := func(what string) {
		t.Helper()
		select {
		case got := <-told:
			if !strings.HasPrefix(got, "v1,") || !strings.Contains(got, what) {
				t.Errorf("told %s, want %s", got, what)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("nobody was told %s", what)
		}
	}
	want(`"type":"test"`)
	if _, err := owner.do("POST", "/api/projects/"+of.ID+"/datasets", map[string]string{"format": "jsonl"}, nil); err != nil {
		t.Fatal(err)
	}
	want(`"kind":"dataset.exported"`)
	p.open(s.url("/programs"))
	p.await("the deliveries", `document.querySelector(".programs details")`)
	p.click(".programs details summary")
	p.see(axe, "programs-1366")
	p.size(viewports[1])
	p.see(axe, "programs-360")
	p.open(s.url("/api-guide"))
	p.await("the requests", `document.querySelectorAll(".guide details").length > 50`)
	eval[bool](p, `([...document.querySelectorAll(".guide summary")].find(s => s.innerText.includes("/datasets") && s.innerText.includes("POST")).click(), true)`)
	p.see(axe, "guide-360")
	p.size(viewports[0])
	p.see(axe, "guide-1366")
}
