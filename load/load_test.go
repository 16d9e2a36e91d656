package load_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/work"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/load"
	"akhra.dev/akhra/store"
)

var few = load.Plan{Rate: 300, Think: 200 * time.Millisecond, Length: 2 * time.Second, Connections: 4, Listeners: 10, Seed: 1}

// serve furnishes a real server for a plan; between stands before it.
func serve(t *testing.T, plan load.Plan, between func(http.Handler) http.Handler) load.Target {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(engine.Config{DB: db, Blobs: blobs, Now: time.Now, Chance: rand.Reader})
	a := api.New(door.Config{DB: db, Engine: e, Blobs: blobs, Org: org, Now: time.Now, Chance: rand.Reader, DataDir: dir, Pepper: []byte("of a test")}, nil)
	running, stop := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { defer close(over); _ = e.Run(running) }() // it ends with its context
	server := httptest.NewServer(between(a))
	t.Cleanup(func() { a.EndStreams(); server.Close(); stop(); <-over })
	target, err := load.Furnish(t.Context(), db, org, plan)
	if err != nil {
		t.Fatal(err)
	}
	target.Base = server.URL
	return target
}

func straight(next http.Handler) http.Handler { return next }

func TestAGoodServerLosesNothingAndCountsNothingTwice(t *testing.T) {
	t.Parallel()
	r, err := load.Run(t.Context(), serve(t, few, straight), few)
	if err != nil {
		t.Fatal(err)
	}
	if r.Lost+r.Twice+r.Failed > 0 || r.Answers < 200 || r.Answer.P50 <= 0 || r.Up < 100 || r.Down < 100 {
		t.Errorf("%+v", r)
	}
	if r.Burst.P99 == 0 {
		t.Error("nobody came back to the network with what she had answered without it")
	}
}

// sometimes does something else with every nth request for a path.
func sometimes(n int64, do http.HandlerFunc) func(http.Handler) http.Handler {
	var asked atomic.Int64
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/sync" && asked.Add(1)%n == 0 {
				do(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func TestAServerThatSaysStoredAndStoresNotIsCaught(t *testing.T) {
	t.Parallel()
	lie := sometimes(50, func(w http.ResponseWriter, r *http.Request) {
		var in work.SyncBody
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			t.Error(err)
		}
		out := work.SyncView{}
		for _, a := range in.Answers {
			out.Verdicts = append(out.Verdicts, work.VerdictView{ID: a.ID, Outcome: akhra.Stored})
		}
		door.WriteJSON(w, http.StatusOK, door.JSONType, out)
	})
	r, err := load.Run(t.Context(), serve(t, few, lie), few)
	if err != nil || r.Lost+r.Twice == 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAServerThatRefusesAndStoresIsCaught(t *testing.T) {
	t.Parallel()
	var whole http.Handler
	lie := func(next http.Handler) http.Handler {
		whole = next
		return sometimes(50, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			heard := httptest.NewRecorder()
			whole.ServeHTTP(heard, r)
			said := bytes.ReplaceAll(heard.Body.Bytes(), []byte(`"stored"`), []byte(`"refused"`))
			w.Header().Set("Content-Type", door.JSONType)
			_, _ = w.Write(said) // the other end tells
		})(next)
	}
	r, err := load.Run(t.Context(), serve(t, few, lie), few)
	if err != nil || r.Twice == 0 || r.Failed == 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAServerThatStallsIsChargedForEverybodyWhoHadToWait(t *testing.T) {
	t.Parallel()
	one := few
	one.Connections = 1
	const stall = 500 * time.Millisecond
	var stalled atomic.Bool
	slow := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/sync" && stalled.CompareAndSwap(false, true) {
				time.Sleep(stall)
			}
			next.ServeHTTP(w, r)
		})
	}
	r, err := load.Run(t.Context(), serve(t, one, slow), one)
	if err != nil || r.Answer.P99 < float64(stall.Milliseconds())/2 {
		t.Errorf("one answer in hundreds took half a second, and those that fell due meanwhile waited: p99 %.0f ms, %v", r.Answer.P99, err)
	}
}
