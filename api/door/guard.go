package door

import (
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"akhra.dev/akhra"
)

// contentPolicy is what pages may do: nothing from elsewhere, no inline script.
const contentPolicy = "default-src 'self'; script-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
	"frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types akhra"

// JSONType is the media type of most answers.
const JSONType = "application/json"

// Guard stands before every request from the network: headers, the Host of a
// demo, requests forged by another site, and faults of ours.
func (a *Door) Guard(next http.Handler) http.Handler {
	forged := http.NewCrossOriginProtection()
	next = squeezed(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer a.recover(w, r)
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
			if a.DB.DiskLow() {
				h.Set("Akhra-Disk", "low") // the page says so wherever one is
			}
		}
		switch {
		case a.Demo && !IsLoopback(r.Host):
			Refuse(w, ProblemOf(akhra.Errorf(akhra.Forbidden, "The demo answers only under the name localhost.")))
		case forged.Check(r) != nil:
			Refuse(w, ProblemOf(akhra.Errorf(akhra.Forbidden, "This request came from another site.")))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// recover logs a fault without the path, which may hold the token of a link.
func (a *Door) recover(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	a.Log.Error("fault in a handler", slog.String("operation", r.Pattern), slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
	Refuse(w, ProblemFor(http.StatusInternalServerError))
}

// IsLoopback tells whether a Host header names this machine.
func IsLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || (ip != nil && ip.IsLoopback())
}

// IsHTTPS tells whether the browser's connection is encrypted, as far as this
// process or its configuration knows.
func (a *Door) IsHTTPS(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(a.URL, "https://")
}

// BaseURL is the address by which the world reaches this server.
func (a *Door) BaseURL(r *http.Request) string {
	if a.URL != "" {
		return strings.TrimSuffix(a.URL, "/")
	}
	if a.IsHTTPS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// WriteJSON answers with a body of any value that JSON can hold.
func WriteJSON(w http.ResponseWriter, status int, kind string, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"type":"internal","title":"Something went wrong on our side.","status":500}`)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(text)
}
