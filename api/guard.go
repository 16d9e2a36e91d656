package api

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

const jsonType = "application/json"

// guard stands before every request from the network: headers, the Host of a
// demo, requests forged by another site, and faults of ours.
func (a *API) guard(next http.Handler) http.Handler {
	forged := http.NewCrossOriginProtection()
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
		}
		switch {
		case a.Demo && !isLoopback(r.Host):
			refuse(w, problemOf(akhra.Errorf(akhra.Forbidden, "The demo answers only under the name localhost.")))
		case forged.Check(r) != nil:
			refuse(w, problemOf(akhra.Errorf(akhra.Forbidden, "This request came from another site.")))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (a *API) recover(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	a.Log.Error("fault in a handler", slog.String("path", r.URL.Path), slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
	refuse(w, problemFor(http.StatusInternalServerError))
}

// isLoopback tells whether a Host header names this machine.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || (ip != nil && ip.IsLoopback())
}

// isHTTPS tells whether the browser's connection is encrypted, as far as this
// process or its configuration knows.
func (a *API) isHTTPS(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(a.URL, "https://")
}

func (a *API) baseURL(r *http.Request) string {
	if a.URL != "" {
		return strings.TrimSuffix(a.URL, "/")
	}
	if a.isHTTPS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func writeJSON(w http.ResponseWriter, status int, kind string, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"type":"internal","title":"Something went wrong on our side.","status":500}`)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(text)
}
