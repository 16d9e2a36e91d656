package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/project"
)

// client asks the server that holds a data folder, over its socket or, for the
// load test, over the network.
type client struct {
	http   *http.Client
	base   string
	cookie string // of a session, empty over the socket
}

// enter reaches a data folder: through the server that holds it, else by
// opening it. leave must be called at the end.
func enter(ctx context.Context, dir string, c *console) (cl *client, leave func() error, err error) {
	return enterHouse(ctx, c, houseOptions{dir: dir, log: c.err})
}

// enterHouse opens the folder as it is told to where no server holds it.
func enterHouse(ctx context.Context, c *console, o houseOptions) (cl *client, leave func() error, err error) {
	cl = socketClient(o.dir)
	if cl.alive(ctx) {
		return cl, func() error { return nil }, nil
	}
	tuneMemory()
	h, err := openHouse(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	return clientBy(h.own.dial), h.close, nil
}

func socketClient(dir string) *client {
	var d net.Dialer
	return clientBy(func(ctx context.Context, _, _ string) (net.Conn, error) {
		return d.DialContext(ctx, "unix", socketPath(dir))
	})
}

// clientBy asks over connections made by dial.
func clientBy(dial func(ctx context.Context, network, address string) (net.Conn, error)) *client {
	transport := &http.Transport{MaxIdleConnsPerHost: 8, DialContext: dial}
	return &client{http: &http.Client{Transport: transport}, base: "http://akhra"}
}

func (c *client) alive(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	body, err := c.send(ctx, "GET", "/livez", "", nil)
	if err != nil {
		return false
	}
	return body.Close() == nil
}

// ask sends in as JSON and reads the answer into out; both may be nil.
func (c *client) ask(ctx context.Context, method, path string, in, out any) error {
	var text io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("write a request: %w", err)
		}
		text = bytes.NewReader(encoded)
	}
	body, err := c.send(ctx, method, path, "application/json", text)
	if err != nil {
		return err
	}
	defer body.Close()
	if out == nil {
		_, err = io.Copy(io.Discard, body)
		return err
	}
	if err := json.NewDecoder(body).Decode(out); err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	return nil
}

// send asks and returns the body of a good answer; a refusal becomes the error
// that the server meant.
func (c *client) send(ctx context.Context, method, path, kind string, in io.Reader) (io.ReadCloser, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, in)
	if err != nil {
		return nil, fmt.Errorf("make a request: %w", err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask the server: %w", err)
	}
	if answer.StatusCode < 300 {
		return answer.Body, nil
	}
	defer answer.Body.Close()
	var p door.Problem
	if err := json.NewDecoder(answer.Body).Decode(&p); err != nil || p.Title == "" {
		return nil, fmt.Errorf("the server answered %s", answer.Status)
	}
	return nil, &akhra.Error{Code: p.Type, Message: p.Title}
}

// projectNamed finds a project by name or id; by the name of a family one of it.
func (c *client) projectNamed(ctx context.Context, name string) (project.ProjectCard, error) {
	var all project.ProjectList
	if err := c.ask(ctx, "GET", "/api/projects", nil, &all); err != nil {
		return project.ProjectCard{}, err
	}
	for _, p := range all.Projects {
		if p.Name == name || string(p.ID) == name {
			return p, nil
		}
	}
	for _, p := range all.Projects {
		if p.Family == name {
			return p, nil
		}
	}
	return project.ProjectCard{}, akhra.Errorf(akhra.NotFound, "There is no project called %q here.", name)
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*akhra.Error](err)
	return ok && e.Code == akhra.NotFound
}

// readdress puts another scheme and host before the path of a link.
func readdress(link, base string) string {
	_, path, found := strings.Cut(link, "/link/")
	if !found {
		return link
	}
	return strings.TrimSuffix(base, "/") + "/link/" + path
}

// signIn opens a session and returns its cookie.
func (c *client) signIn(ctx context.Context, login, password string) (cookie string, err error) {
	return c.enterBy(ctx, "/api/session", map[string]string{"login": login, "password": password})
}

// enterBy asks what answers with a session and returns its cookie.
func (c *client) enterBy(ctx context.Context, path string, in any) (cookie string, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("write a request: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, "POST", c.base+path, bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("make a request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(r)
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || len(answer.Cookies()) == 0 {
		return "", akhra.Errorf(akhra.Unauthorized, "Signing in was refused.")
	}
	one := answer.Cookies()[0]
	return one.Name + "=" + one.Value, nil
}
