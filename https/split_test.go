package https_test

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"akhra.dev/akhra/https"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	secure, plain := https.Split(l)
	dial := func(t *testing.T) net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	dial(t) // says nothing: nobody waits for it
	for _, one := range []struct {
		rule string
		to   net.Listener
		sent string
	}{
		{"a TLS handshake comes out of secure, whole", secure, "\x16\x03\x01 and more"},
		{"anything else comes out of plain, whole", plain, "GET / HTTP/1.1\r\n"},
	} {
		t.Run(one.rule, func(t *testing.T) {
			c := dial(t)
			if _, err := io.WriteString(c, one.sent); err != nil {
				t.Fatal(err)
			}
			got, err := one.to.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer got.Close()
			read := make([]byte, len(one.sent))
			_ = got.SetReadDeadline(time.Now().Add(5 * time.Second))
			if _, err := io.ReadFull(got, read); err != nil || string(read) != one.sent {
				t.Errorf("%q, %v", read, err)
			}
			if got.LocalAddr().String() != l.Addr().String() {
				t.Errorf("reached at %v", got.LocalAddr())
			}
		})
	}
	t.Run("closing one ends both", func(t *testing.T) {
		if err := plain.Close(); err != nil {
			t.Fatal(err)
		}
		for _, one := range []net.Listener{secure, plain} {
			if _, err := one.Accept(); !errors.Is(err, net.ErrClosed) {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestCode_IsASquareOfCells(t *testing.T) {
	t.Parallel()
	path, side, err := https.Code("http://192.168.1.5:8080/install")
	if err != nil || side < 21 || path[:4] != "M0 0" {
		t.Errorf("%d cells, %.40q, %v", side, path, err)
	}
}
