//go:build linux

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"akhra.dev/akhra/history"
)

// kill ends the server, mostly by signal 9, while people answer, pictures come
// in, the model is taught, the answers are exported and projects are erased. It
// goes on until each of these was cut off by a kill, and tells how often.
func (r *run) kill(binary string, cycles int) (sum history.Account, n int, err error) {
	h, err := found(binary, r.folder(), people)
	if err != nil {
		return sum, n, err
	}
	defer func() { h.kill() }()
	h.stock(max(3*cycles, 120), chance(r.seed<<40))
	if err := h.teach(); err != nil {
		return sum, n, err
	}
	when := chance(r.seed)
	for r.hit = map[string]int{}; n < cycles || n < 5*cycles && r.missed() != ""; n++ {
		if err := r.oneKill(h, n, when); err != nil {
			return sum, n, fmt.Errorf("cycle %d: %w", n, err)
		}
	}
	if kind := r.missed(); kind != "" {
		return sum, n, fmt.Errorf("of %d kills none came while there was this: %s", n, kind)
	}
	if sum, err = h.settle(); err == nil {
		err = h.leftOver(&sum)
	}
	return sum, n, err
}

// missed is a kind of work that no kill has cut off yet.
func (r *run) missed() string {
	for _, kind := range kinds {
		if r.hit[kind] == 0 {
			return kind
		}
	}
	return ""
}

// oneKill sets everybody to work and ends the server: every fourth time when
// the model is being taught, every fourth when a project is being erased.
func (r *run) oneKill(h *house, cycle int, when *rand.Rand) error {
	rest := h.mixedWork(r.seed + uint64(cycle))
	var taught model
	switch cycle % 4 {
	case 0:
		taught, _ = h.await(3*time.Second, func(m model) bool { return m.Training })
	case 2:
		h.eraseAside(when)
		time.Sleep(time.Duration(when.IntN(60)) * time.Millisecond)
	default:
		time.Sleep(time.Duration(50+when.IntN(300)) * time.Millisecond)
	}
	if cycle%8 == 7 {
		took := h.running.term()
		if rest(); took > termPatience {
			return fmt.Errorf("the server took %s to end", took)
		}
		return h.start(nil)
	}
	h.requests.strike()
	h.kill()
	rest()
	hit, err := h.underWay(taught.Version)
	for kind := range hit {
		if hit[kind] {
			r.hit[kind]++
		}
	}
	return errors.Join(err, h.start(nil))
}

// people is how many answer each picture.
const people = 8

// stock adds n pictures, or fewer when there is no server.
func (h *house) stock(n int, from *rand.Rand) {
	for range n {
		h.upload(from)
	}
}

// termPatience is how long a server may take to end when it is asked to.
const termPatience = 20 * time.Second

// mixedWork sets everybody to work; what it returns lets them stop.
func (h *house) mixedWork(seed uint64) (rest func()) {
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, w := range h.workers {
		all.Go(func() { w.work(stop) })
	}
	repeat := func(pause time.Duration, do func()) {
		all.Go(func() {
			for {
				do()
				select {
				case <-stop:
					return
				case <-time.After(pause):
				}
			}
		})
	}
	for i := range uint64(2) {
		from := chance(seed<<8 + i)
		repeat(time.Millisecond, func() { h.upload(from) })
	}
	repeat(20*time.Millisecond, func() { _, _ = h.owner.send("GET", "/api/projects/"+h.project+"/export?format=csv", "", nil) })
	return func() { close(stop); all.Wait() }
}

// settle lets everybody send what they have no word about, ends the server at
// once, so that only the disk can tell, and takes account.
func (h *house) settle() (history.Account, error) {
	for end := time.Now().Add(askPatience); ; time.Sleep(20 * time.Millisecond) {
		waiting := 0
		for _, w := range h.workers {
			if len(w.pending) > 0 && !w.flush() {
				waiting++
			}
		}
		if waiting == 0 {
			break
		}
		if time.Now().After(end) {
			return history.Account{}, fmt.Errorf("answers could not be sent: %s", h.running.last())
		}
	}
	if err := h.restart(); err != nil {
		return history.Account{}, err
	}
	return h.account()
}
