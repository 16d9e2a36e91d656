package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

const (
	database = "akhra.db"
	manifest = "manifest.json"
	blobs    = "blobs"
)

// staysHere are files of the data folder that no backup takes along. A PIN is
// six digits: whoever had its hash and pin.key, too, would try them all.
var staysHere = []string{"akhra.lock", recordFile, "pin.key"}

// Manifest is what a snapshot consists of.
type Manifest struct {
	Made   time.Time         `json:"made"`
	SHA256 string            `json:"sha256"` // of the database
	Facts  store.Facts       `json:"facts"`
	Keys   map[string]string `json:"keys"` // other files of the data folder, by name: their SHA-256
	Blobs  []Blob            `json:"blobs"`
	Copied int               `json:"copied"` // blobs that no earlier snapshot had
}

// Blob is one file by the SHA-256 of its bytes.
type Blob struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Make adds a snapshot of the data folder to the folder out and returns its own
// folder. Whoever has it has every picture and answer, and the key of the own
// authority: keep it as safe as the data itself.
func Make(ctx context.Context, db *store.DB, data, out string, now time.Time) (dir string, m Manifest, err error) {
	m = Manifest{Made: now.UTC(), Keys: map[string]string{}}
	dir = filepath.Join(out, m.Made.Format(stamp))
	defer func() {
		if err != nil {
			os.RemoveAll(dir) // what was not finished is no backup
		}
	}()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return dir, m, akhra.Errorf(akhra.Unavailable, "The backup folder %s cannot be made: %v.", out, err)
	}
	copied := filepath.Join(dir, database)
	if err := db.Snapshot(ctx, copied); err != nil {
		return dir, m, err
	}
	if m.SHA256, err = sumOf(copied); err != nil {
		return dir, m, err
	}
	if m.Facts, err = store.FactsOf(ctx, copied, false); err != nil {
		return dir, m, fmt.Errorf("read the copy: %w", err)
	}
	if err := m.keys(data, dir); err != nil {
		return dir, m, err
	}
	if err := m.blobs(ctx, filepath.Join(data, blobs), filepath.Join(out, blobs)); err != nil {
		return dir, m, err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return dir, m, err
	}
	return dir, m, errors.Join(writeWhole(filepath.Join(dir, manifest), strings.NewReader(string(text))), syncFolder(out))
}

// keys copies the small files beside the database.
func (m *Manifest) keys(data, dir string) error {
	entries, err := os.ReadDir(data)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || strings.HasPrefix(name, database) || strings.HasPrefix(name, ".") || slices.Contains(staysHere, name) {
			continue
		}
		if err := copyWhole(filepath.Join(data, name), filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
		if m.Keys[name], err = sumOf(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// blobs copies those that the backup lacks.
func (m *Manifest) blobs(ctx context.Context, from, to string) error {
	folders := map[string]bool{}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isHash(d.Name()) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		m.Blobs = append(m.Blobs, Blob{d.Name(), info.Size()})
		at := place(to, d.Name())
		if had, err := os.Stat(at); err == nil && had.Size() == info.Size() {
			return nil
		}
		m.Copied++
		folders[filepath.Dir(at)] = true
		return copyWhole(path, at)
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy blobs: %w", err)
	}
	for folder := range folders {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	slices.SortFunc(m.Blobs, func(a, b Blob) int { return strings.Compare(a.SHA256, b.SHA256) })
	return nil
}

func place(root, hash string) string { return filepath.Join(root, hash[:2], hash[2:4], hash) }

func isHash(name string) bool {
	raw, err := hex.DecodeString(name)
	return err == nil && len(raw) == sha256.Size
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}

func copyWhole(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return writeWhole(to, f)
}

// writeWhole puts a file in its place once it is whole and synced.
func writeWhole(path string, from io.Reader) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".copy-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
