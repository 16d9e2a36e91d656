package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// Restore puts a snapshot, the folder Make returned, into an empty or new data
// folder. With verify every byte is compared with the manifest, every page of
// the database looked at and its answers counted; it fails with internal, and
// says what is wrong, when anything differs.
func Restore(ctx context.Context, snapshot, data string, verify bool) (m Manifest, err error) {
	text, err := os.ReadFile(filepath.Join(snapshot, manifest))
	if err != nil {
		return m, akhra.Errorf(akhra.NotFound, "%s is not a whole backup: it has no manifest.", snapshot)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, akhra.Errorf(akhra.Invalid, "The manifest of %s cannot be read.", snapshot)
	}
	if there, err := os.ReadDir(data); err == nil && len(there) > 0 {
		return m, akhra.Errorf(akhra.Conflict, "The folder %s is not empty. A backup is restored into a new folder, so that nothing is lost.", data)
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return m, err
	}
	if err := m.unpack(ctx, snapshot, data, verify); err != nil {
		return m, err
	}
	return m, m.look(ctx, filepath.Join(data, database), verify)
}

func (m *Manifest) unpack(ctx context.Context, snapshot, data string, verify bool) error {
	files := map[string]string{database: m.SHA256}
	for name, sum := range m.Keys {
		if filepath.Base(name) != name {
			return akhra.Errorf(akhra.Invalid, "The manifest names a file outside its folder: %q.", name)
		}
		files[name] = sum
	}
	for name, sum := range files {
		if err := take(filepath.Join(snapshot, name), filepath.Join(data, name), sum, verify); err != nil {
			return err
		}
	}
	from, to := filepath.Join(filepath.Dir(snapshot), blobs), filepath.Join(data, blobs)
	for _, b := range m.Blobs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !isHash(b.SHA256) {
			return akhra.Errorf(akhra.Invalid, "The manifest names a blob that is none: %q.", b.SHA256)
		}
		if err := take(place(from, b.SHA256), place(to, b.SHA256), b.SHA256, verify); err != nil {
			return err
		}
	}
	return nil
}

// take copies a file and, if asked to, compares what arrived.
func take(from, to, sum string, verify bool) error {
	if err := copyWhole(from, to); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if !verify {
		return nil
	}
	if got, err := sumOf(to); err != nil || got != sum {
		return errors.Join(akhra.Errorf(akhra.Internal, "%s of the backup is damaged: its bytes are not those that were saved", from), err)
	}
	return nil
}

func (m *Manifest) look(ctx context.Context, path string, verify bool) error {
	f, err := store.FactsOf(ctx, path, verify)
	if err == nil && f != m.Facts {
		err = akhra.Errorf(akhra.Internal, "the restored database holds %+v instead of %+v", f, m.Facts)
	}
	return err
}
