package https_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/https"
)

// clock is a time that a test moves.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time           { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(by time.Duration) { c.ahead.Add(int64(by)) }

// serve answers by an identity on one port, "secure" over https and "plain"
// over http.
func serve(t *testing.T, id *https.Identity) (addr string) {
	t.Helper()
	return serveAt(t, "127.0.0.1:0", id)
}

func serveAt(t *testing.T, addr string, id *https.Identity) string {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	says := func(text string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, text+" "+r.Proto) })
	}
	secure, plain := https.Split(l)
	over := &http.Server{Handler: says("secure"), TLSConfig: id.Config}
	bare := &http.Server{Handler: says("plain")}
	if id.Plain != nil {
		bare.Handler = usualPort(id.Plain(bare.Handler))
	}
	go over.ServeTLS(secure, "", "")
	go bare.Serve(plain)
	t.Cleanup(func() { over.Close(); bare.Close() })
	return l.Addr().String()
}

// usualPort makes a request look as it does on port 80, which a Host header
// does not name.
func usualPort(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host, _, _ = strings.Cut(r.Host, ":")
		next.ServeHTTP(w, r)
	})
}

// ask fetches the page of a host whose every name leads to one address, as a
// device that trusts the given authority.
func ask(addr, url string, roots *x509.CertPool, now func() time.Time) (string, *tls.ConnectionState, error) {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, addr)
	}
	transport := &http.Transport{DialContext: dial, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots, Time: now}, DisableKeepAlives: true}
	defer transport.CloseIdleConnections()
	answer, err := (&http.Client{Transport: transport, Timeout: 20 * time.Second}).Get(url)
	if err != nil {
		return "", nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return string(text), answer.TLS, err
}

func pool(t *testing.T, der ...[]byte) *x509.CertPool {
	t.Helper()
	p := x509.NewCertPool()
	for _, one := range der {
		cert, err := x509.ParseCertificate(one)
		if err != nil {
			t.Fatal(err)
		}
		p.AddCert(cert)
	}
	return p
}

func own(t *testing.T, dir string, c *clock, names ...string) *https.Identity {
	t.Helper()
	id, err := https.Own(dir, names, c.now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestOwn_WhoTrustsTheAuthorityTrustsTheServer(t *testing.T) {
	t.Parallel()
	c := &clock{}
	id := own(t, t.TempDir(), c, "tags.school.example", "192.168.7.7")
	addr := serve(t, id)
	for _, host := range []string{"127.0.0.1", "localhost", "tags.school.example", "192.168.7.7", "akhra.local", "box.lan"} {
		text, _, err := ask(addr, "https://"+host, pool(t, id.CA), c.now)
		if err != nil || text != "secure HTTP/2.0" {
			t.Errorf("%s: %q, %v", host, text, err)
		}
	}
	if _, _, err := ask(addr, "https://127.0.0.1", x509.NewCertPool(), c.now); err == nil {
		t.Error("a device that does not trust the authority trusts the server")
	}
	if text, _, err := ask(addr, "http://"+addr, nil, c.now); text != "plain HTTP/1.1" {
		t.Errorf("plain http on the same port: %q, %v", text, err)
	}
}

func TestOwn_TheAuthoritySpeaksForTheLocalNetworkOnly(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), &clock{}
	id := own(t, dir, c)
	addr := serve(t, id)
	for _, host := range []string{"bank.example", "8.8.8.8"} {
		if _, _, err := ask(addr, "https://"+host, pool(t, id.CA), c.now); err == nil {
			t.Errorf("the server shows itself as %s", host)
		}
		leaf := forge(t, dir, host)
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: pool(t, id.CA), DNSName: host}); err == nil {
			t.Errorf("who has the key can speak as %s", host)
		}
	}
	if _, err := forge(t, dir, "127.0.0.1").Verify(x509.VerifyOptions{Roots: pool(t, id.CA), DNSName: "127.0.0.1"}); err != nil {
		t.Errorf("the forger of this test cannot forge: %v", err)
	}
	_, err := https.Own(dir, []string{"bank.example"}, c.now, rand.Reader)
	if akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), "bank.example") {
		t.Errorf("a name asked for later: %v", err)
	}
}

