package e2e

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// startSecure starts a server with an authority of its own.
func startSecure(t testing.TB) (s *server, authority *x509.Certificate) {
	t.Helper()
	s = startServer(t, "serve", "--tls", "own")
	pair, err := tls.LoadX509KeyPair(filepath.Join(s.data, "ca.crt"), filepath.Join(s.data, "ca.key"))
	if err != nil {
		t.Fatal(err)
	}
	return s, pair.Leaf
}

// trusting starts a Chromium that trusts an authority, as one does on whose
// device it was taken in.
func trusting(t testing.TB, authority *x509.Certificate) *page {
	t.Helper()
	sum := sha256.Sum256(authority.RawSubjectPublicKeyInfo)
	return openBrowserWith(t, chromedp.Flag("ignore-certificate-errors-spki-list", base64.StdEncoding.EncodeToString(sum[:])))
}

func TestADeviceIsSetUpAndWorksWithoutALineOverHTTPS(t *testing.T) {
	t.Parallel()
	s, authority := startSecure(t)
	t.Run("plain http leads to the page that helps, and gives the authority's file", func(t *testing.T) {
		answer, err := http.Get(s.url("/projects/x/work"))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if at := answer.Request.URL.Path; at != "/install" || answer.StatusCode != http.StatusOK {
			t.Errorf("at %s: %d", at, answer.StatusCode)
		}
		file, err := http.Get(s.url("/api/install/akhra.crt"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Body.Close()
		der, err := io.ReadAll(file.Body)
		if err != nil || string(der) != string(authority.Raw) {
			t.Errorf("%d bytes, %v", len(der), err)
		}
		refused, err := http.Get(s.url("/api/me"))
		if err != nil {
			t.Fatal(err)
		}
		refused.Body.Close()
		if refused.StatusCode != http.StatusForbidden {
			t.Errorf("a session is asked for over plain http: %d", refused.StatusCode)
		}
	})
	t.Run("a device that does not trust the server yet is shown the steps", func(t *testing.T) {
		p, axe := openBrowser(t), readAxe(t)
		p.open(s.url("/install"))
		each(p, func(name, language string) {
			p.look(s.url("/install"), `document.querySelectorAll(".install-steps li").length >= 3 && document.querySelector(".install-signs").innerText.length === 19`, language)
			p.see(axe, "install-"+name)
		})
		if eval[bool](p, `document.querySelector(".install-ready") !== null`) {
			t.Error("it is said to be ready")
		}
		p.complaints.take() // Chromium says that it does not trust the server: so it should
	})
	t.Run("one that does is told so, is let in, and keeps the app for work without a line", func(t *testing.T) {
		p := trusting(t, authority)
		p.open(s.url("/install"))
		p.await("the word that it is ready", `document.querySelector(".install-ready")`)
		p.press("Open Akhra")
		p.await("the first page over https", `location.protocol === "https:" && document.querySelector("input[type=password]")`)
		if !strings.HasPrefix(s.link, "https://"+s.addr+"/link/") {
			t.Errorf("the owner's link is %s", s.link)
		}
		p.kept()
		if !eval[bool](p, `isSecureContext`) {
			t.Error("it is no secure context")
		}
	})
}
