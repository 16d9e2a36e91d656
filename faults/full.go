//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"akhra.dev/akhra/history"
)

// full lets the disk run full under mixed work, over and over: nothing may be
// lost, the server must stay, and work must go on by itself once there is
// space.
func (r *run) full(binary string, cycles int) (sum history.Account, err error) {
	mount := r.folder()
	if err := unix.Mount("tmpfs", mount, "tmpfs", 0, "size=256m"); err != nil {
		return history.Account{}, fmt.Errorf("mount a small disk: %w", err)
	}
	defer func() { err = errors.Join(err, unix.Unmount(mount, 0)) }()
	h, err := found(binary, filepath.Join(mount, "data"), people)
	if err != nil {
		return history.Account{}, err
	}
	defer func() { h.kill() }()
	h.stock(6*cycles, chance(r.seed))
	ballast := filepath.Join(mount, "ballast")
	when := chance(r.seed)
	for cycle := range cycles {
		rest := h.mixedWork(r.seed + uint64(cycle))
		time.Sleep(time.Duration(100+when.IntN(200)) * time.Millisecond)
		err := fill(ballast)
		time.Sleep(time.Duration(300+when.IntN(500)) * time.Millisecond)
		err = errors.Join(err, os.Remove(ballast))
		before := h.history.Acknowledged()
		for end := time.Now().Add(askPatience); err == nil && h.history.Acknowledged() == before; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) || !h.running.alive() {
				err = fmt.Errorf("nothing is stored although there is space again: %s", h.running.last())
			}
			h.upload(when)
		}
		if rest(); err != nil {
			return history.Account{}, fmt.Errorf("cycle %d: %w", cycle, err)
		}
	}
	return h.settle()
}

// fill writes until nothing more fits.
func fill(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	chunk := make([]byte, 64<<10)
	for err == nil {
		_, err = f.Write(chunk)
	}
	if errors.Is(err, unix.ENOSPC) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
