package people

import (
	"net"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/https"
)

// Install is what a device needs to trust a server with an authority of its
// own.
type Install struct {
	Fingerprint string         `json:"fingerprint" doc:"Of the authority, for people to compare with what the server's machine shows"`
	Secure      string         `json:"secure" doc:"Where the server is once the device trusts it"`
	Pages       []InstallPlace `json:"pages" doc:"Where other devices open the page that helps; the address asked for first"`
}

// InstallPlace is one address of the page that helps, and its QR code.
type InstallPlace struct {
	Address string `json:"address"`
	Code    string `json:"code" doc:"An SVG path on a square grid without a margin; what it covers is dark"`
	Side    int    `json:"side" doc:"Cells of a side of the grid"`
}

func (a *room) routeInstall() {
	a.Plain("install", a.install, door.Answers[Install](a.Door))
	a.Plain("install-authority", func(w http.ResponseWriter, _ *http.Request) error {
		if !a.hasAuthority() {
			return errNoAuthority()
		}
		w.Header().Set("Content-Type", authorityType)
		w.Header().Set("Content-Disposition", `inline; filename="akhra.crt"`) // a phone offers to take it in at once
		_, err := w.Write(a.Shown.CA)
		return err
	}, door.BytesOut(authorityType))
}

// authorityType is what devices know a certificate to take in by.
const authorityType = "application/x-x509-ca-cert"

func (a *room) hasAuthority() bool { return a.Shown != nil && a.Shown.CA != nil }

func errNoAuthority() error {
	return akhra.Errorf(akhra.NotFound, "This server has no authority of its own: there is nothing to set up.")
}

func (a *room) install(w http.ResponseWriter, r *http.Request) error {
	if !a.hasAuthority() {
		return errNoAuthority()
	}
	out := Install{Fingerprint: a.Shown.Fingerprint(), Secure: a.Shown.Address(r.Host), Pages: []InstallPlace{}}
	for _, host := range installHosts(r.Host) {
		address := "http://" + host + "/install"
		code, side, err := https.Code(address)
		if err != nil {
			return err
		}
		out.Pages = append(out.Pages, InstallPlace{address, code, side})
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // the page over plain http looks whether https is trusted
	door.WriteJSON(w, http.StatusOK, door.JSONType, out)
	return nil
}

// installHosts are the hosts, with their port, at which other devices reach
// what was asked under one.
func installHosts(asked string) []string {
	if !door.IsLoopback(asked) {
		return []string{asked}
	}
	_, port, err := net.SplitHostPort(asked)
	if err != nil {
		port = "80"
	}
	hosts := []string{}
	for _, ip := range https.Addresses() {
		hosts = append(hosts, net.JoinHostPort(ip.String(), port))
	}
	return hosts
}
