//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"akhra.dev/akhra/faults/gate"
	"akhra.dev/akhra/history"
)

// The scenario whose every call to the disk fails in turn: 200 answers in
// batches, pictures between them.
const (
	pointWorkers  = 8
	pointAnswers  = 25 // of each
	pointBatch    = 25
	pointPictures = 3
)

// point is one call of the scenario: the kth of its name.
type point struct {
	name string
	k    int
}

// points lets the fsyncs, renames and writes of the scenario fail in turn, in
// one way, every so many as the size of the run says, and takes account each
// time. It returns how many there were.
func (r *run) points(binary string, fail gate.Verdict) (sum history.Account, tried int, err error) {
	dir, err := os.MkdirTemp(inMemory(), "akhra-points-")
	if err != nil {
		return history.Account{}, 0, err
	}
	defer os.RemoveAll(dir)
	template, err := settled(binary, filepath.Join(dir, "template"))
	if err != nil {
		return history.Account{}, 0, err
	}
	var mu sync.Mutex
	for _, kind := range []struct {
		name   string
		stride int
	}{{"fsync", r.size.durable}, {"rename", r.size.durable}, {"pwrite", r.size.stride}} {
		var next, over atomic.Int64
		var all sync.WaitGroup
		for i := range 2 { // cores
			all.Go(func() {
				for over.Load() == 0 {
					p := point{kind.name, 1 + kind.stride*int(next.Add(1)-1)}
					one, reached, failed := template.try(filepath.Join(dir, fmt.Sprint(i)), p, fail)
					if !reached || failed != nil {
						over.Store(1)
					}
					mu.Lock()
					sum.Add(one)
					if reached {
						tried++
					}
					if failed != nil {
						err = errors.Join(err, fmt.Errorf("%s %d: %w", p.name, p.k, failed))
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
	}
	return sum, tried, err
}

// inMemory is a folder whose disk is memory, if there is one: what fails here
// fails before it reaches a disk.
func inMemory() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

// template is a house in which all work is given out and none done.
type template struct{ *house }

func settled(binary, data string) (template, error) {
	h, err := found(binary, data, pointWorkers)
	if err != nil {
		return template{}, err
	}
	h.stock(pointAnswers, chance(1))
	for _, w := range h.workers {
		for end := time.Now().Add(askPatience); len(w.tasks) < pointAnswers; time.Sleep(20 * time.Millisecond) {
			if w.lease(pointAnswers); time.Now().After(end) {
				return template{}, errors.Join(errors.New("the work cannot be given out"), h.kill())
			}
		}
	}
	h.running.term()
	return template{h}, nil
}

// copy makes the house anew in another folder, with the same people and a
// history of its own.
func (t template) copy(data string) (*house, error) {
	if err := errors.Join(os.RemoveAll(data), copyFolder(t.data, data)); err != nil {
		return nil, err
	}
	h := &house{binary: t.binary, data: data, http: t.http, history: history.New(), project: t.project, classes: t.classes}
	h.owner = &person{house: h, cookie: t.owner.cookie}
	for i, w := range t.workers {
		h.workers = append(h.workers, &worker{person: person{house: h, cookie: w.cookie}, name: w.name, chance: chance(uint64(i)), tasks: w.tasks})
	}
	return h, nil
}

// copyFolder copies a data folder. Blobs, which nobody writes to again, are
// the same files under a second name.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := filepath.Join(to, strings.TrimPrefix(path, from))
		switch name := filepath.Base(path); {
		case d.IsDir():
			return os.Mkdir(at, 0o700)
		case len(name) == 64:
			return os.Link(path, at)
		case d.Type().IsRegular():
			body, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(at, body, 0o600))
		}
		return nil
	})
}

// try runs the scenario with one call failing. Whoever gets no word sends
// again; a server that ended is started again, on a disk that works.
func (t template) try(data string, p point, fail gate.Verdict) (sum history.Account, reached bool, err error) {
	h, err := t.copy(data)
	if err != nil {
		return history.Account{}, false, err
	}
	seen := map[string]int{}
	var fired atomic.Bool
	g := &gate.Gate{Root: data, Decide: func(c gate.Call) gate.Verdict {
		if seen[c.Name]++; c.Name == p.name && seen[c.Name] == p.k {
			fired.Store(true)
			return fail
		}
		return gate.Verdict{}
	}}
	if err := h.start(g); err != nil && !fired.Load() {
		return history.Account{}, false, err
	}
	if err := h.scenario(); err != nil {
		return history.Account{}, fired.Load(), err
	}
	sum, err = h.settle()
	if short := pointWorkers*pointAnswers + pointPictures - sum.Acked; err == nil && short != 0 {
		err = fmt.Errorf("%d answers and pictures were never acknowledged", short)
	}
	return sum, fired.Load(), errors.Join(err, h.kill())
}

// scenario sends everything until everything is acknowledged.
func (h *house) scenario() error {
	from := chance(7)
	for i, w := range h.workers {
		w.answer(pointBatch)
		if err := h.insist(w.flush); err != nil {
			return err
		}
		if i < pointPictures {
			body := drawn(from)
			if err := h.insist(func() bool { return h.send(body) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// insist tries until it works, starting the server again when it has ended.
func (h *house) insist(do func() bool) error {
	for end := time.Now().Add(askPatience); !do(); {
		if time.Now().After(end) {
			return fmt.Errorf("this never worked: %s", h.running.last())
		}
		select {
		case <-h.running.over:
			if err := h.start(nil); err != nil {
				return err
			}
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// The ways a call fails.
var (
	killed  = gate.Verdict{Kill: true}
	ioError = gate.Verdict{Errno: syscall.EIO}
	noSpace = gate.Verdict{Errno: syscall.ENOSPC}
)
