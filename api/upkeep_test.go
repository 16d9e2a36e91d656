package api_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/upkeep"
	"akhra.dev/akhra/backup"
)

func TestBackups_TheOwnerReadsHowOldTheVerifiedOneIs(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	owner.project(3)
	read := func() (b upkeep.Backups) {
		t.Helper()
		owner.ask("GET", "/api/backups", nil).want(t, 200, &b)
		return b
	}
	if b := read(); b.Verified != nil || b.Last != nil || b.Due || b.Every != 0 || b.Data != h.dir {
		t.Errorf("of a new server %+v", b)
	}
	h.ahead.Store(int64(10 * 24 * time.Hour))
	owner = h.person(akhra.Owner) // the session before has run out
	if b := read(); !b.Due {
		t.Error("ten days without a backup are nothing to worry about")
	}
	taken, err := backup.Take(t.Context(), h.db, h.dir, backup.Wish{Out: t.TempDir(), Verify: true}, h.now())
	must(t, err)
	want := upkeep.Kept{Made: akhra.MillisOf(taken.Made), Folder: taken.Folder, Items: 3}
	if b := read(); b.Due || b.Verified == nil || *b.Verified != want || *b.Last != want || b.Failed != nil {
		t.Errorf("after a backup %+v, want %+v", b.Verified, want)
	}
	must(t, os.Mkdir(filepath.Join(filepath.Dir(taken.Folder), "20200101-000000.000"), 0o700))
	must(t, os.WriteFile(filepath.Join(filepath.Dir(taken.Folder), "20200101-000000.000", "manifest.json"), []byte("{}"), 0o600))
	_, err = backup.Take(t.Context(), h.db, h.dir, backup.Wish{Out: filepath.Dir(taken.Folder), Verify: true}, h.now().Add(time.Second))
	must(t, err)
	if b := read(); b.Unproven != 1 {
		t.Errorf("beside one that is of somebody else %+v", b)
	}
	want = *read().Verified
	if _, err := backup.Take(t.Context(), h.db, h.dir, backup.Wish{Out: h.dir + "/akhra.db/x", Verify: true}, h.now()); err == nil {
		t.Fatal("a backup into a file")
	}
	if b := read(); b.Failed == nil || b.Failed.Why == "" || *b.Verified != want {
		t.Errorf("after one that failed %+v", b)
	}
	for _, role := range []akhra.Role{akhra.Manager, akhra.Annotator} {
		h.person(role).ask("GET", "/api/backups", nil).problem(t, 403, akhra.Forbidden, "")
	}
}
