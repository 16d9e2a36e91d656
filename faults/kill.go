//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"akhra.dev/akhra/history"
)

// kill ends the server, mostly by signal 9, while people answer, pictures come
// in, the model is taught and the answers are exported.
func (r *run) kill(binary string, cycles int) (history.Account, error) {
	h, err := found(binary, r.folder(), people)
	if err != nil {
		return history.Account{}, err
	}
	defer func() { h.kill() }()
	h.stock(3*cycles, chance(r.seed<<40))
	when := chance(r.seed)
	for cycle := range cycles {
		rest := h.mixedWork(r.seed + uint64(cycle))
		time.Sleep(time.Duration(50+when.IntN(300)) * time.Millisecond)
		if cycle%8 == 7 {
			if took := h.running.term(); took > termPatience {
				return history.Account{}, fmt.Errorf("cycle %d: the server took %s to end", cycle, took)
			}
		} else {
			h.kill()
		}
		rest()
		if err := h.start(nil); err != nil {
			return history.Account{}, fmt.Errorf("cycle %d: %w", cycle, err)
		}
	}
	return h.settle()
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
