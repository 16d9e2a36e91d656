package backup

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"akhra.dev/akhra/store"
)

// Health is what a look at every blob found.
type Health struct {
	Blobs   int      `json:"blobs"`   // looked at
	Damaged []string `json:"damaged"` // whose bytes are not those that were stored
	Missing []string `json:"missing"` // that the database names and the disk has not
}

// Check reads every blob of a data folder and compares it with its name, and
// looks for each one that the database names.
func Check(ctx context.Context, db *store.DB, data string) (h Health, err error) {
	h = Health{Damaged: []string{}, Missing: []string{}}
	there := map[string]bool{}
	err = filepath.WalkDir(filepath.Join(data, blobs), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isHash(d.Name()) {
			return err
		}
		h.Blobs++
		there[d.Name()] = true
		if sum, err := sumOf(path); err != nil || sum != d.Name() {
			h.Damaged = append(h.Damaged, d.Name())
		}
		return ctx.Err()
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return h, err
	}
	return h, db.Blobs(ctx, func(hash string) error {
		if !there[hash] {
			there[hash] = true // told once
			h.Missing = append(h.Missing, hash)
		}
		return nil
	})
}
