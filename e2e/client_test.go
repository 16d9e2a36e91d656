package e2e

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"akhra.dev/akhra"
)

// client speaks to a server as a browser would, with its cookie.
type client struct {
	base string
	http *http.Client
}

// signIn opens the server's one-time link and returns the signed-in client.
func signIn(t testing.TB, s *server, body any) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{base: s.url(""), http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	if s.link == "" {
		t.Fatal("the server printed no one-time link")
	}
	token := s.link[strings.LastIndex(s.link, "/")+1:]
	if status, err := c.do("POST", "/api/links/"+token, body, nil); err != nil || status != http.StatusOK {
		t.Fatalf("open the one-time link: %d %v", status, err)
	}
	return c
}

// do sends a JSON request and decodes a JSON answer of a 2xx status into out.
func (c *client) do(method, path string, body, out any) (int, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	return c.send(method, path, "application/json", bytes.NewReader(text), out)
}

func (c *client) send(method, path, kind string, body io.Reader, out any) (int, error) {
	if method == "GET" {
		body = nil
	}
	request, err := http.NewRequest(method, c.base+path, body)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", kind)
	answer, err := c.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return answer.StatusCode, err
	}
	if answer.StatusCode >= 300 {
		return answer.StatusCode, fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, text)
	}
	if out == nil || len(text) == 0 {
		return answer.StatusCode, nil
	}
	return answer.StatusCode, json.Unmarshal(text, out)
}

// get reads a JSON answer or ends the test.
func (c *client) get(t testing.TB, path string, out any) {
	t.Helper()
	if _, err := c.do("GET", path, nil, out); err != nil {
		t.Fatal(err)
	}
}

func newID(t testing.TB) string {
	t.Helper()
	id, err := akhra.NewID(time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// project is what the tests read of a project.
type project struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	LabelSet struct {
		Classes []struct {
			ID    string            `json:"id"`
			Name  string            `json:"name"`
			Names map[string]string `json:"names,omitempty"`
		} `json:"classes"`
	} `json:"labelSet"`
	Counts struct {
		Items   int `json:"items"`
		Answers int `json:"answers"`
		Done    int `json:"done"`
	} `json:"counts"`
}

func (c *client) firstProject(t testing.TB) project {
	t.Helper()
	var list struct{ Projects []project }
	c.get(t, "/api/projects", &list)
	if len(list.Projects) == 0 {
		t.Fatal("the server has no project")
	}
	var p project
	c.get(t, "/api/projects/"+list.Projects[0].ID, &p)
	return p
}

// client speaks to the server with the browser's session.
func (p *page) client(s *server) *client {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	base, err := url.Parse(s.url(""))
	if err != nil {
		p.t.Fatal(err)
	}
	kept, err := chromedp.Call(p.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, one := range kept.Cookies {
		jar.SetCookies(base, []*http.Cookie{{Name: one.Name, Value: one.Value, Path: "/"}})
	}
	return &client{base: s.url(""), http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

func (c *client) firstItem(t testing.TB, p project) string {
	t.Helper()
	var list struct {
		Items []struct {
			ID      string `json:"id"`
			Answers int    `json:"answers"`
		} `json:"items"`
	}
	c.get(t, "/api/projects/"+p.ID+"/items?limit=100", &list)
	for _, one := range list.Items {
		if one.Answers > 0 {
			return one.ID
		}
	}
	t.Fatal("nobody answered anything yet")
	return ""
}

// awaitVectors waits until every picture of a project is drawn, cut and
// embedded: the server then rests, as it does when it is another machine.
func (c *client) awaitVectors(t testing.TB, project string) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		var list struct {
			Jobs []struct{ Kind, State string }
		}
		c.get(t, "/api/projects/"+project+"/jobs", &list)
		busy := false
		for _, j := range list.Jobs {
			busy = busy || j.State == "waiting" || j.State == "running"
		}
		if before := c.firstProject(t).Counts.Items; !busy && len(list.Jobs) > 0 {
			if time.Sleep(3 * time.Second); c.firstProject(t).Counts.Items == before {
				return
			}
		}
	}
	t.Fatal("the pictures never came to rest")
}
