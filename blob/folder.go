package blob

import (
	"fmt"
	"os"
	"path"
	"strconv"
)

// newScratch opens a new file beside the blobs, on the same file system.
func (s *Store) newScratch() (string, *os.File, error) {
	if err := s.folder(scratch); err != nil {
		return "", nil, err
	}
	s.mu.Lock()
	s.next++
	name := path.Join(scratch, strconv.FormatUint(s.next, 10))
	s.mu.Unlock()
	f, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", nil, full(fmt.Errorf("open scratch file: %w", err))
	}
	return name, f, nil
}

// folder makes a folder and its parents durable, once per process.
func (s *Store) folder(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made[name] {
		return nil
	}
	if err := s.root.MkdirAll(name, 0o700); err != nil {
		return full(fmt.Errorf("make folder: %w", err))
	}
	for at := path.Dir(name); ; at = path.Dir(at) {
		if err := s.syncFolder(at); err != nil {
			return err
		}
		if at == "." {
			break
		}
	}
	s.made[name] = true
	return nil
}
