// Package web embeds the built browser app and serves it. It holds no logic
// and no data: what the app shows it asks the API for.
//
// The folder dist is built by `make app` and is not in git; without it the
// server says in one sentence how to build it.
package web

import (
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

const unbuilt = "The browser app is not built yet: run `make app` in the source folder and start again.\n"

// Handler serves the app that was built into this binary.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the path is a constant of this file
	}
	return Serve(files)
}

// Serve serves a built app from files: hashed assets for ever, index.html for
// every page of the app, one sentence when there is no app.
func Serve(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Pages are only read.", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if isFile(files, name) {
			serveFile(w, r, files, name)
			return
		}
		if strings.HasPrefix(name, "assets/") || path.Ext(name) != "" {
			http.Error(w, "There is no such file.", http.StatusNotFound)
			return
		}
		serveApp(w, r, files)
	})
}

func serveApp(w http.ResponseWriter, r *http.Request, files fs.FS) {
	if !isFile(files, "index.html") {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(unbuilt))
		return
	}
	serveFile(w, r, files, "index.html")
}

func isFile(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.Mode().IsRegular() && !strings.HasPrefix(path.Base(name), ".")
}

// serveFile sends a file, in its packed form where the browser takes it.
func serveFile(w http.ResponseWriter, r *http.Request, files fs.FS, name string) {
	h := w.Header()
	h.Set("Content-Type", kind(name))
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	for _, packed := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if takes(r, packed.encoding) && isFile(files, name+packed.suffix) {
			h.Set("Content-Encoding", packed.encoding)
			name += packed.suffix
			break
		}
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		http.Error(w, "There is no such file.", http.StatusNotFound)
		return
	}
	if r.Method == http.MethodGet {
		w.Write(text)
	}
}

func takes(r *http.Request, encoding string) bool {
	for _, one := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		if name, quality, _ := strings.Cut(strings.TrimSpace(one), ";"); name == encoding && !strings.HasSuffix(quality, "q=0") {
			return true
		}
	}
	return false
}

func kind(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
