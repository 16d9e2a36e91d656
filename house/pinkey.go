package house

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"akhra.dev/akhra/store"
)

// pinKey reads the key that PINs are mixed with before they are hashed. It lies
// beside the database and in no backup, so that neither tells a PIN. Where there
// is none, at the first start and after a restore, one is made and no PIN counts
// any more: people get new ones.
func pinKey(ctx context.Context, db *store.DB, dir string) ([]byte, error) {
	path := filepath.Join(dir, "pin.key")
	key, err := os.ReadFile(path)
	if err == nil && len(key) == 32 {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the key of PINs: %w", err)
	}
	if err := db.ForgetPINs(ctx); err != nil {
		return nil, fmt.Errorf("forget the PINs of a lost key: %w", err)
	}
	key = []byte(rand.Text() + rand.Text())[:32]
	return key, writeKey(path, key)
}

// writeKey puts a file in place whole or not at all.
func writeKey(path string, key []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return fmt.Errorf("keep the key of PINs: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keep the key of PINs: %w", err)
	}
	return os.Rename(f.Name(), path)
}