// forge makes a certificate with the authority's key, as a thief would.
func forge(t *testing.T, dir, host string) *x509.Certificate {
	t.Helper()
	authority, err := tls.LoadX509KeyPair(filepath.Join(dir, "ca.crt"), filepath.Join(dir, "ca.key"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	want := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, NotBefore: time.Now(), NotAfter: time.Now().Add(time.Hour)}
	if ip := net.ParseIP(host); ip != nil {
		want.IPAddresses = []net.IP{ip}
	} else {
		want.DNSNames = []string{host}
	}
	raw, err := x509.CreateCertificate(rand.Reader, want, authority.Leaf, key.Public(), authority.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

func TestOwn_CertificatesAreRenewedAndTheAuthorityStays(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), &clock{}
	id := own(t, dir, c)
	trusts := pool(t, id.CA)
	addr := serve(t, id)
	serials := map[string]bool{}
	for year := range 5 {
		text, shown, err := ask(addr, "https://localhost", trusts, c.now)
		if err != nil {
			t.Fatalf("after %d years: %q, %v", year, text, err)
		}
		serials[shown.PeerCertificates[0].SerialNumber.String()] = true
		c.advance(366 * 24 * time.Hour)
	}
	if len(serials) != 5 {
		t.Errorf("%d certificates in 5 years", len(serials))
	}
	again := serve(t, own(t, dir, c, "localhost"))
	if _, _, err := ask(again, "https://localhost", trusts, c.now); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

func TestOwn_TheKeyIsReadByItsOwnerAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	own(t, dir, &clock{})
	info, err := os.Stat(filepath.Join(dir, "ca.key"))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("mode %o", mode)
	}
}

func TestOwn_ADamagedAuthorityIsToldAndNotReplaced(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), &clock{}
	own(t, dir, c)
	path := filepath.Join(dir, "ca.key")
	if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := https.Own(dir, nil, c.now, rand.Reader); akhra.CodeOf(err) != akhra.Invalid {
		t.Errorf("%v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "half" {
		t.Errorf("it was written over: %v", err)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), &clock{}
	id := own(t, dir, c)
	cert, key := filepath.Join(dir, "site.crt"), filepath.Join(dir, "site.key")
	first := write(t, dir, cert, key)
	given, err := https.Files(cert, key, c.now)
	if err != nil {
		t.Fatal(err)
	}
	addr := serve(t, given)
	shown := func() string {
		t.Helper()
		text, state, err := ask(addr, "https://tags.lan", pool(t, id.CA), time.Now)
		if err != nil || text != "secure HTTP/2.0" {
			t.Fatalf("%q, %v", text, err)
		}
		return state.PeerCertificates[0].SerialNumber.String()
	}
	t.Run("who trusts its authority trusts the server", func(t *testing.T) {
		if got := shown(); got != first {
			t.Errorf("certificate %s, want %s", got, first)
		}
	})
	t.Run("a renewed certificate is taken while the server runs, half of one is not", func(t *testing.T) {
		second := write(t, dir, cert, filepath.Join(dir, "next.key"))
		c.advance(2 * time.Minute)
		if got := shown(); got != first {
			t.Errorf("half a renewal shows %s", got)
		}
		if err := os.Rename(filepath.Join(dir, "next.key"), key); err != nil {
			t.Fatal(err)
		}
		c.advance(2 * time.Minute)
		if got := shown(); got != second {
			t.Errorf("certificate %s, want %s", got, second)
		}
	})
	t.Run("files that do not fit together are refused with a sentence", func(t *testing.T) {
		_, err := https.Files(filepath.Join(dir, "ca.crt"), key, c.now)
		if akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), "do not work together") {
			t.Errorf("%v", err)
		}
	})
}

// write puts a certificate for tags.lan and its key down, by the authority in
// dir, and returns its serial number.
func write(t *testing.T, dir, cert, key string) string {
	t.Helper()
	authority, err := tls.LoadX509KeyPair(filepath.Join(dir, "ca.crt"), filepath.Join(dir, "ca.key"))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: serial, DNSNames: []string{"tags.lan"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}, authority.Leaf, secret.Public(), authority.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: raw}, key: {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return serial.String()
}
