package backup_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra/backup"
)

func TestTheFolderRemembersItsBackups(t *testing.T) {
	t.Parallel()
	dir, db, _, _, hashes := folder(t, 2)
	out := t.TempDir()
	first, second, third := time.UnixMilli(1_700_000_000_000), time.UnixMilli(1_700_000_100_000), time.UnixMilli(1_700_000_200_000)
	record := func() backup.Record {
		t.Helper()
		r, err := backup.ReadRecord(dir)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := record(); r.Last != nil || r.Verified != nil || r.Failed != nil {
		t.Fatalf("before the first %+v", r)
	}
	taken, err := backup.Take(t.Context(), db, dir, backup.Wish{Out: out, Verify: true}, first)
	at := taken.Folder
	if r := record(); err != nil || !r.Verified.Made.Equal(first) || r.Verified.Folder != at || !r.Last.Made.Equal(first) || r.Failed != nil {
		t.Fatalf("after one that was verified %+v, %v", r, err)
	}
	if left, _ := filepath.Glob(filepath.Join(out, ".verify-*")); len(left) > 0 {
		t.Errorf("the copy to compare was left: %v", left)
	}
	if _, err := os.Stat(filepath.Join(at, "backup.json")); err == nil {
		t.Error("the record is in the backup: a restored folder would speak of backups it never had")
	}
	if _, err := backup.Take(t.Context(), db, dir, backup.Wish{Out: out}, second); err != nil {
		t.Fatal(err)
	}
	if r := record(); !r.Last.Made.Equal(second) || !r.Verified.Made.Equal(first) {
		t.Errorf("after one that was not verified %+v", r)
	}
	if err := os.WriteFile(filepath.Join(out, "blobs", hashes[0][:2], hashes[0][2:4], hashes[0]), []byte("picture X"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = backup.Take(t.Context(), db, dir, backup.Wish{Out: out, Verify: true}, third)
	if r := record(); err == nil || !r.Failed.At.Equal(third) || !strings.Contains(r.Failed.Why, "is damaged") || !r.Verified.Made.Equal(first) {
		t.Errorf("after one that rotted %+v, %v", r, err)
	}
	if _, err := backup.Take(t.Context(), db, dir, backup.Wish{Out: filepath.Join(dir, "akhra.db", "x"), Verify: true}, third); err == nil {
		t.Error("a backup into a file")
	}
	if r := record(); !strings.Contains(r.Failed.Why, "cannot be made") || !r.Last.Made.Equal(third) {
		t.Errorf("after one that could not be made %+v", r)
	}
	if _, err := backup.Take(t.Context(), db, dir, backup.Wish{Out: t.TempDir(), Verify: true}, third.Add(time.Second)); err != nil || record().Failed != nil {
		t.Errorf("after a good one the failure stands: %+v, %v", record().Failed, err)
	}
}

func TestABackupIsDueAQuarterAfterItsTime(t *testing.T) {
	t.Parallel()
	now, hour := time.UnixMilli(1_700_000_000_000), time.Hour
	verified := func(age time.Duration) backup.Record {
		return backup.Record{Verified: &backup.Kept{Made: now.Add(-age)}}
	}
	for _, row := range []struct {
		name  string
		r     backup.Record
		born  time.Duration // before now
		every time.Duration
		due   bool
	}{
		{"a folder of today without one", backup.Record{}, 20 * hour, 24 * hour, false},
		{"an old folder without one", backup.Record{}, 31 * hour, 24 * hour, true},
		{"one that is a little late", verified(29 * hour), 1000 * hour, 24 * hour, false},
		{"one that is late", verified(31 * hour), 1000 * hour, 24 * hour, true},
		{"none scheduled, one of this week", verified(7 * 24 * hour), 1000 * hour, 0, false},
		{"none scheduled, one of the week before", verified(9 * 24 * hour), 1000 * hour, 0, true},
		{"one that was never verified", backup.Record{Last: &backup.Kept{Made: now}}, 1000 * hour, 24 * hour, true},
	} {
		if got := row.r.Due(now, now.Add(-row.born), row.every); got != row.due {
			t.Errorf("%s: due %v", row.name, got)
		}
	}
}
