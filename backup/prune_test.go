package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/store"
)

// saved is a data folder and the folder of its backups, and takes one an hour.
type saved struct {
	t         *testing.T
	dir, out  string
	db        *store.DB
	blobs     *blob.Store
	now       time.Time
	snapshots []string
}

func newSaved(t *testing.T, out string) *saved {
	t.Helper()
	s := &saved{t: t, out: out, now: time.UnixMilli(1_700_000_000_000)}
	s.dir, s.db, s.blobs, _, _ = folder(t, 2)
	return s
}

func (s *saved) take(verify bool, keep int) backup.Taken {
	s.t.Helper()
	s.now = s.now.Add(time.Hour)
	made, err := backup.Take(s.t.Context(), s.db, s.dir, backup.Wish{Out: s.out, Verify: verify, Keep: keep}, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.snapshots = append(s.snapshots, made.Folder)
	return made
}

// passing is a blob that the data folder has until it is called off.
func (s *saved) passing(text string) (hash string, off func()) {
	s.t.Helper()
	hash, _, err := s.blobs.Put(s.t.Context(), bytes.NewReader([]byte(text)))
	if err != nil {
		s.t.Fatal(err)
	}
	return hash, func() { os.Remove(filepath.Join(s.dir, "blobs", hash[:2], hash[2:4], hash)) }
}

// there tells whether the folder of backups has a blob.
func (s *saved) there(hash string) bool {
	_, err := os.Stat(filepath.Join(s.out, "blobs", hash[:2], hash[2:4], hash))
	return err == nil
}

// whole tells which of the snapshots are there and restored without a fault.
func (s *saved) whole() (n []int) {
	s.t.Helper()
	for i, folder := range s.snapshots {
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		if _, err := backup.Restore(s.t.Context(), folder, filepath.Join(s.t.TempDir(), "data"), true); err != nil {
			s.t.Errorf("snapshot %d: %v", i, err)
		}
		n = append(n, i)
	}
	return n
}

func TestTheNewestVerifiedBackupsStayAndWhatTheOthersAloneNamedGoes(t *testing.T) {
	t.Parallel()
	s := newSaved(t, t.TempDir())
	first, off := s.passing("only in the first")
	s.take(true, 2)
	off()
	unproven, off := s.passing("only in one that was not verified")
	s.take(false, 2)
	off()
	s.take(true, 2)
	if got := s.whole(); !slices.Equal(got, []int{0, 1, 2}) || !s.there(first) {
		t.Fatalf("two verified and one that was not: %v are left", got)
	}
	made := s.take(true, 2)
	if got := s.whole(); !slices.Equal(got, []int{1, 2, 3}) || made.Removed != 1 || made.Unproven != 1 {
		t.Errorf("after a third that was verified %v are left, told %+v", got, made.Pruned)
	}
	if s.there(first) || !s.there(unproven) {
		t.Errorf("the first's own file is there: %v; the other's: %v", s.there(first), s.there(unproven))
	}
	if r, err := backup.ReadRecord(s.dir); err != nil || len(r.Proven) != 2 || r.Unproven != 1 || r.Verified.Folder != s.snapshots[3] {
		t.Errorf("remembered %+v, %v", r, err)
	}
}

func TestTheNewestVerifiedBackupOutlivesAllThatAreNot(t *testing.T) {
	t.Parallel()
	s := newSaved(t, t.TempDir())
	s.take(true, 1)
	for range 3 {
		s.take(false, 1)
	}
	if got := s.whole(); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("%v are left", got)
	}
}

func TestNothingIsRemovedUnlessItIsWished(t *testing.T) {
	t.Parallel()
	s := newSaved(t, t.TempDir())
	for range 3 {
		s.take(true, 0)
	}
	if got := s.whole(); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("%v are left", got)
	}
}

func TestBackupsOfOthersInTheSameFolderStay(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	other := newSaved(t, out)
	hash, _ := other.passing("theirs")
	other.take(true, 1)
	s := newSaved(t, out)
	s.now = s.now.Add(time.Minute)
	s.take(true, 1)
	if made := s.take(true, 1); made.Removed != 1 || made.Unproven != 1 {
		t.Errorf("told %+v", made.Pruned)
	}
	if got := other.whole(); !slices.Equal(got, []int{0}) || !other.there(hash) {
		t.Errorf("of the other's %v are left, its file: %v", got, other.there(hash))
	}
}

// TestAnEndedRemovalGoesOn: a process that is killed between the first step of
// a removal and the last leaves no backup that looks whole and is not.
func TestAnEndedRemovalGoesOn(t *testing.T) {
	t.Parallel()
	s := newSaved(t, t.TempDir())
	hash, off := s.passing("only in the first")
	s.take(true, 0)
	off()
	s.take(true, 0)
	if err := os.Rename(filepath.Join(s.snapshots[0], "manifest.json"), filepath.Join(s.snapshots[0], "manifest.leaving.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), s.snapshots[0], filepath.Join(t.TempDir(), "data"), true); err == nil {
		t.Error("what is being removed is restored")
	}
	busy := filepath.Join(s.out, s.now.Add(30*time.Minute).UTC().Format("20060102-150405.000"))
	if err := os.Mkdir(busy, 0o700); err != nil {
		t.Fatal(err)
	}
	if s.take(true, 0); !s.there(hash) {
		t.Error("a file was removed while another backup was being made, which may need it")
	}
	s.now = s.now.Add(48 * time.Hour) // whoever made it was killed
	s.take(true, 0)
	if got := s.whole(); !slices.Equal(got, []int{1, 2, 3}) || s.there(hash) {
		t.Errorf("%v are left, the file of the first: %v", got, s.there(hash))
	}
}
