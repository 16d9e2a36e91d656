//go:build linux

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/history"
)

const (
	rotShare  = 100 // every which file has one bit turned
	goneShare = 400 // every which file is gone
)

// rot turns one bit in some stored files and takes others away. `akhra fsck`
// must find each of them and nothing else, and the server must serve none.
// What was acknowledged is every picture; lost is what was not found, twice is
// what was served all the same.
func (r *run) rot(binary string) (sum history.Account, err error) {
	h, err := found(binary, filepath.Join(r.folder(), "data"), 1)
	if err != nil {
		return sum, err
	}
	defer func() { h.kill() }()
	h.stock(r.size.pictures, chance(r.seed))
	all, err := h.items()
	if err != nil {
		return sum, err
	}
	turned, gone, whole, err := h.spoil(chance(r.seed + 1))
	if err != nil {
		return sum, err
	}
	var found struct{ Damaged, Missing []string }
	out, err := exec.Command(binary, "fsck", "--data", h.data, "--json").Output()
	if code, exited := errors.AsType[*exec.ExitError](err); err != nil && !(exited && code.ExitCode() == 3) {
		return sum, fmt.Errorf("fsck: %w", err)
	}
	if err := json.Unmarshal(out, &found); err != nil {
		return sum, fmt.Errorf("read what fsck found: %w", err)
	}
	for _, want := range []struct{ planted, told []string }{{turned, found.Damaged}, {gone, found.Missing}} {
		slices.Sort(want.planted)
		slices.Sort(want.told)
		if !slices.Equal(want.planted, want.told) {
			sum.Lost = append(sum.Lost, fmt.Sprintf("spoilt %v, found %v", want.planted, want.told))
		}
	}
	err = h.servesWhole(all, whole, &sum)
	return sum, err
}

// spoil turns a bit in one in a hundred stored files and removes some originals.
// It returns the names of both, and of all files there were.
func (h *house) spoil(from *rand.Rand) (turned, gone []string, whole map[string]bool, err error) {
	whole = map[string]bool{}
	paths := []string{}
	err = filepath.WalkDir(filepath.Join(h.data, "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && len(d.Name()) == 2*sha256.Size {
			whole[d.Name()] = true
			paths = append(paths, path)
		}
		return err
	})
	from.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	for _, path := range paths {
		name := filepath.Base(path)
		switch {
		case len(gone) < 1+len(paths)/goneShare && h.history.PictureFate(name) == history.Stored:
			gone = append(gone, name)
			err = errors.Join(err, os.Remove(path))
		case len(turned) < 1+len(paths)/rotShare:
			turned = append(turned, name)
			err = errors.Join(err, turn(path, from))
		}
	}
	return turned, gone, whole, err
}

func turn(path string, from *rand.Rand) error {
	body, err := os.ReadFile(path)
	if err != nil || len(body) == 0 {
		return errors.Join(err, errors.New("an empty file is stored"))
	}
	body[from.IntN(len(body))] ^= 1 << from.IntN(8)
	return os.WriteFile(path, body, 0o600)
}

// servesWhole asks for every picture in every size: what comes must be bytes
// that were stored.
func (h *house) servesWhole(all items, whole map[string]bool, sum *history.Account) error {
	for name, at := range all.thumbs {
		sum.Acked++
		for _, side := range akhra.VariantSides {
			body, err := h.owner.send("GET", filepath.Join(filepath.Dir(at), fmt.Sprint(side)), "", nil)
			if _, told := errors.AsType[asked](err); told {
				continue
			}
			if err != nil {
				return err
			}
			if hash := sha256.Sum256(body); !whole[hex.EncodeToString(hash[:])] {
				sum.Twice = append(sum.Twice, fmt.Sprintf("%s at %d is served with other bytes", name, side))
			}
		}
	}
	return nil
}
