package outbound

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// patience is how long one request may take, from name to answer.
const patience = 10 * time.Second

// Options say how far a client reaches.
type Options struct {
	Private bool // also addresses of this machine and of private networks
}

// New makes a client. It keeps no connection: each request is dialled, and
// checked, anew.
func New(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: patience / 2, Control: o.control}
	return &http.Client{
		Timeout:   patience,
		Transport: &http.Transport{Proxy: nil, DialContext: dialer.DialContext, DisableKeepAlives: true, TLSHandshakeTimeout: patience / 2, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // what answers is asked, nobody else
		},
	}
}

// control sees the address that a name led to, just before it is dialled.
func (o Options) control(_, address string, _ syscall.RawConn) error {
	if o.Private {
		return nil
	}
	a, err := netip.ParseAddrPort(address)
	if err != nil || !Public(a.Addr()) || a.Port() != 443 && a.Port() != 80 {
		return errInside
	}
	return nil
}
