package house

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/https"
)

// How a server stops: so long it says that it is not ready any more while it
// still takes requests, and so long requests in progress may take.
const (
	leaveTime = 300 * time.Millisecond
	drainTime = 10 * time.Second
)

// front is the servers that people reach: one, or, with https, one for what is
// encrypted and one for what is not.
type front struct {
	servers []*http.Server
	ended   chan error
	log     *log.Logger // of connections that come to nothing
}

// add serves by handler until the front is closed; shown is nil for plain http.
func (f *front) add(l net.Listener, handler http.Handler, shown *https.Identity) *http.Server {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: f.log}
	f.servers = append(f.servers, server)
	go func() {
		if shown == nil {
			f.ended <- server.Serve(l)
			return
		}
		server.TLSConfig = shown.Config
		f.ended <- server.ServeTLS(l, "", "")
	}()
	return server
}

// close lets requests in progress end, for drainTime at most.
func (f *front) close(ctx context.Context) {
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	for _, server := range f.servers {
		if err := server.Shutdown(grace); err != nil {
			server.Close()
		}
	}
}

// Serve answers people on a listener, and, where there is https, on a second
// address over plain http, until ctx ends or something fails; then it lets
// requests in progress end.
func (h *House) Serve(ctx context.Context, l net.Listener, plainAddr string) error {
	f, err := h.open(l, plainAddr)
	if err != nil {
		return err
	}
	var failure error
	select {
	case <-ctx.Done():
	case failure = <-h.failed:
	case err := <-f.ended:
		return fmt.Errorf("serve: %w", err)
	}
	h.API.Leaving.Store(true) // whoever asks whether it is ready hears it before the door closes
	time.Sleep(leaveTime)
	f.close(ctx)
	return failure
}

// open starts to answer on a listener and, if asked, on a second address.
func (h *House) open(l net.Listener, plainAddr string) (*front, error) {
	f := &front{ended: make(chan error, 3), log: slog.NewLogLogger(h.Log.Handler(), slog.LevelDebug)}
	if h.Shown == nil {
		f.add(l, h.API, nil).RegisterOnShutdown(h.API.EndStreams)
		return f, nil
	}
	_, h.Shown.Port, _ = net.SplitHostPort(l.Addr().String()) // it listens, so it has one
	secure, plain := https.Split(l)
	f.add(secure, h.API, h.Shown).RegisterOnShutdown(h.API.EndStreams)
	f.add(plain, h.plain(), nil)
	if plainAddr == "" {
		return f, nil
	}
	second, err := Listen(plainAddr)
	if err != nil {
		return nil, err
	}
	f.add(second, h.plain(), nil)
	return f, nil
}

// plain is what a server with https answers over plain http: whether it is
// well, how a device comes to trust it, and the way to https.
func (h *House) plain() http.Handler {
	mux := http.NewServeMux()
	open := []string{"GET /livez", "GET /readyz"}
	if h.Shown.CA != nil {
		open = append(open, "GET /install", "GET /api/install", "GET /api/install/", "GET /assets/", "GET /mark.svg")
	}
	for _, pattern := range open {
		mux.Handle(pattern, h.API)
	}
	mux.HandleFunc("/", h.toSecure)
	if h.Shown.Plain != nil {
		return h.Shown.Plain(mux)
	}
	return mux
}

// toSecure leads a browser to https, or, where its device may not know the
// authority yet, to the page that helps; a program is told.
func (h *House) toSecure(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead, strings.HasPrefix(r.URL.Path, "/api/"):
		door.Refuse(w, door.ProblemOf(akhra.Errorf(akhra.Forbidden, "This server speaks https. Please open it by an address that begins with https://.")))
	case h.Shown.CA != nil:
		http.Redirect(w, r, "/install", http.StatusFound)
	default:
		http.Redirect(w, r, h.Shown.Address(r.Host)+r.URL.RequestURI(), http.StatusFound)
	}
}
