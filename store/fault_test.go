package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

func TestWhatWasStoredIsThereAfterReopening(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, store.Options{})
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if again, err := open(t, dir, store.Options{}).EnsureOrg(t.Context(), "Another"); err != nil || again != org {
		t.Errorf("reopened: %+v, %v, want %+v", again, err, org)
	}
}

func TestAFolderIsHeldByOneStore(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, store.Options{})
	if _, err := store.Open(t.Context(), dir, store.Options{}); akhra.CodeOf(err) != akhra.Unavailable {
		t.Errorf("a second store: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir, store.Options{})
}

func TestAFolderThatCannotBeUsedIsNamed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign")
	text := "these are notes, and no database, of somebody who named the file badly"
	if err := errors.Join(os.Mkdir(foreign, 0o700), os.WriteFile(filepath.Join(foreign, "akhra.db"), []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	for where, want := range map[string]akhra.Code{file: akhra.Unavailable, filepath.Join(file, "data"): akhra.Unavailable, foreign: akhra.Precondition} {
		if _, err := store.Open(t.Context(), where, store.Options{}); akhra.CodeOf(err) != want {
			t.Errorf("open %s: %v, want %s", where, err, want)
		}
	}
	if left, _ := os.ReadFile(filepath.Join(foreign, "akhra.db")); string(left) != text {
		t.Error("the foreign file was changed")
	}
}

// readOnly makes a folder that nobody may write to, root neither.
func readOnly(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFolderThatCannotBeWrittenToIsNamed(t *testing.T) {
	dir := readOnly(t)
	_, err := store.Open(t.Context(), dir, store.Options{})
	if akhra.CodeOf(err) != akhra.Unavailable || !strings.Contains(err.Error(), dir+" cannot be written to") {
		t.Errorf("told %v", err)
	}
}

// smallDisk mounts a file system of a few megabytes.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size)
	if errors.Is(err, syscall.EPERM) && os.Getenv("CI") != "true" {
		t.Skip("mounting a small disk needs root")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskRefusesAndLosesNothingAndGoesOnWhenThereIsSpace(t *testing.T) {
	dir := smallDisk(t, "3m")
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	if err != nil {
		t.Fatal(err)
	}
	said := func(n int) error {
		_, err := db.Append(t.Context(), akhra.Event{Org: org.ID, Kind: akhra.EventExported, Subject: fmt.Sprint(n), Body: string(make([]byte, 10_000))})
		return err
	}
	kept := 0
	for err = said(kept); err == nil && kept < 1000; err = said(kept) {
		kept++
	}
	if akhra.CodeOf(err) != akhra.Unavailable {
		t.Fatalf("after %d events: %v, want a refusal", kept, err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := said(kept); err != nil {
		t.Fatalf("there is space again: %v", err)
	}
	events, err := db.Events(t.Context(), org.ID, 0, 10_000)
	if err != nil || len(events) != kept+1 {
		t.Errorf("%d events are kept, %v, want %d", len(events), err, kept+1)
	}
	for i, e := range events {
		if e.Subject != fmt.Sprint(i) {
			t.Fatalf("event %d is of %s", i, e.Subject)
		}
	}
}
