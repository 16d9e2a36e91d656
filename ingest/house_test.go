package ingest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
)

// house is a room with a shelf of items and bytes in memory.
type house struct {
	*ingest.Room
	tenant ingest.Into

	mu    sync.Mutex
	items []akhra.Item
	blobs map[string][]byte
	puts  int
	fail  error // what AddItems answers, when set
}

func open(tb testing.TB) *house {
	tb.Helper()
	h := &house{tenant: ingest.Into{Tenant: akhra.Tenant{Org: "org", Project: "project"}, Batch: "april"}, blobs: map[string][]byte{}}
	h.Room = ingest.New(h, h, time.Now, rand.NewChaCha8([32]byte{1}))
	return h
}

func (h *house) AddItems(_ context.Context, _ akhra.Tenant, items []akhra.Item) ([]bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail != nil {
		return nil, h.fail
	}
	added := make([]bool, len(items))
	for i, item := range items {
		if added[i] = !h.has(item.Blob); added[i] {
			item.Seq = int64(len(h.items) + 1)
			h.items = append(h.items, item)
		}
	}
	return added, nil
}

func (h *house) has(hash string) bool {
	for _, item := range h.items {
		if item.Blob == hash {
			return true
		}
	}
	return false
}

func (h *house) KnownBlob(_ context.Context, _ akhra.Tenant, hash string) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.has(hash), nil
}

func (h *house) PutBytes(_ context.Context, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	h.mu.Lock()
	defer h.mu.Unlock()
	h.blobs[hash], h.puts = data, h.puts+1
	return hash, nil
}
