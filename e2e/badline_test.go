package e2e

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// way is how a request with answers travels.
type way int

const (
	straight way = iota
	torn         // half of it arrives
	deaf         // it arrives, the server's answer does not
	twin         // it arrives twice at once
	stale        // an older one arrives once more before it
)

// badLine carries all requests to a server, and those with answers as it is
// told.
type badLine struct {
	to   *url.URL
	pass *httputil.ReverseProxy
	base string

	mu     sync.Mutex
	chance *rand.Rand
	next   []way
	old    []func()
}

// newBadLine lays a bad line to a server, under the name of a host; it ends
// with the test.
func newBadLine(t testing.TB, s *server, host string, chance *rand.Rand) *badLine {
	t.Helper()
	to, err := url.Parse(s.url(""))
	if err != nil {
		t.Fatal(err)
	}
	l := &badLine{to: to, chance: chance}
	l.pass = &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	over := httptest.NewServer(l)
	l.base = strings.Replace(over.URL, "127.0.0.1", host, 1)
	t.Cleanup(func() { over.CloseClientConnections(); over.Close() })
	return l
}

// travel says how the next requests with answers travel.
func (l *badLine) travel(ways ...way) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = append(l.next, ways...)
}

func (l *badLine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/api/sync" {
		l.pass.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the browser is gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	how, old := l.take(func() { l.copy(r, body, len(body)) })
	switch how {
	case torn:
		l.copy(r, body, len(body)/2)
		panic(http.ErrAbortHandler)
	case deaf:
		l.copy(r, body, len(body))
		panic(http.ErrAbortHandler)
	case twin:
		var other sync.WaitGroup
		defer other.Wait()
		other.Go(func() { l.copy(r, body, len(body)) })
	case stale:
		old()
	}
	l.pass.ServeHTTP(w, r)
}

// take tells how a request travels, and an old one; again sends this one
// another time.
func (l *badLine) take(again func()) (how way, old func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.old = append(l.old, again)
	if len(l.next) > 0 {
		how, l.next = l.next[0], l.next[1:]
	}
	return how, l.old[l.chance.IntN(len(l.old))]
}

// copy sends the first bytes of a request to the server and listens to what it
// says; nobody else hears that.
func (l *badLine) copy(r *http.Request, body []byte, first int) {
	c := r.Clone(context.WithoutCancel(r.Context()))
	c.URL, c.RequestURI = l.to.ResolveReference(r.URL), ""
	c.Body = io.NopCloser(bytes.NewReader(body[:first]))
	answer, err := http.DefaultTransport.RoundTrip(c)
	if err != nil {
		return // the server is gone, or the request was half a one
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
}
