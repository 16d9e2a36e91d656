package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
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
	BackupKeep  int           `help:"How many verified ones stay there, 0 for all; the oldest are removed." default:"7" placeholder:"N"`
}

// Run serves until it is told to stop.
func (s *serveCommand) Run(ctx context.Context, c *console.Console) error {
	if err := s.check(); err != nil {
		return err
	}
	plan, err := s.backups()
	if err != nil {
		return err
	}
	l, err := house.Listen(s.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := house.Open(ctx, house.Options{Dir: s.Data, URL: strings.TrimSuffix(s.URL, "/"), Addr: reachable(l.Addr()), LAN: s.HooksToLAN, Shown: s.identity, Backups: plan, Log: c.Err})
	if err != nil {
		return err
	}
	defer h.Close()
	if err := monitored(h, s.Metrics); err != nil {
		return err
	}
	if err := welcome(ctx, c, h, l.Addr()); err != nil {
		return err
	}
	return h.Serve(ctx, l, s.PlainAddr)
}

// welcome says where the platform is, and while nobody owns it, how to become
// its owner.
func welcome(ctx context.Context, c *console.Console, h *house.House, at net.Addr) error {
	base := h.Base()
	fmt.Fprintf(c.Out, "Akhra is ready at %s\n", base)
	tellInstall(c.Out, h.Shown, at)
	if _, exists := h.Owner(ctx); exists {
		return nil
	}
	token, err := h.API.NewLink(ctx, akhra.Link{Org: h.Org.ID, Role: akhra.Owner})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "Nobody owns this installation yet. Open this link once to become its owner:\n\n  %s/link/%s\n\n", base, token)
	return nil
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

// monitored answers a monitor of this machine until the house closes.
func monitored(h *house.House, addr string) error {
	if addr == "" {
		return nil
	}
	l, err := house.Listen(addr)
	if err != nil {
		return err
	}
	if !isLoopback(l.Addr()) {
		return errors.Join(usage("--metrics takes an address of this machine only, for example 127.0.0.1:9090"), l.Close())
	}
	h.Monitored(l)
	return nil
}
