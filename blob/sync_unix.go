//go:build unix

package blob

import (
	"errors"
	"fmt"
	"syscall"
)

// syncFolder makes the names in a folder durable.
func (s *Store) syncFolder(name string) error {
	f, err := s.root.Open(name)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		s.noteFault(err)
		return full(fmt.Errorf("sync folder: %w", err))
	}
	return nil
}

// IsFull tells an error of a disk that has no more space.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }
