package house

import (
	"errors"
	"net"
	"net/http"
	"syscall"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
)

// Listen opens an address or says in a sentence why not.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, akhra.Errorf(akhra.Unavailable, "The address %s is taken by another program. Choose another with --addr, for example --addr 127.0.0.1:8081.", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, akhra.Errorf(akhra.Unavailable, "This account may not listen on %s. Choose a port above 1023 with --addr.", addr)
	default:
		return nil, akhra.Errorf(akhra.Unavailable, "Cannot listen on %s: %v.", addr, console.Reason(err))
	}
}

// Monitored answers a monitor on a listener until the house closes.
func (h *House) Monitored(l net.Listener) {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h.API.Metrics())
	h.monitor = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	h.done.Go(func() { h.monitor.Serve(l) })
}
