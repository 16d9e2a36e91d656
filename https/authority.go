package https

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// How long certificates hold. They begin early, for clocks that are wrong.
const (
	authorityLife = 10 * 365 * 24 * time.Hour
	serverLife    = 390 * 24 * time.Hour // browsers refuse much longer ones
	renewBefore   = 30 * 24 * time.Hour
	early         = 30 * 24 * time.Hour
	mostServers   = 64 // sets of names that are kept
)

// near are the addresses the own authority may speak for: those of a local
// network. A stolen key is of no use elsewhere.
var near = []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"}

// nearNames are the names it may speak for, besides those it is made with.
var nearNames = []string{"localhost", "local", "lan", "internal", "home.arpa"}

// authority is the own authority with the certificates it gave this server.
type authority struct {
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
	now    func() time.Time
	chance io.Reader
	names  []string

	mu   sync.Mutex
	kept map[string]*tls.Certificate
}

// The files of the own authority in the data folder. Who has the key can speak
// as this server to every device that trusts it: it belongs into backups,
// which take all files of the data folder, and nowhere else.
const (
	authorityKey  = "ca.key"
	authorityFile = "ca.crt"
)

// Own is an identity by an authority of our own. It is made at the first start
// and lies in the data folder; certificates for the names of LocalNames, and
// for the local address that a device has reached, are made when they are
// needed and again in time. A given name that lies outside what an authority
// of an earlier start is limited to is refused.
func Own(dir string, given []string, now func() time.Time, chance io.Reader) (*Identity, error) {
	a := &authority{now: now, chance: chance, names: LocalNames(given), kept: map[string]*tls.Certificate{}}
	err := a.load(dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = a.found(dir)
	}
	if err != nil {
		return nil, err
	}
	for _, name := range given {
		if !a.maySpeakFor(strings.ToLower(name)) {
			return nil, akhra.Errorf(akhra.Invalid, "The authority in %s may not speak for %s: it was made without this name. Leave the name away, or take %s and %s away and set every device up anew.", dir, name, authorityFile, authorityKey)
		}
	}
	return &Identity{CA: a.cert.Raw, Config: &tls.Config{GetCertificate: a.certificate, MinVersion: tls.VersionTLS12}}, nil
}

func (a *authority) load(dir string) error {
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, authorityFile), filepath.Join(dir, authorityKey))
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	key, isEC := pair.PrivateKey.(*ecdsa.PrivateKey)
	if err != nil || !isEC {
		return akhra.Errorf(akhra.Invalid, "%s and %s in %s are damaged. Bring both back from a backup, or take them away and set every device up anew.", authorityFile, authorityKey, dir)
	}
	a.key = key
	a.cert, err = x509.ParseCertificate(pair.Certificate[0])
	return err
}

// found makes the authority and writes it down, the key first.
func (a *authority) found(dir string) (err error) {
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), a.chance); err != nil {
		return unmade("the key", err)
	}
	host, _ := os.Hostname() // without a name it is just Akhra
	t := a.template(authorityLife, strings.TrimSpace("Akhra "+host))
	t.IsCA, t.BasicConstraintsValid, t.MaxPathLenZero = true, true, true
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	t.PermittedDNSDomainsCritical = true
	t.PermittedDNSDomains = append(slices.Clone(nearNames), hostsOf(a.names)...)
	for _, one := range near {
		_, block, _ := net.ParseCIDR(one) // constants of this file
		t.PermittedIPRanges = append(t.PermittedIPRanges, block)
	}
	raw, err := x509.CreateCertificate(a.chance, t, t, a.key.Public(), a.key)
	if err != nil {
		return unmade("the certificate", err)
	}
	der, err := x509.MarshalECPrivateKey(a.key)
	if err != nil {
		return unmade("the key", err)
	}
	if err := write(filepath.Join(dir, authorityKey), "EC PRIVATE KEY", der); err != nil {
		return unmade("the key", err)
	}
	if err := write(filepath.Join(dir, authorityFile), "CERTIFICATE", raw); err != nil {
		return unmade("the certificate", err)
	}
	a.cert, err = x509.ParseCertificate(raw)
	return err
}

// write puts a file down whole, for the owner of the folder alone.
func write(path, kind string, der []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	return errors.Join(err, f.Sync(), f.Close())
}

func (a *authority) template(life time.Duration, name string) *x509.Certificate {
	serial := make([]byte, 16)
	_, _ = io.ReadFull(a.chance, serial) // a chance that fails, fails at the key
	return &x509.Certificate{SerialNumber: new(big.Int).SetBytes(serial), Subject: pkix.Name{CommonName: name, Organization: []string{"Akhra"}},
		NotBefore: a.now().Add(-early), NotAfter: a.now().Add(life)}
}

// certificate is for the names of this server, for the address a device has
// reached it at, and for the name it was asked by.
func (a *authority) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	names := slices.Clone(a.names)
	if at, ok := hello.Conn.LocalAddr().(*net.TCPAddr); ok {
		names = append(names, at.IP.String())
	}
	if hello.ServerName != "" {
		names = append(names, strings.ToLower(hello.ServerName))
	}
	names = slices.DeleteFunc(names, func(n string) bool { return !a.maySpeakFor(n) })
	slices.Sort(names)
	return a.forNames(slices.Compact(names))
}

func (a *authority) forNames(names []string) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := strings.Join(names, " ")
	if one := a.kept[key]; one != nil && a.now().Before(one.Leaf.NotAfter.Add(-renewBefore)) {
		return one, nil
	}
	one, err := a.give(names)
	if err != nil {
		return nil, unmade("a certificate", err)
	}
	if len(a.kept) >= mostServers {
		clear(a.kept)
	}
	a.kept[key] = one
	return one, nil
}

func (a *authority) give(names []string) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), a.chance)
	if err != nil {
		return nil, err
	}
	t := a.template(serverLife, "Akhra")
	t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, n)
		}
	}
	raw, err := x509.CreateCertificate(a.chance, t, a.cert, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(raw)
	return &tls.Certificate{Certificate: [][]byte{raw, a.cert.Raw}, PrivateKey: key, Leaf: leaf}, err
}

// maySpeakFor tells whether a name lies within what the authority is limited to.
func (a *authority) maySpeakFor(name string) bool {
	if ip, err := netip.ParseAddr(name); err == nil {
		return slices.ContainsFunc(near, func(block string) bool { return netip.MustParsePrefix(block).Contains(ip.Unmap()) })
	}
	return slices.ContainsFunc(a.cert.PermittedDNSDomains, func(d string) bool { return name == d || strings.HasSuffix(name, "."+d) })
}

func hostsOf(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return net.ParseIP(n) != nil })
}
