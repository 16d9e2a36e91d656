// Package client asks a running server what programs may ask of it: over the
// socket of its data folder, over connections within one process, or over the
// network with the cookie of a session. What the server refuses comes back as
// the error that the server meant.
//
//	c := client.Dial(dial)
//	p, err := c.ProjectNamed(ctx, "Leaves")
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/project"
)

// Client asks one server.
type Client struct {
	http   *http.Client
	base   string
	cookie string // of a session, empty over the socket
}

// Dial asks over connections made by dial, which lead to one server whatever
// is dialled.
func Dial(dial func(ctx context.Context, network, address string) (net.Conn, error)) *Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 8, DialContext: dial}
	return &Client{http: &http.Client{Transport: transport}, base: "http://akhra"}
}

// At asks the server at a URL; most of it only after SignIn.
func At(url string) *Client { return &Client{http: &http.Client{}, base: url} }

// Alive tells whether a server answers within two seconds.
func (c *Client) Alive(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	body, err := c.Send(ctx, "GET", "/livez", "", nil)
	if err != nil {
		return false
	}
	return body.Close() == nil
}

// Ask sends in as JSON and reads the answer into out; both may be nil.
func (c *Client) Ask(ctx context.Context, method, path string, in, out any) error {
	var text io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("write a request: %w", err)
		}
		text = bytes.NewReader(encoded)
	}
	body, err := c.Send(ctx, method, path, "application/json", text)
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

// Send asks and returns the body of a good answer, to be closed; a refusal
// becomes the error that the server meant. No kind sends no content type.
func (c *Client) Send(ctx context.Context, method, path, kind string, in io.Reader) (io.ReadCloser, error) {
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

// ProjectNamed finds a project by name or id; by the name of a family one of
// it. There may be none: not_found.
func (c *Client) ProjectNamed(ctx context.Context, name string) (project.ProjectCard, error) {
	var all project.ProjectList
	if err := c.Ask(ctx, "GET", "/api/projects", nil, &all); err != nil {
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
