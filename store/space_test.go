//go:build linux

package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// TestANearlyFullDiskTakesNoWorkButLetsPeopleIn: what is left is kept for
// signing in and taking data out, and work goes on by itself.
func TestANearlyFullDiskTakesNoWorkButLetsPeopleIn(t *testing.T) {
	dir := smallDisk(t, "32m")
	db := open(t, dir, store.Options{})
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	if err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(dir, "ballast")
	var disk unix.Statfs_t
	if err := unix.Statfs(dir, &disk); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ballast, make([]byte, int64(disk.Bavail)*disk.Bsize-400<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	await := func(low bool) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); db.DiskLow() != low; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("disk low is %v", !low)
			}
		}
	}
	await(true)
	person := func(id string) error {
		return db.AddUser(t.Context(), akhra.User{ID: akhra.UserID(id), Org: org.ID, Name: id, Login: id, Role: akhra.Owner})
	}
	if err := person("asha"); akhra.CodeOf(err) != akhra.Unavailable {
		t.Errorf("work on a nearly full disk: %v", err)
	}
	if err := db.AddSession(t.Context(), akhra.Session{TokenHash: "h", User: "asha", Org: org.ID, Expires: akhra.MillisOf(time.Now().Add(time.Hour))}); err != nil {
		t.Errorf("signing in on a nearly full disk: %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	await(false)
	if err := person("asha"); err != nil {
		t.Errorf("there is space again: %v", err)
	}
}
