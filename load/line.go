package load

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// line is one kept connection, which many people share. It stands on the same
// machine as the server under test: this costs a third of what http.Client
// does, with its two goroutines a connection.
type line struct {
	conn     net.Conn
	in       *bufio.Reader
	host     string
	text     []byte // scratch: one request
	up, down int64  // bytes so far, headers included
}

// patience is how long a client waits for an answer.
const patience = 30 * time.Second

func dial(ctx context.Context, base string) (*line, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("read the server's address: %w", err)
	}
	conn, err := dialHost(ctx, u)
	if err != nil {
		return nil, fmt.Errorf("reach the server: %w", err)
	}
	l := &line{conn: conn, host: u.Host}
	l.in = bufio.NewReader(l)
	return l, nil
}

// Read reads from the connection and counts.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.conn.Read(p)
	l.down += int64(n)
	return n, err
}

func dialHost(ctx context.Context, u *url.URL) (net.Conn, error) {
	host := u.Host
	if u.Scheme == "https" {
		if u.Port() == "" {
			host += ":443"
		}
		return (&tls.Dialer{}).DialContext(ctx, "tcp", host)
	}
	if u.Port() == "" {
		host += ":80"
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", host)
}

// ask sends one request of the holder of a cookie and reads its answer.
func (l *line) ask(method, path, cookie string, body []byte) (status int, answer []byte, err error) {
	l.text = fmt.Appendf(l.text[:0], "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
		method, path, l.host, cookie, len(body))
	l.text = append(l.text, body...)
	if err := l.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, nil, err
	}
	n, err := l.conn.Write(l.text)
	if l.up += int64(n); err != nil {
		return 0, nil, err
	}
	r, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	answer, err = io.ReadAll(r.Body)
	return r.StatusCode, answer, err
}

func (l *line) close() { l.conn.Close() }
