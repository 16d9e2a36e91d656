package store

import (
	"fmt"
	"os"

	"akhra.dev/akhra"
)

// committed is a batch that other connections can read and the disk may not
// have yet: nobody was answered.
type committed struct {
	batch   []*request
	results []error
	events  []akhra.Event
}

// syncer makes committed batches durable while the writer runs the next one:
// SQLite commits to its write-ahead log without waiting, and one fsync of that
// file is the wait of all that were committed before it began. A batch is
// answered, and its events are told, after its fsync only.
type syncer struct {
	path  string
	skip  bool     // nothing is durable: for simulations
	wal   *os.File // nil until the first sync
	queue chan committed
	over  chan struct{}
}

// unsynced is how many batches may wait for the disk besides the one that it
// works on: with more of them answers would wait longer than the fsync saves.
const unsynced = 1

func newSyncer(path string, skip bool) *syncer {
	return &syncer{path: path, skip: skip, queue: make(chan committed, unsynced), over: make(chan struct{})}
}

// run syncs what the writer hands over until the queue is closed. told is
// called with each batch and the error of its fsync, in the order of commits.
func (s *syncer) run(told func(committed, error)) {
	defer close(s.over)
	for c := range s.queue {
		group := s.gather(c)
		err := s.sync()
		for _, one := range group {
			told(one, err)
		}
	}
}

// gather takes what was committed before an fsync begins.
func (s *syncer) gather(first committed) []committed {
	group := []committed{first}
	for {
		select {
		case c, more := <-s.queue:
			if !more {
				return group
			}
			group = append(group, c)
		default:
			return group
		}
	}
}

// sync returns when the disk has all that was committed before.
func (s *syncer) sync() error {
	if s.skip {
		return nil
	}
	if s.wal == nil {
		if err := s.open(); err != nil {
			return err
		}
	}
	if err := s.wal.Sync(); err != nil {
		return fmt.Errorf("make a commit durable: %w", err)
	}
	return nil
}

// open opens the write-ahead log, which stays the same file while the database
// is open. SQLite has made its name durable when it began it.
func (s *syncer) open() (err error) {
	if s.wal, err = os.OpenFile(s.path+"-wal", os.O_RDWR, 0); err != nil {
		return fmt.Errorf("open the write-ahead log: %w", err)
	}
	return nil
}

// end waits until everything that was handed over is answered.
func (s *syncer) end() {
	close(s.queue)
	<-s.over
	if s.wal != nil {
		s.wal.Close() // nothing is written through it
	}
}
