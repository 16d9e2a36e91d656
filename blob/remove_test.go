package blob_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akhra.dev/akhra"
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

func TestARottenBlobIsSetAsideAndComesBackWithItsBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	body := []byte("a picture of a beetle")
	hash, err := s.PutBytes(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	rot := func() {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, hash[:2], hash[2:4], hash), []byte("a picture of a bottle"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	here := func(want akhra.Code) {
		t.Helper()
		if _, err := s.Get(t.Context(), hash); akhra.CodeOf(err) != want {
			t.Errorf("it is read with %v, want %q", err, want)
		}
	}
	if err := s.SetAside(hash); err != nil {
		t.Fatal(err)
	}
	here("") // it was whole
	rot()
	if err := s.SetAside(hash); err != nil {
		t.Fatal(err)
	}
	here(akhra.NotFound)
	if err := s.SetAside(hash); err != nil {
		t.Errorf("set aside again: %v", err)
	}
	for _, put := range []func() error{
		func() error { _, err := s.PutBytes(t.Context(), body); return err },
		func() error { _, _, err := s.Put(t.Context(), bytes.NewReader(body)); return err },
	} {
		if err := put(); err != nil {
			t.Fatal(err)
		}
		here("")
		rot() // what is put over rotten bytes heals them
	}
}
