//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"akhra.dev/akhra/faults/gate"
	"akhra.dev/akhra/history"
)

// disk is an ext4 file system in a file, whose power can be cut: what was
// written and not synced is gone.
type disk struct{ image, mount string }

func newDisk(dir string) (*disk, error) {
	d := &disk{image: filepath.Join(dir, "disk.img"), mount: filepath.Join(dir, "disk")}
	if err := os.Mkdir(d.mount, 0o700); err != nil {
		return nil, err
	}
	f, err := os.Create(d.image)
	if err == nil {
		err = errors.Join(f.Truncate(1<<30), f.Close())
	}
	if err == nil {
		err = command("mkfs.ext4", "-q", "-E", "lazy_itable_init=1", d.image)
	}
	if err != nil {
		return nil, fmt.Errorf("make a disk: %w", err)
	}
	return d, d.on()
}

func (d *disk) on() error { return command("mount", "-o", "loop", d.image, d.mount) }

// cut takes the power away: from now on nothing reaches the disk.
func (d *disk) cut() error {
	f, err := os.Open(d.mount)
	if err != nil {
		return err
	}
	defer f.Close()
	const shutdown, withoutLog = 0x8004587d, 2 // EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH
	return unix.IoctlSetPointerInt(int(f.Fd()), shutdown, withoutLog)
}

// off takes the disk out; nobody may use it any more.
func (d *disk) off() (err error) {
	for range 100 {
		if err = unix.Unmount(d.mount, 0); !errors.Is(err, unix.EBUSY) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

func command(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// power cuts the power while people answer and pictures come in: every other
// time at a moment, else just before one of the server's calls that make
// bytes durable. lie makes the disk acknowledge some calls without doing them.
func (r *run) power(binary string, cycles int, lie func(gate.Call) bool) (sum history.Account, err error) {
	d, err := newDisk(r.folder())
	if err != nil {
		return history.Account{}, err
	}
	defer func() { err = errors.Join(err, d.off()) }()
	h, err := found(binary, filepath.Join(d.mount, "data"), people)
	if err != nil {
		return history.Account{}, err
	}
	defer func() { h.kill() }()
	h.stock(6*cycles, chance(r.seed<<40))
	if err := command("sync", "-f", d.mount); err != nil {
		return history.Account{}, err
	}
	h.kill()
	when := chance(r.seed)
	for cycle := range cycles {
		at := 0
		if cycle%2 == 1 {
			at = 200 + when.IntN(3000)
		}
		if err := r.oneCut(d, h, uint64(cycle), at, time.Duration(50+when.IntN(300))*time.Millisecond, lie); err != nil {
			return history.Account{}, fmt.Errorf("cut %d: %w", cycle, err)
		}
	}
	if err := h.start(nil); err != nil {
		return history.Account{}, fmt.Errorf("after the last cut: %w", err)
	}
	return h.settle()
}

// oneCut lets people work until the power goes: just before the call at, if
// that is reached, or after a while.
func (r *run) oneCut(d *disk, h *house, cycle uint64, at int, after time.Duration, lie func(gate.Call) bool) error {
	dark := make(chan error, 1)
	var gone atomic.Bool
	g := &gate.Gate{Root: d.mount, Decide: func(c gate.Call) gate.Verdict {
		if c.N == at && gone.CompareAndSwap(false, true) {
			dark <- d.cut()
			return gate.Verdict{Kill: true}
		}
		return gate.Verdict{Lie: lie != nil && lie(c)}
	}}
	if err := h.start(g); err != nil && !(errors.Is(err, errDied) && gone.Load()) {
		return err
	}
	rest := h.mixedWork(r.seed + cycle)
	if at > 0 {
		after += time.Second
	}
	var err error
	select {
	case err = <-dark:
	case <-time.After(after):
		if gone.CompareAndSwap(false, true) {
			err = d.cut()
		} else {
			err = <-dark
		}
	}
	h.kill()
	rest()
	return errors.Join(err, d.off(), d.on())
}
