//go:build unix

package store

import (
	"testing"

	"golang.org/x/sys/unix"
)

// A copy of the open file, as a program that is being started has one, does not
// hold a folder that its process gave back.
func TestAFolderIsFreeOnceItIsGivenBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	held, err := lockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := unix.Dup(int(held.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(copied)
	if _, err := lockFolder(dir); err == nil {
		t.Fatal("a folder is held twice")
	}
	if err := unlockFolder(held); err != nil {
		t.Fatal(err)
	}
	again, err := lockFolder(dir)
	if err != nil {
		t.Fatalf("the folder is still held: %v", err)
	}
	if err := unlockFolder(again); err != nil {
		t.Error(err)
	}
}
