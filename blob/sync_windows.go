package blob

import (
	"errors"

	"golang.org/x/sys/windows"
)

// syncFolder has nothing to do: Windows cannot flush a folder, and NTFS writes
// the change of a name to its journal before the file it names is flushed. A
// power cut right after a rename may still take the rename back; the store then
// names a blob that is not there, which akhra fsck tells.
func (s *Store) syncFolder(string) error { return nil }

// IsFull tells an error of a disk that has no more space.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
