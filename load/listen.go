package load

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// listen opens the plan's event streams, as many pages that are left open, and
// reads them until ctx ends.
func (c *crowd) listen(ctx context.Context) error {
	for i := range c.plan.Listeners {
		if err := c.listener(ctx, c.target.Projects[i%len(c.target.Projects)]); err != nil {
			return fmt.Errorf("listen: %w", err)
		}
	}
	return nil
}

func (c *crowd) listener(ctx context.Context, p Project) error {
	u, err := url.Parse(c.target.Base)
	if err != nil {
		return err
	}
	conn, err := dialHost(ctx, u)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	if err := conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "GET /api/projects/%s/events HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", p.ID, u.Host, c.target.Owner); err != nil {
		return err
	}
	answer := make([]byte, 512)
	n, err := conn.Read(answer)
	if want := fmt.Sprintf("HTTP/1.1 %d ", http.StatusOK); err != nil || len(want) > n || string(answer[:len(want)]) != want {
		return fmt.Errorf("%w: the server answered %.60q", err, answer[:n])
	}
	go io.CopyBuffer(io.Discard, conn, answer)
	return nil
}
