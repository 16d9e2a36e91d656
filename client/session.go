package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
)

// SignIn opens a session, asks by it from now on and returns its cookie.
func (c *Client) SignIn(ctx context.Context, login, password string) (cookie string, err error) {
	if cookie, err = c.Enter(ctx, "/api/session", map[string]string{"login": login, "password": password}); err == nil {
		c.cookie = cookie
	}
	return cookie, err
}

// Enter asks what answers with a session, of whomever it is, and returns its
// cookie; the client's own session stays.
func (c *Client) Enter(ctx context.Context, path string, in any) (cookie string, err error) {
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
