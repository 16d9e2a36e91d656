package load

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// line is one kept connection, which many people share. It stands on the same
// machine as the server under test: this costs less than a third of what
// http.Client does, with its two goroutines a connection and its maps of headers.
type line struct {
	conn     net.Conn
	in       *bufio.Reader
	host     string
	text     []byte // scratch: one request
	body     []byte // scratch: one answer
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
	return l.answer()
}

// answer reads the answer to a request; its body is good until the next. Of the
// header only the status and the length matter.
func (l *line) answer() (status int, body []byte, err error) {
	first, err := l.in.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(first) < len("HTTP/1.1 200") {
		return 0, nil, fmt.Errorf("this is no answer of HTTP: %q", first)
	}
	if status, err = strconv.Atoi(string(first[len("HTTP/1.1 "):len("HTTP/1.1 200")])); err != nil {
		return 0, nil, fmt.Errorf("this is no answer of HTTP: %q", first)
	}
	length, err := l.header()
	switch {
	case err != nil:
	case length == inChunks:
		if body, err = io.ReadAll(httputil.NewChunkedReader(l.in)); err == nil {
			_, err = l.header() // the trailer
		}
	default:
		l.body = slices.Grow(l.body[:0], length)[:length]
		body = l.body
		_, err = io.ReadFull(l.in, body)
	}
	return status, body, err
}

// inChunks stands for the length of a body that tells it as it goes.
const inChunks = -1

// header reads to the empty line and tells how long the body is.
func (l *line) header() (length int, err error) {
	for {
		text, err := l.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		name, value, more := bytes.Cut(bytes.TrimSpace(text), []byte(":"))
		switch {
		case !more:
			return length, nil
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			length = inChunks
		case bytes.EqualFold(name, []byte("Content-Length")):
			n, err := strconv.ParseUint(string(bytes.TrimSpace(value)), 10, 31)
			if err != nil {
				return 0, fmt.Errorf("read the length of an answer: %w", err)
			}
			length = int(n)
		}
	}
}

func (l *line) close() { l.conn.Close() }
