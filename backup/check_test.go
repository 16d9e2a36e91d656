package backup_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backup"
)

func TestWhatABackupHasIsBroughtBack(t *testing.T) {
	t.Parallel()
	dir, db, blobs, _, hashes := folder(t, 4)
	out := t.TempDir()
	if _, _, err := backup.Make(t.Context(), db, dir, out, time.Now()); err != nil {
		t.Fatal(err)
	}
	at := func(root, hash string) string { return filepath.Join(root, "blobs", hash[:2], hash[2:4], hash) }
	rotten, gone, gone2, fine := hashes[0], hashes[1], hashes[2], hashes[3]
	for _, err := range []error{
		os.WriteFile(at(dir, rotten), []byte("picture X"), 0o600),
		os.Remove(at(dir, gone)), os.Remove(at(dir, gone2)),
		os.WriteFile(at(out, gone2), []byte("picture Y"), 0o600), // the backup has rotted, too
		blobs.SetAside(rotten),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	healed, err := backup.Heal(t.Context(), blobs, out, []string{rotten, gone, gone2})
	if err != nil || !slices.Equal(healed, []string{rotten, gone}) {
		t.Errorf("brought back %v, %v", healed, err)
	}
	for hash, want := range map[string]akhra.Code{rotten: "", gone: "", fine: "", gone2: akhra.NotFound} {
		if _, err := blobs.Get(t.Context(), hash); akhra.CodeOf(err) != want {
			t.Errorf("%s is read with %v, want %q", hash, err, want)
		}
	}
	if h, err := backup.Check(t.Context(), db, dir); err != nil || len(h.Damaged) > 0 {
		t.Errorf("what was set aside still counts: %+v, %v", h, err)
	}
	if _, m, err := backup.Make(t.Context(), db, dir, t.TempDir(), time.Now()); err != nil || len(m.Blobs) != 3 {
		t.Errorf("the next backup has %d files of 3, %v", len(m.Blobs), err)
	}
}
