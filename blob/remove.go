package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
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

// here tells whether a blob is stored whole, and if so that it was put just
// now. It reads the blob: one that rotted is not here, so that putting its
// bytes again heals it.
func (s *Store) here(hash string, size int64) bool {
	return s.touch(hash, size) && s.sound(hash)
}

func (s *Store) touch(hash string, size int64) bool {
	s.removing.RLock()
	defer s.removing.RUnlock()
	info, err := s.root.Stat(place(hash))
	if err != nil || info.Size() != size {
		return false
	}
	now := time.Now()
	return s.root.Chtimes(place(hash), now, now) == nil
}

func (s *Store) sound(hash string) bool {
	f, err := s.root.Open(place(hash))
	if err != nil {
		return false
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return err == nil && hex.EncodeToString(sum.Sum(nil)) == hash
}

// SetAside renames a blob whose bytes are not those that were stored, so that
// it counts as missing: no backup takes it along, and putting its bytes again
// brings it back. A blob that is whole, or not there, stays.
func (s *Store) SetAside(hash string) error {
	if !validHash(hash) {
		return fmt.Errorf("set aside blob %q: not a hash", hash)
	}
	s.removing.Lock()
	defer s.removing.Unlock()
	if _, err := s.root.Stat(place(hash)); errors.Is(err, fs.ErrNotExist) || s.sound(hash) {
		return nil
	}
	if err := s.root.Rename(place(hash), place(hash)+".rotten"); err != nil {
		return fmt.Errorf("set aside blob: %w", err)
	}
	return s.syncFolder(path.Dir(place(hash)))
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
