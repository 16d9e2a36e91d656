package store

import (
	"errors"
	"os"
	"path/filepath"

	"akhra.dev/akhra"
)

// lockFolder makes the data folder if need be and takes it for this process.
// The lock is the kernel's: it is gone when the process is, however it ends.
func lockFolder(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s cannot be made: %v.", dir, errors.Unwrap(err))
	}
	f, err := os.OpenFile(filepath.Join(dir, "akhra.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s cannot be written to. Check who owns it, or choose another with --data.", dir)
	}
	if err := lock(f); err != nil {
		f.Close()
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s is held by another process. Stop it first, or choose another folder with --data.", dir)
	}
	return f, nil
}

// unlockFolder gives the folder back. Closing alone would not: a program that is
// being started has copies of all open files for a moment, and the lock with
// them.
func unlockFolder(f *os.File) error { return errors.Join(unlock(f), f.Close()) }
