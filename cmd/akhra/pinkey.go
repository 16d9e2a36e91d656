package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// pinKey reads the key that PINs are mixed with before they are hashed, made at
// the first start. It lies beside the database, so that a copy of the database
// alone tells no PIN; whoever loses it gives people new PINs.
func pinKey(dir string) ([]byte, error) {
	path := filepath.Join(dir, "pin.key")
	key, err := os.ReadFile(path)
	if err == nil && len(key) == 32 {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the key of PINs: %w", err)
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
