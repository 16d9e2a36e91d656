package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"akhra.dev/akhra"
)

type serveCommand struct {
	Data       string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Addr       string `help:"Address to listen on; another than this machine must be asked for." default:"127.0.0.1:8080" placeholder:"HOST:PORT" env:"AKHRA_ADDR"`
	URL        string `name:"url" help:"Public address people use, for links and secure cookies behind a proxy." placeholder:"URL" env:"AKHRA_URL"`
	HooksToLAN bool   `name:"hooks-to-lan" help:"Let webhooks tell addresses of this machine and of private networks, too." env:"AKHRA_HOOKS_TO_LAN"`
	Metrics    string `help:"Also answer a monitor (Prometheus) on this loopback address." placeholder:"HOST:PORT" env:"AKHRA_METRICS"`

	secureFlags `embed:""`

	Backup      string        `help:"Folder that scheduled backups go to, each verified by restoring it; best on another disk." placeholder:"DIR" env:"AKHRA_BACKUP"`
	BackupEvery time.Duration `help:"How often." default:"24h" placeholder:"DURATION"`
}

// Run serves until it is told to stop.
func (s *serveCommand) Run(ctx context.Context, c *console) error {
	if err := s.check(); err != nil {
		return err
	}
	plan, err := s.backupPlan()
	if err != nil {
		return err
	}
	tuneMemory()
	l, err := listen(s.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := openHouse(ctx, houseOptions{dir: s.Data, url: strings.TrimSuffix(s.URL, "/"), addr: reachable(l.Addr()), everywhere: isEverywhere(l.Addr()), log: c.err, lan: s.HooksToLAN, secure: s.secureFlags, backups: plan})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.serveMetrics(s.Metrics); err != nil {
		return err
	}
	if err := welcome(ctx, c, h); err != nil {
		return err
	}
	return h.serve(ctx, l, s.PlainAddr)
}

// welcome says where the platform is, and while nobody owns it, how to become
// its owner.
func welcome(ctx context.Context, c *console, h *house) error {
	base := h.base()
	fmt.Fprintf(c.out, "Akhra is ready at %s\n", base)
	h.tellInstall(c.out)
	if _, exists := h.owner(ctx); exists {
		return nil
	}
	token, err := h.api.NewLink(ctx, akhra.Link{Org: h.org.ID, Role: akhra.Owner})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Nobody owns this installation yet. Open this link once to become its owner:\n\n  %s/link/%s\n\n", base, token)
	return nil
}

// listen opens the address or says in a sentence why not.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, akhra.Errorf(akhra.Unavailable, "The address %s is taken by another program. Choose another with --addr, for example --addr 127.0.0.1:8081.", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, akhra.Errorf(akhra.Unavailable, "This account may not listen on %s. Choose a port above 1023 with --addr.", addr)
	default:
		return nil, akhra.Errorf(akhra.Unavailable, "Cannot listen on %s: %v.", addr, reason(err))
	}
}

// reachable is an address as a browser of this machine may use it.
func reachable(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return a.String()
}

// isEverywhere tells whether every network of this machine leads to an address.
func isEverywhere(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsUnspecified()
}

// isLoopback tells whether only programs of this machine reach an address.
func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// serveMetrics answers a monitor of this machine until the house closes.
func (h *house) serveMetrics(addr string) error {
	if addr == "" {
		return nil
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	if !isLoopback(l.Addr()) {
		return errors.Join(usage("--metrics takes an address of this machine only, for example 127.0.0.1:9090"), l.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h.api.Metrics())
	h.monitor = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	h.done.Go(func() { h.monitor.Serve(l) })
	return nil
}
