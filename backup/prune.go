package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"akhra.dev/akhra"
)

// leaving is what the manifest of a backup that is being removed is called:
// without one it is no backup, and the next pruning ends what was begun.
const leaving = "manifest.leaving.json"

// stamp is the form of a snapshot's folder, its time in UTC.
const stamp = "20060102-150405.000"

// unfinished is how old a folder without a manifest is before nobody works on
// it any more.
const unfinished = 24 * time.Hour

// Pruned is what a pruning left in a folder of backups.
type Pruned struct {
	Removed  int `json:"removed"`
	Unproven int `json:"unproven"` // never verified, or not by this data folder: neither counted nor removed
}

// prune removes the oldest backups that this data folder verified from the
// folder out until keep of them are left, and the blobs that they alone named;
// 0 keeps all.
func (r *Record) prune(out string, keep int, now time.Time) (p Pruned, err error) {
	out = filepath.Clean(out)
	r.Proven = slices.DeleteFunc(r.Proven, func(k Kept) bool { return !has(k.Folder, manifest) }) // somebody took it away
	if keep > 0 {
		if p.Removed, err = r.dismiss(out, keep); err != nil {
			return p, err
		}
	}
	folders, err := snapshots(out)
	if err != nil {
		return p, err
	}
	for _, folder := range folders {
		if has(folder, manifest) && !r.proved(folder) {
			p.Unproven++
		}
	}
	return p, takeAway(out, folders, now)
}

// dismiss makes all verified backups of a folder but the newest leave.
func (r *Record) dismiss(out string, keep int) (n int, err error) {
	for i, k := range slices.Backward(r.Proven) { // newest first
		if filepath.Dir(k.Folder) != out {
			continue
		}
		if keep--; keep >= 0 {
			continue
		}
		if err := os.Rename(filepath.Join(k.Folder, manifest), filepath.Join(k.Folder, leaving)); err != nil {
			return n, fmt.Errorf("remove a backup: %w", err)
		}
		r.Proven = slices.Delete(r.Proven, i, i+1)
		n++
	}
	return n, nil
}

func (r *Record) proved(folder string) bool {
	return slices.ContainsFunc(r.Proven, func(k Kept) bool { return k.Folder == folder })
}

// takeAway removes the backups that are leaving. While another is being made
// they wait for the next time: nobody knows which blobs it needs.
func takeAway(out string, folders []string, now time.Time) error {
	if slices.ContainsFunc(folders, func(folder string) bool { return begun(folder, now) }) {
		return nil
	}
	for _, folder := range folders {
		alone, err := blobsOf(filepath.Join(folder, leaving))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, spare(alone, folders)); err != nil {
			return err
		}
		for hash := range alone {
			if err := os.Remove(place(filepath.Join(out, blobs), hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove a file of old backups: %w", err)
			}
		}
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("remove a backup: %w", err)
		}
	}
	return nil
}

// spare takes from some blobs those that a backup names. It reads the newest
// first: nearly all are in that.
func spare(some map[string]bool, folders []string) error {
	for _, folder := range slices.Backward(folders) {
		if len(some) == 0 {
			return nil
		}
		named, err := blobsOf(filepath.Join(folder, manifest))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for hash := range named {
			delete(some, hash)
		}
	}
	return nil
}

// begun tells whether somebody may be making a backup in a folder.
func begun(folder string, now time.Time) bool {
	made, err := time.Parse(stamp, filepath.Base(folder))
	return err == nil && now.Sub(made) < unfinished && !has(folder, manifest) && !has(folder, leaving)
}

// blobsOf reads which blobs a manifest names.
func blobsOf(path string) (map[string]bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, akhra.Errorf(akhra.Invalid, "The manifest of %s cannot be read.", filepath.Dir(path))
	}
	named := make(map[string]bool, len(m.Blobs))
	for _, b := range m.Blobs {
		if isHash(b.SHA256) {
			named[b.SHA256] = true
		}
	}
	return named, nil
}

// snapshots are the folders of backups and of what is to become one or was
// one, oldest first.
func snapshots(out string) (folders []string, err error) {
	entries, err := os.ReadDir(out)
	if err != nil {
		return nil, fmt.Errorf("read the folder of backups: %w", err)
	}
	for _, e := range entries {
		if _, err := time.Parse(stamp, e.Name()); err == nil && e.IsDir() {
			folders = append(folders, filepath.Join(out, e.Name()))
		}
	}
	return folders, nil
}

func has(folder, name string) bool {
	_, err := os.Stat(filepath.Join(folder, name))
	return err == nil
}
