package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"akhra.dev/akhra"
)

type serveCommand struct {
	Data    string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Addr    string `help:"Address to listen on; another than this machine must be asked for." default:"127.0.0.1:8080" placeholder:"HOST:PORT" env:"AKHRA_ADDR"`
	URL     string `name:"url" help:"Public address people use, for links and secure cookies behind a proxy." placeholder:"URL" env:"AKHRA_URL"`
	TLSCert string `name:"tls-cert" help:"Certificate file for https." placeholder:"FILE"`
	TLSKey  string `name:"tls-key" help:"Key file for https." placeholder:"FILE"`
}

// Run serves until it is told to stop.
func (s *serveCommand) Run(ctx context.Context, c *console) error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return usage("--tls-cert and --tls-key go together")
	}
	tuneMemory()
	l, err := listen(s.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := openHouse(ctx, houseOptions{dir: s.Data, url: s.publicURL(l), log: c.err})
	if err != nil {
		return err
	}
	defer h.close()
	if err := s.welcome(ctx, c, h); err != nil {
		return err
	}
	return h.serve(ctx, l, s.TLSCert, s.TLSKey)
}

func (s *serveCommand) publicURL(l net.Listener) string {
	if s.URL == "" && s.TLSCert != "" {
		return "https://" + l.Addr().String()
	}
	return strings.TrimSuffix(s.URL, "/")
}

// welcome says where the platform is, and while nobody owns it, how to become
// its owner.
func (s *serveCommand) welcome(ctx context.Context, c *console, h *house) error {
	base := h.api.URL
	if base == "" {
		base = "http://" + s.Addr
	}
	fmt.Fprintf(c.out, "Akhra is ready at %s\n", base)
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

// isLoopback tells whether only programs of this machine reach an address.
func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// serve answers until ctx ends or something fails, then lets requests in
// progress end.
func (h *house) serve(ctx context.Context, l net.Listener, cert, key string) error {
	server := &http.Server{Handler: h.api, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	server.RegisterOnShutdown(h.api.EndStreams)
	ended := make(chan error, 1)
	go func() {
		if cert != "" {
			ended <- server.ServeTLS(l, cert, key)
			return
		}
		ended <- server.Serve(l)
	}()
	var failure error
	select {
	case <-ctx.Done():
	case failure = <-h.failed:
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close()
	}
	return failure
}
