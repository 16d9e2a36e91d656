package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"akhra.dev/akhra/web"
)

func get(t *testing.T, h http.Handler, path, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestServe(t *testing.T) {
	t.Parallel()
	h := web.Serve(fstest.MapFS{
		"index.html":          {Data: []byte("<title>Akhra</title>")},
		"sw.js":               {Data: []byte("worker")},
		"assets/app-1a.js":    {Data: []byte("script")},
		"assets/app-1a.js.br": {Data: []byte("packed")},
		"assets/app-1a.js.gz": {Data: []byte("zipped")},
		".keep":               {},
	})
	rows := []struct {
		rule, path, encoding string
		status               int
		body, packed, cache  string
	}{
		{"the app is the page of its root", "/", "", 200, "<title>Akhra</title>", "", "no-cache"},
		{"a project's page is the app", "/p/0190/annotate", "", 200, "<title>Akhra</title>", "", "no-cache"},
		{"a link's page is the app", "/link/abcDEF", "", 200, "<title>Akhra</title>", "", "no-cache"},
		{"a hashed asset is kept for ever", "/assets/app-1a.js", "", 200, "script", "", "immutable"},
		{"the best packing the browser takes is sent", "/assets/app-1a.js", "gzip, br", 200, "packed", "br", "immutable"},
		{"gzip where brotli is not taken", "/assets/app-1a.js", "gzip, br;q=0", 200, "zipped", "gzip", "immutable"},
		{"the service worker is asked for each time", "/sw.js", "", 200, "worker", "", "no-cache"},
		{"a lost asset is not the app", "/assets/old-9z.js", "", 404, "no such file", "", ""},
		{"a lost file is not the app", "/favicon.ico", "", 404, "no such file", "", ""},
		{"a hidden file is not served", "/.keep", "", 404, "no such file", "", ""},
	}
	for _, row := range rows {
		w := get(t, h, row.path, row.encoding)
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.body) || w.Header().Get("Content-Encoding") != row.packed ||
			!strings.Contains(w.Header().Get("Cache-Control"), row.cache) {
			t.Errorf("%s: %d %q %v", row.rule, w.Code, w.Body, w.Header())
		}
	}
}

func TestServe_SaysHowToBuild(t *testing.T) {
	t.Parallel()
	w := get(t, web.Serve(fstest.MapFS{".keep": {}}), "/", "")
	if w.Code != 503 || !strings.Contains(w.Body.String(), "make app") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}
