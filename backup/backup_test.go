package backup_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/store"
)

// folder is a data folder with events and blobs, open.
func folder(t *testing.T, n int) (dir string, db *store.DB, blobs *blob.Store, org akhra.Org, hashes []string) {
	t.Helper()
	dir = t.TempDir()
	db, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	blobs, err = blob.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	if org, err = db.EnsureOrg(t.Context(), "Khunti centre"); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		hash, _, err := blobs.Put(t.Context(), bytes.NewReader(fmt.Appendf(nil, "picture %d", i)))
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, hash)
	}
	return dir, db, blobs, org, hashes
}

func TestABackupMadeWhilePeopleWorkIsRestoredToTheSameFacts(t *testing.T) {
	t.Parallel()
	dir, db, _, org, hashes := folder(t, 20)
	for _, name := range []string{"pin.key", "ca.key"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if _, err := db.Append(t.Context(), akhra.Event{Org: org.ID, Kind: akhra.EventExported}); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	before, err := db.Head(t.Context(), org.ID)
	if err != nil {
		t.Fatal(err)
	}
	at, made, err := backup.Make(t.Context(), db, dir, t.TempDir(), time.Now())
	close(stop)
	all.Wait()
	if err != nil {
		t.Fatal(err)
	}
	restored := filepath.Join(t.TempDir(), "data")
	m, err := backup.Restore(t.Context(), at, restored, true)
	if err != nil || m.Facts != made.Facts || m.Facts.Head < before || len(m.Blobs) != len(hashes) {
		t.Fatalf("restored %+v, %v", m.Facts, err)
	}
	if key, _ := os.ReadFile(filepath.Join(restored, "ca.key")); string(key) != "secret" {
		t.Error("the key of the authority is not in the backup")
	}
	for _, where := range []string{at, restored} {
		if _, err := os.Stat(filepath.Join(where, "pin.key")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the key of PINs is in %s: %v", where, err)
		}
		if info, err := os.Stat(filepath.Join(where, "akhra.db")); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read the database in %s: %v, %v", where, info.Mode(), err)
		}
	}
	again, err := store.Open(t.Context(), restored, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if head, err := again.Head(t.Context(), org.ID); err != nil || head != m.Facts.Head {
		t.Errorf("the restored log ends at %d, %v, want %d", head, err, m.Facts.Head)
	}
}

func TestTheNextBackupCopiesOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	dir, db, blobs, _, _ := folder(t, 5)
	out := t.TempDir()
	if _, m, err := backup.Make(t.Context(), db, dir, out, time.Now()); err != nil || m.Copied != 5 {
		t.Fatalf("the first copied %d, %v", m.Copied, err)
	}
	if _, _, err := blobs.Put(t.Context(), bytes.NewReader([]byte("new"))); err != nil {
		t.Fatal(err)
	}
	if _, m, err := backup.Make(t.Context(), db, dir, out, time.Now().Add(time.Second)); err != nil || m.Copied != 1 || len(m.Blobs) != 6 {
		t.Errorf("the second copied %d of %d, %v", m.Copied, len(m.Blobs), err)
	}
}

func TestADamagedBackupIsTold(t *testing.T) {
	t.Parallel()
	dir, db, _, _, hashes := folder(t, 3)
	out := t.TempDir()
	at, _, err := backup.Make(t.Context(), db, dir, out, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{filepath.Join(at, "akhra.db"), filepath.Join(out, "blobs", hashes[1][:2], hashes[1][2:4], hashes[1])} {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rotten := bytes.Clone(whole)
		rotten[len(rotten)/2] ^= 1
		if err := os.WriteFile(file, rotten, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), at, filepath.Join(t.TempDir(), "data"), true); akhra.CodeOf(err) != akhra.Internal {
			t.Errorf("one bit of %s is wrong: %v", file, err)
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(at, "manifest.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), at, filepath.Join(t.TempDir(), "data"), true); akhra.CodeOf(err) != akhra.NotFound {
		t.Errorf("a backup that never ended: %v", err)
	}
}

func TestABackupIsNotRestoredOverData(t *testing.T) {
	t.Parallel()
	dir, db, _, _, _ := folder(t, 1)
	at, _, err := backup.Make(t.Context(), db, dir, t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), at, dir, false); akhra.CodeOf(err) != akhra.Conflict {
		t.Errorf("restored over data: %v", err)
	}
}

func TestEveryRottenAndEveryMissingBlobIsFound(t *testing.T) {
	t.Parallel()
	dir, db, _, org, hashes := folder(t, 30)
	tn := akhra.Tenant{Org: org.ID, Project: "p"}
	class := akhra.Class{ID: akhra.ClassID(db.NewID()), Name: "pest", Key: "1"}
	p := akhra.Project{ID: akhra.ProjectID(db.NewID()), Org: org.ID, Name: "Leaves", Question: "What?", LabelSet: akhra.LabelSetID(db.NewID()), Settings: akhra.DefaultSettings()}
	tn.Project = p.ID
	other := akhra.Class{ID: akhra.ClassID(db.NewID()), Name: "leaf", Key: "2"}
	if err := db.AddProject(t.Context(), tn, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: []akhra.Class{class, other}}); err != nil {
		t.Fatal(err)
	}
	for i, h := range hashes {
		item := akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: h, Name: fmt.Sprint(i), Width: 1, Height: 1, Variants: [3]string{h, h, h}}
		if _, err := db.AddItems(t.Context(), tn, []akhra.Item{item}); err != nil {
			t.Fatal(err)
		}
	}
	at := func(h string) string { return filepath.Join(dir, "blobs", h[:2], h[2:4], h) }
	if err := errors.Join(os.WriteFile(at(hashes[3]), []byte("picture X"), 0o600), os.Remove(at(hashes[7]))); err != nil {
		t.Fatal(err)
	}
	h, err := backup.Check(t.Context(), db, dir)
	if err != nil || h.Blobs != 29 || len(h.Damaged) != 1 || h.Damaged[0] != hashes[3] || len(h.Missing) != 1 || h.Missing[0] != hashes[7] {
		t.Errorf("found %+v, %v", h, err)
	}
}
