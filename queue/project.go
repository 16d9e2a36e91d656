package queue

import (
	"sync"

	"akhra.dev/akhra"
)

// project is what the queue remembers of one project: who holds which task
// until when, and how many places were open after the last top-up.
type project struct {
	gate sync.RWMutex // held for reading while a lease is claimed, for writing while the places are swapped

	mu     sync.Mutex // guards the rest
	loaded bool
	holds  map[akhra.TaskID][]hold
	left   int  // places not yet claimed, as far as known
	stale  bool // something changed since the last top-up
}

// hold is one open lease.
type hold struct {
	annotator akhra.UserID
	until     akhra.Millis
}

// keep notes the leases of an annotator and returns how many were new.
func (p *project) keep(leases []akhra.Assignment) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := 0
	for _, a := range leases {
		if !p.renew(a) {
			p.holds[a.Task] = append(p.holds[a.Task], hold{a.Annotator, a.LeaseUntil})
			fresh++
		}
	}
	p.left = max(0, p.left-fresh)
	return fresh
}

func (p *project) renew(a akhra.Assignment) bool {
	holds := p.holds[a.Task]
	for i := range holds {
		if holds[i].annotator == a.Annotator {
			holds[i].until = a.LeaseUntil
			return true
		}
	}
	return false
}

// drop forgets a lease because its holder answered.
func (p *project) drop(task akhra.TaskID, annotator akhra.UserID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stale = true
	holds := p.holds[task]
	for i := range holds {
		if holds[i].annotator == annotator {
			holds[i] = holds[len(holds)-1]
			p.holds[task] = holds[:len(holds)-1]
			break
		}
	}
	if len(p.holds[task]) == 0 {
		delete(p.holds, task)
	}
}

// expire forgets leases that ran out.
func (p *project) expire(now akhra.Millis) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for task, holds := range p.holds {
		kept := holds[:0]
		for _, h := range holds {
			if h.until > now {
				kept = append(kept, h)
			}
		}
		if len(kept) < len(holds) {
			p.stale = true
		}
		if p.holds[task] = kept; len(kept) == 0 {
			delete(p.holds, task)
		}
	}
}

// free drops from ranked slots those that open leases will fill, and keeps at
// most n. Slots of one task follow each other's numbers.
func (p *project) free(ranked []akhra.Slot, n int) []akhra.Slot {
	p.mu.Lock()
	defer p.mu.Unlock()
	pending := make(map[akhra.TaskID]int, len(p.holds))
	for task, holds := range p.holds {
		pending[task] = len(holds)
	}
	open := make([]akhra.Slot, 0, min(n, len(ranked)))
	for _, s := range ranked {
		if len(open) == n {
			break
		}
		if pending[s.Task] > 0 {
			pending[s.Task]--
			continue
		}
		open = append(open, s)
	}
	return open
}

func (p *project) held() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.holds)
}

func (p *project) touch() {
	p.mu.Lock()
	p.stale = true
	p.mu.Unlock()
}

// wants tells whether a top-up could help: places run low and something
// changed since the last one.
func (p *project) wants(low int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stale && p.left < low
}

// starting marks a top-up as begun: changes from here on count as new.
func (p *project) starting() {
	p.mu.Lock()
	p.stale = false
	p.mu.Unlock()
}

func (p *project) filled(n int) {
	p.mu.Lock()
	p.left = n
	p.mu.Unlock()
}
