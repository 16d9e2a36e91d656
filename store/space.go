package store

import (
	"context"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
)

// Space that is kept free, so that people can still sign in and take their
// data out when the disk is nearly full: so many bytes, or this part of a small
// disk.
const (
	reserveBytes = 64 << 20
	reservePart  = 50
	lookEvery    = 500 * time.Millisecond
)

// space watches how much room the disk has.
type space struct {
	low  atomic.Bool
	stop chan struct{}
	over chan struct{}
}

// watch looks until stop is closed. An error leaves things as they are: a
// disk that cannot be asked is not called full.
func (s *space) watch(dir string) {
	defer close(s.over)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if free, whole, err := room(dir); err == nil {
			s.judge(free, whole)
		}
		select {
		case <-s.stop:
			return
		case <-tick.C:
		}
	}
}

// judge goes low below the reserve, and back a quarter above it, so that it
// does not flutter.
func (s *space) judge(free, whole uint64) {
	reserve := min(reserveBytes, whole/reservePart)
	switch {
	case free < reserve:
		s.low.Store(true)
	case free > reserve+reserve/4:
		s.low.Store(false)
	}
}

// DiskLow tells that the disk is nearly full: answers and pictures are refused
// with unavailable until there is space again, and what is stored can be read
// and taken out. It is at most half a second old.
func (db *DB) DiskLow() bool { return db.space.low.Load() }

// write is for everything that can wait until there is space.
func (db *DB) write(ctx context.Context, do func(*tx) error) error {
	if db.DiskLow() {
		return akhra.Errorf(akhra.Unavailable, "The disk is nearly full. What was stored is safe; this could not be stored yet and will be tried again.")
	}
	return db.writeAlways(ctx, do)
}
