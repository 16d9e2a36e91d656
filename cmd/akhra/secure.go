package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"akhra.dev/akhra/https"
)

// secureFlags say how people's browsers know that they talk to this server.
type secureFlags struct {
	TLS       string   `name:"tls" help:"Encrypt, by an authority of its own (own: for places without the internet; every device is set up once), by Let's Encrypt (acme) or by given files (files)." enum:"off,own,acme,files" default:"off" placeholder:"KIND" env:"AKHRA_TLS"`
	TLSName   []string `name:"tls-name" help:"Name or address people type; needed for acme, for own besides those of this machine." placeholder:"NAME" env:"AKHRA_TLS_NAME"`
	TLSCert   string   `name:"tls-cert" help:"Certificate file for https." placeholder:"FILE" env:"AKHRA_TLS_CERT"`
	TLSKey    string   `name:"tls-key" help:"Key file for https." placeholder:"FILE" env:"AKHRA_TLS_KEY"`
	TLSEmail  string   `name:"tls-email" help:"Where the ACME authority sends warnings." placeholder:"ADDRESS" env:"AKHRA_TLS_EMAIL"`
	TLSFrom   string   `name:"tls-from" help:"Directory of another ACME authority than Let's Encrypt." placeholder:"URL" env:"AKHRA_TLS_FROM"`
	PlainAddr string   `name:"plain-addr" help:"With --tls, also answer here over plain http, which leads to https; :80 for people who type a name alone." placeholder:"HOST:PORT" env:"AKHRA_PLAIN_ADDR"`
}

// kind is what was asked for; two files alone ask for files.
func (s *secureFlags) kind() string {
	if s.TLS == "off" && s.TLSCert != "" {
		return "files"
	}
	return s.TLS
}

// check refuses flags that do not go together.
func (s *secureFlags) check() error {
	kind := s.kind()
	switch {
	case (s.TLSCert == "") != (s.TLSKey == ""):
		return usage("--tls-cert and --tls-key go together")
	case kind == "files" && s.TLSCert == "":
		return usage("--tls files needs --tls-cert and --tls-key")
	case kind != "files" && s.TLSCert != "":
		return usage("--tls-cert and --tls-key go with --tls files only")
	case kind == "acme" && len(s.TLSName) == 0:
		return usage("--tls acme needs --tls-name with the name that leads here from the internet")
	case kind == "off" && s.PlainAddr != "":
		return usage("--plain-addr goes with --tls")
	}
	return nil
}

// identity is who the server shows itself to be, nil when nothing was asked.
func (s *secureFlags) identity(dir string) (*https.Identity, error) {
	switch s.kind() {
	case "own":
		return https.Own(dir, s.TLSName, time.Now, rand.Reader)
	case "acme":
		return https.ACME(dir, https.Order{Names: s.TLSName, Email: s.TLSEmail, Directory: s.TLSFrom})
	case "files":
		return https.Files(s.TLSCert, s.TLSKey, time.Now)
	}
	return nil, nil
}

// tellInstall says how other devices come to trust a server with an authority
// of its own.
func tellInstall(out io.Writer, shown *https.Identity, at net.Addr) {
	if shown == nil || shown.CA == nil {
		return
	}
	host, port, err := net.SplitHostPort(reachable(at))
	if err != nil {
		return
	}
	var hosts []string
	for _, ip := range https.Addresses() {
		hosts = append(hosts, "http://"+net.JoinHostPort(ip.String(), port)+"/install")
	}
	if !isEverywhere(at) || len(hosts) == 0 {
		hosts = []string{"http://" + net.JoinHostPort(host, port) + "/install"}
	}
	fmt.Fprintf(out, "Each device is set up once: open %s on it. Its authority is %s.\n", strings.Join(hosts, " or "), shown.Fingerprint())
}
