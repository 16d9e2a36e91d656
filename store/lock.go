package store

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

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
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s is held by another process. Stop it first, or choose another folder with --data.", dir)
	}
	return f, nil
}
