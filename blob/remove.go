package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"
)

// Remove takes a blob away unless it was put since a moment, even if its bytes
// were there before: whoever puts one is about to name it. It tells whether the
// blob is gone; one that there is not is.
func (s *Store) Remove(hash string, since time.Time) (gone bool, err error) {
	if !validHash(hash) {
		return false, fmt.Errorf("remove blob %q: not a hash", hash)
	}
	s.removing.Lock()
	defer s.removing.Unlock()
	info, err := s.root.Stat(place(hash))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("look at blob: %w", err)
	case info.ModTime().After(since):
		return false, nil
	}
	if err := s.root.Remove(place(hash)); err != nil {
		return false, fmt.Errorf("remove blob: %w", err)
	}
	return true, nil
}

// here tells whether a blob is stored whole, and if so that it was put just now.
func (s *Store) here(hash string, size int64) bool {
	s.removing.RLock()
	defer s.removing.RUnlock()
	info, err := s.root.Stat(place(hash))
	if err != nil || info.Size() != size {
		return false
	}
	now := time.Now()
	return s.root.Chtimes(place(hash), now, now) == nil
}

// RemoveVectors takes away all vectors of a project.
func (s *Store) RemoveVectors(org, project string) error {
	name, err := vectorFile(org, project, 0)
	if err != nil {
		return err
	}
	if err := s.root.RemoveAll(path.Dir(name)); err != nil {
		return fmt.Errorf("remove vectors: %w", err)
	}
	return nil
}
