package blob_test

import (
	"testing"
	"time"

	"akhra.dev/akhra/blob"
)

// TestRemove: a blob goes unless it was put since, were its bytes there before
// or not.
func TestRemove(t *testing.T) {
	t.Parallel()
	s, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func() string {
		hash, err := s.PutBytes(t.Context(), []byte("leaf"))
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	hash := put()
	time.Sleep(5 * time.Millisecond)
	before := time.Now()
	time.Sleep(5 * time.Millisecond)
	put()
	for _, row := range []struct {
		since time.Time
		gone  bool
	}{{before, false}, {time.Now().Add(time.Second), true}, {before, true}} {
		if gone, err := s.Remove(hash, row.since); err != nil || gone != row.gone {
			t.Errorf("gone %v, %v, want %v", gone, err, row.gone)
		}
	}
	if _, err := s.Remove("../../etc/passwd", before); err == nil {
		t.Error("something else is removed")
	}
}
