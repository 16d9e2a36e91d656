package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock takes a file for this process alone, or fails at once. Windows locks a
// range of bytes and lets go when the last handle is closed; the range lies
// behind any content, for a locked byte cannot be read.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, behind())
}

func unlock(f *os.File) error { return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, behind()) }

func behind() *windows.Overlapped { return &windows.Overlapped{OffsetHigh: 0x7fffffff} }
