package api_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
	"akhra.dev/akhra/store/storetest"
)

// BenchmarkLook starts a server over very many pictures, waits until it is ready
// and asks for the pictures page over HTTP: the first look, the page after it,
// and the slowest of a hundred looks of every order.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchLook(b, n) })
	}
}

func benchLook(b *testing.B, n int) {
	dir := b.TempDir()
	w, err := storetest.Many(b.Context(), dir, n)
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	ask := startLooked(b, dir, w)
	for ready := false; !ready; time.Sleep(5 * time.Millisecond) {
		ready, _ = ask("/readyz", nil)
	}
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/ready")
	path := "/api/projects/" + string(w.Project) + "/items?limit=60"
	var page item.ItemPage
	_, first := ask(path, &page)
	_, next := ask(path+"&cursor="+page.Next, &page)
	if len(page.Items) != 60 {
		b.Fatalf("a page has %d pictures", len(page.Items))
	}
	var looks []time.Duration
	for i := range 100 {
		order := []string{"doubt", "newest", "oldest", "name", "answered"}[i%5]
		_, took := ask(path+"&order="+order, &page)
		looks = append(looks, took)
	}
	b.ReportMetric(float64(first.Microseconds())/1000, "ms/first")
	b.ReportMetric(float64(next.Microseconds())/1000, "ms/next")
	b.ReportMetric(float64(slices.Max(looks).Microseconds())/1000, "ms/slowest")
	b.ReportMetric(0, "ns/op")
}

// startLooked starts a server over a folder and gives how its owner asks it.
func startLooked(b *testing.B, dir string, w akhra.Tenant) func(path string, into any) (ok bool, took time.Duration) {
	db, err := store.Open(b.Context(), dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	blobs, err := blob.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	e := engine.New(engine.Config{DB: db, Blobs: blobs, Fill: true})
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx) }()
	server := httptest.NewServer(api.New(door.Config{DB: db, Engine: e, Blobs: blobs, Org: akhra.Org{ID: w.Org}, Now: time.Now, Chance: rand.Reader, DataDir: dir}, nil))
	b.Cleanup(func() {
		stop()
		<-ended
		server.Close()
		db.Close()
	})
	owner := akhra.User{ID: akhra.UserID(db.NewID()), Org: w.Org, Name: "Asha", Login: strings.ToLower(rand.Text()), Role: akhra.Owner}
	token := rand.Text()
	if err := db.AddUser(b.Context(), owner); err != nil {
		b.Fatal(err)
	}
	if err := db.AddSession(b.Context(), akhra.Session{TokenHash: door.HashToken(token), User: owner.ID, Org: w.Org, Created: akhra.MillisOf(time.Now()), Expires: akhra.MillisOf(time.Now().Add(time.Hour))}); err != nil {
		b.Fatal(err)
	}
	return func(path string, into any) (bool, time.Duration) {
		r := httptest.NewRequestWithContext(b.Context(), "GET", server.URL+path, nil)
		r.RequestURI = ""
		r.Header.Set("Cookie", "akhra="+token)
		began := time.Now()
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		defer got.Body.Close()
		if into != nil {
			var body []byte
			if body, err = io.ReadAll(got.Body); err == nil && got.StatusCode != http.StatusOK {
				b.Fatalf("%s: %s", path, body)
			}
			if err == nil {
				err = json.Unmarshal(body, into)
			}
		}
		if err != nil {
			b.Fatal(err)
		}
		return got.StatusCode == http.StatusOK, time.Since(began)
	}
}
