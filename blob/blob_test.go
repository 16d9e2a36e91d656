package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
)

func open(t *testing.T, dir string) *blob.Store {
	t.Helper()
	s, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsPutIsGotUnderItsSHA256(t *testing.T) {
	s := open(t, t.TempDir())
	body := []byte("a picture of a beetle")
	hash, size, err := s.Put(t.Context(), bytes.NewReader(body))
	if err != nil || size != int64(len(body)) {
		t.Fatalf("put gave %d bytes, %v", size, err)
	}
	sum := sha256.Sum256(body)
	if hash != hex.EncodeToString(sum[:]) {
		t.Errorf("hash = %s", hash)
	}
	if got, err := s.Get(t.Context(), hash); err != nil || !bytes.Equal(got, body) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestEqualBytesAreOneFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := s.PutBytes(context.Background(), []byte("the same")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if names := files(t, dir); len(names) != 1 {
		t.Errorf("files = %q, want one", names)
	}
}

func TestAPutThatFailsLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	torn := errors.New("the line broke")
	if _, _, err := s.Put(t.Context(), iotest.ErrReader(torn)); !errors.Is(err, torn) {
		t.Errorf("err = %v", err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := s.Put(ended, strings.NewReader("late")); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	if names := files(t, dir); len(names) != 0 {
		t.Errorf("left %q", names)
	}
}

func TestOpeningClearsWhatAKillLeftHalfWritten(t *testing.T) {
	dir := t.TempDir()
	open(t, dir).Close()
	half := filepath.Join(dir, "scratch", "1")
	if err := errors.Join(os.MkdirAll(filepath.Dir(half), 0o700), os.WriteFile(half, []byte("half a pic"), 0o600)); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if names := files(t, dir); len(names) != 0 {
		t.Errorf("left %q", names)
	}
	if _, err := s.PutBytes(t.Context(), []byte("next")); err != nil {
		t.Error(err)
	}
}

func TestARottenBlobIsAnErrorAndNeverAWrongPicture(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	hash, err := s.PutBytes(t.Context(), []byte("a picture of a beetle"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files(t, dir)[0], []byte("a picture of a bottle"), 0o600); err != nil {
		t.Fatal(err)
	}
	if body, err := s.Get(t.Context(), hash); akhra.CodeOf(err) != akhra.Internal || body != nil {
		t.Errorf("got %q, %v", body, err)
	}
}

func TestAnythingButAStoredHashIsNotFound(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "blobs"))
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "ab", "../secret", "../../etc/passwd", strings.Repeat("z", 64), strings.Repeat("a", 64)} {
		if _, err := s.Get(t.Context(), name); akhra.CodeOf(err) != akhra.NotFound {
			t.Errorf("get %q: %v", name, err)
		}
		if _, err := s.Open(name); akhra.CodeOf(err) != akhra.NotFound {
			t.Errorf("open %q: %v", name, err)
		}
	}
}
