package https

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"akhra.dev/akhra"
)

// acmeFolder is where in the data folder lies what an ACME authority gave; it
// gives it again when it is lost.
const acmeFolder = "acme"

// Identity is how the platform shows who it is.
type Identity struct {
	Config *tls.Config
	Port   string                          // where it is spoken, set by who listens
	CA     []byte                          // certificate of the own authority (DER), nil for the others
	Plain  func(http.Handler) http.Handler // what plain http answers before all else, nil for nothing
}

// Fingerprint is the SHA-256 of the own authority's certificate in groups, for
// people to compare; empty where there is none.
func (id *Identity) Fingerprint() string {
	if id == nil || id.CA == nil {
		return ""
	}
	sum := sha256.Sum256(id.CA)
	text := strings.ToUpper(hex.EncodeToString(sum[:8]))
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, " ")
}

// Order is what an ACME authority is asked for. Only names are needed.
type Order struct {
	Names     []string     // lead to this server from the internet, on port 443 or 80
	Email     string       // told to the authority, which warns there
	Directory string       // of the authority, "" for Let's Encrypt
	Client    *http.Client // reaches the authority, nil for the usual one
}

// ACME is an identity that an authority on the internet gives, and gives again
// in time. What it gave is kept in the data folder.
func ACME(dir string, o Order) (*Identity, error) {
	if len(o.Names) == 0 {
		return nil, akhra.Errorf(akhra.Invalid, "Name the address that leads to this server from the internet, for example --tls-name tags.example.org.")
	}
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(filepath.Join(dir, acmeFolder)), Email: o.Email,
		HostPolicy: autocert.HostWhitelist(o.Names...), Client: &acme.Client{DirectoryURL: o.Directory, HTTPClient: o.Client}}
	config := m.TLSConfig()
	config.MinVersion = tls.VersionTLS12
	return &Identity{Config: config, Plain: m.HTTPHandler}, nil
}

// unmade tells in a sentence what of the own authority could not be made.
func unmade(what string, err error) error {
	return fmt.Errorf("make %s of the own authority: %w", what, err)
}
