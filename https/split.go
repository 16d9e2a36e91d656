package https

import (
	"net"
	"sync"
	"time"
)

const (
	handshake = 0x16 // the first byte of every TLS connection; no HTTP method begins with it
	patience  = 10 * time.Second
)

// Split makes two listeners of one: connections that begin with a TLS
// handshake come out of secure, all others out of plain. Closing either ends
// both.
func Split(l net.Listener) (secure, plain net.Listener) {
	s := &splitter{Listener: l, ended: make(chan struct{})}
	a, b := &side{s, make(chan net.Conn)}, &side{s, make(chan net.Conn)}
	go s.accept(a, b)
	return a, b
}

type splitter struct {
	net.Listener
	end   sync.Once
	ended chan struct{}
}

// Close ends both sides.
func (s *splitter) Close() (err error) {
	s.end.Do(func() {
		close(s.ended)
		err = s.Listener.Close()
	})
	return err
}

func (s *splitter) accept(secure, plain *side) {
	defer s.Close()
	for {
		c, err := s.Listener.Accept()
		if temporary, ok := err.(net.Error); ok && temporary.Timeout() {
			continue
		}
		if err != nil {
			return
		}
		go s.sort(c, secure, plain)
	}
}

// sort looks at the first byte of a connection; one that says nothing is
// closed.
func (s *splitter) sort(c net.Conn, secure, plain *side) {
	first := make([]byte, 1)
	_ = c.SetReadDeadline(time.Now().Add(patience))
	if _, err := c.Read(first); err != nil {
		c.Close()
		return
	}
	_ = c.SetReadDeadline(time.Time{})
	to := plain
	if first[0] == handshake {
		to = secure
	}
	select {
	case to.conns <- &begun{Conn: c, first: first}:
	case <-s.ended:
		c.Close()
	}
}

type side struct {
	*splitter
	conns chan net.Conn
}

// Accept returns the next connection of its side.
func (s *side) Accept() (net.Conn, error) {
	select {
	case c := <-s.conns:
		return c, nil
	case <-s.ended:
		return nil, net.ErrClosed
	}
}

// begun is a connection whose first byte was read already.
type begun struct {
	net.Conn
	first []byte
}

func (b *begun) Read(p []byte) (int, error) {
	if len(b.first) == 0 || len(p) == 0 {
		return b.Conn.Read(p)
	}
	n := copy(p, b.first)
	b.first = b.first[n:]
	return n, nil
}
