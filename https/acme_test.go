package https_test

import (
	"io"
	"log"
	"net"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/letsencrypt/challtestsrv"
	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"

	"akhra.dev/akhra"
	"akhra.dev/akhra/https"
)

// authorityFor is an ACME authority that visits every name at a port for plain
// http and one for https: the whole protocol as on the internet.
func authorityFor(t *testing.T, plain, secure int) (at *httptest.Server, root []byte) {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	quiet := log.New(io.Discard, "", 0)
	names := freeAddr(t)
	resolver, err := challtestsrv.New(challtestsrv.Config{DNSAddrs: []string{names}, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	resolver.SetDefaultDNSIPv4("127.0.0.1")
	resolver.SetDefaultDNSIPv6("")
	go resolver.Run()
	t.Cleanup(resolver.Shutdown)
	known := db.NewMemoryStore()
	issuer := ca.New(quiet, known, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "usual", ValidityPeriod: 7776000}})
	visitor := va.New(quiet, plain, secure, false, names, known)
	front := wfe.New(quiet, known, visitor, issuer, nil, false, false, 1, 1)
	at = httptest.NewTLSServer(front.Handler())
	t.Cleanup(at.Close)
	return at, issuer.GetRootCert(0).Cert.Raw
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func portOf(t *testing.T, addr string) int {
	t.Helper()
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestACME(t *testing.T) {
	const name = "tags.example.org"
	for _, one := range []struct {
		rule          string
		plain, secure bool // ports at which the authority finds us
	}{
		{"a certificate is given to a name that is reached over https", false, true},
		{"a certificate is given to a name that is reached over plain http alone", true, false},
	} {
		t.Run(one.rule, func(t *testing.T) {
			dir, here := t.TempDir(), freeAddr(t)
			plain, secure := portOf(t, freeAddr(t)), portOf(t, freeAddr(t))
			if one.plain {
				plain = portOf(t, here)
			}
			if one.secure {
				secure = portOf(t, here)
			}
			authority, root := authorityFor(t, plain, secure)
			id, err := https.ACME(dir, https.Order{Names: []string{name}, Email: "asha@example.org", Directory: authority.URL + wfe.DirectoryPath, Client: authority.Client()})
			if err != nil {
				t.Fatal(err)
			}
			addr := serveAt(t, here, id)
			text, shown, err := ask(addr, "https://"+name, pool(t, root), time.Now)
			if err != nil || text != "secure HTTP/2.0" {
				t.Fatalf("%q, %v", text, err)
			}
			if _, _, err := ask(addr, "https://other.example.org", pool(t, root), time.Now); err == nil {
				t.Error("another name has got a certificate")
			}
			again, err := https.ACME(dir, https.Order{Names: []string{name}, Directory: "https://127.0.0.1:1/nobody"})
			if err != nil {
				t.Fatal(err)
			}
			_, second, err := ask(serveAt(t, freeAddr(t), again), "https://"+name, pool(t, root), time.Now)
			if err != nil || second.PeerCertificates[0].SerialNumber.Cmp(shown.PeerCertificates[0].SerialNumber) != 0 {
				t.Errorf("after a restart without the authority: %v", err)
			}
			if kept, err := filepath.Glob(filepath.Join(dir, "acme", "*")); err != nil || len(kept) == 0 {
				t.Errorf("nothing is kept: %v", err)
			}
		})
	}
	t.Run("without a name it is refused with a sentence", func(t *testing.T) {
		if _, err := https.ACME(t.TempDir(), https.Order{}); akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%v", err)
		}
	})
}
