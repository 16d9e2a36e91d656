package api_test

import (
	"context"
	"crypto/rand"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
)

// TestAServerIsReadyOnceItsPicturesAreRead: whoever asks before is told how far
// it is; answers are taken meanwhile; after it the first look finds the pictures in memory.
func TestAServerIsReadyOnceItsPicturesAreRead(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(7)
	blobs, err := blob.Open(h.dir)
	must(t, err)
	e := engine.New(engine.Config{DB: h.db, Blobs: blobs, Fill: true})
	a := api.New(door.Config{DB: h.db, Engine: e, Blobs: blobs, Org: h.org, Now: h.now, Chance: rand.Reader, DataDir: h.dir}, nil)
	server := httptest.NewServer(a)
	defer server.Close()
	h.server.URL = server.URL
	if r := owner.ask("GET", "/readyz", nil); r.status != 503 || !strings.Contains(string(r.body), "0 of 0") {
		t.Errorf("before anything is read: %d %s", r.status, r.body)
	}
	if got := len(owner.lease(w, 3)); got != 3 {
		t.Errorf("%d tasks are leased meanwhile", got)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx) }()
	for end := time.Now().Add(30 * time.Second); owner.ask("GET", "/readyz", nil).status != 200; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never ready")
		}
	}
	if done, total, over := e.Filling(); done != 7 || total != 7 || !over {
		t.Errorf("read %d of %d, over: %v", done, total, over)
	}
	stop()
	<-ended
}
