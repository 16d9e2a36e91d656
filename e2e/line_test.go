package e2e

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// line is the wire between a browser and a server: it can be cut and mended,
// and it counts what goes over it.
type line struct {
	to       string
	listener net.Listener
	up, down atomic.Int64 // bytes

	mu    sync.Mutex
	isCut bool
	open  map[net.Conn]bool
}

// newLine lays a line to a server; it ends with the test.
func newLine(t testing.TB, to string) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	one := &line{to: to, listener: l, open: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); one.cut() })
	go one.serve()
	return one
}

func (l *line) url(path string) string { return "http://" + l.listener.Addr().String() + path }

func (l *line) serve() {
	for {
		c, err := l.listener.Accept()
		if err != nil {
			return
		}
		go l.carry(c)
	}
}

// carry copies both ways until either side or the line ends.
func (l *line) carry(browser net.Conn) {
	defer browser.Close()
	server, err := net.Dial("tcp", l.to)
	if err != nil {
		return
	}
	defer server.Close()
	if !l.hold(browser, server) {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { io.Copy(counted{server, &l.up}, browser); server.Close() })
	both.Go(func() { io.Copy(counted{browser, &l.down}, server); browser.Close() })
	both.Wait()
	l.mu.Lock()
	delete(l.open, browser)
	delete(l.open, server)
	l.mu.Unlock()
}

func (l *line) hold(ends ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range ends {
		if !l.isCut {
			l.open[c] = true
		}
	}
	return !l.isCut
}

// cut breaks every connection in the middle of what it carries, and takes no
// others.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isCut = true
	for c := range l.open {
		c.Close()
	}
	clear(l.open)
}

func (l *line) mend() {
	l.mu.Lock()
	l.isCut = false
	l.mu.Unlock()
}

type counted struct {
	io.Writer
	n *atomic.Int64
}

func (c counted) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n.Add(int64(n))
	return n, err
}
