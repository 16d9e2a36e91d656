package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"akhra.dev/akhra/blob"
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

// Heal brings blobs back from the folder that collects backups, as far as it
// has their very bytes, and tells which.
func Heal(ctx context.Context, to *blob.Store, out string, hashes []string) (healed []string, err error) {
	healed = []string{}
	for _, hash := range hashes {
		path := place(filepath.Join(out, blobs), hash)
		if sum, err := sumOf(path); err != nil || sum != hash {
			continue // this backup cannot help
		}
		if err := put(ctx, to, path); err != nil {
			return healed, fmt.Errorf("bring back %s: %w", hash, err)
		}
		healed = append(healed, hash)
	}
	return healed, nil
}

func put(ctx context.Context, to *blob.Store, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, _, err = to.Put(ctx, f)
	return err
}
