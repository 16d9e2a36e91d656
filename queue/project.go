package queue

import (
	"sync"
	"time"

	"akhra.dev/akhra"
)

// project is what the queue remembers of one project: the open places in the
// order of the ranking, and who holds which task until when. Both can be read
// again from the ranking and the store.
type project struct {
	filling sync.Mutex // one top-up at a time

	mu     sync.Mutex // guards the rest
	loaded bool
	holds  holds
	places []akhra.Slot
	had    map[akhra.TaskID]map[akhra.UserID]bool // who is known to have, or have had, a task that has places
	gone   map[akhra.TaskID]bool                  // tasks answered while a top-up ranks
	stale  bool                                   // something changed since the last top-up
	size   int                                    // places the next top-up makes
	filled time.Time                              // when the last one was
	rounds int                                    // top-ups so far
}

// reserve takes the places that an annotator may have, one per task, until she
// holds n, and holds them for her. dry tells that there were too few.
func (p *project) reserve(annotator akhra.UserID, n int, until akhra.Millis) (taken []akhra.Slot, dry bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	passed, at := 0, 0
	for ; at < len(p.places) && p.holds.open[annotator] < n; at++ {
		s := p.places[at]
		if p.had[s.Task][annotator] || p.holds.has(s.Task, annotator) {
			p.places[passed] = s
			passed++
			continue
		}
		taken = append(taken, s)
		p.holds.add(s.Task, annotator, until)
	}
	copy(p.places[at-passed:at], p.places[:passed])
	p.places = p.places[at-passed:]
	return taken, p.holds.open[annotator] < n
}

// settle notes which of the reserved places became leases. The others come
// back; when there was room for them she had answered them before.
func (p *project) settle(annotator akhra.UserID, n int, reserved []akhra.Slot, got []akhra.Assignment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	leased := make(map[akhra.TaskID]bool, len(got))
	for _, a := range got {
		leased[a.Task] = true
		p.remember(annotator, a.Task)
		p.holds.add(a.Task, annotator, a.LeaseUntil)
	}
	var back []akhra.Slot
	for _, s := range reserved {
		if leased[s.Task] {
			continue
		}
		p.holds.drop(s.Task, annotator)
		back = append(back, s)
		if len(got) < n {
			p.remember(annotator, s.Task)
		}
	}
	if len(back) > 0 {
		p.places = append(back, p.places...)
	}
}

func (p *project) remember(annotator akhra.UserID, task akhra.TaskID) {
	if p.had[task] == nil {
		p.had[task] = map[akhra.UserID]bool{}
	}
	p.had[task][annotator] = true
}

// answered ends a lease because its holder answered; an undo opens it again.
func (p *project) answered(a answer, annotator akhra.UserID, until akhra.Millis) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stale = true
	if a.Answer == akhra.AnswerUndo {
		p.holds.add(a.Task, annotator, until)
		return
	}
	p.holds.drop(a.Task, annotator)
	if p.gone != nil {
		p.gone[a.Task] = true
	}
}

func (p *project) expire(now akhra.Millis) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range p.holds.expire(now) {
		delete(p.had[a.Task], a.Annotator)
		p.stale = true
	}
}

func (p *project) touch() {
	p.mu.Lock()
	p.stale = true
	p.mu.Unlock()
}

// starting marks a top-up as begun and says how many places to rank: changes
// from here on count as new. A project that is emptied fast gets more places.
func (p *project) starting(now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stale, p.gone = false, map[akhra.TaskID]bool{}
	if now.Sub(p.filled) < quickly {
		p.size = min(2*p.size, mostPlaces)
	} else {
		p.size = max(p.size/2, Places)
	}
	p.filled = now
	return p.size + len(p.holds.of)
}

// fill swaps the places for ranked ones, without those that open leases or
// answers since then fill.
func (p *project) fill(ranked []akhra.Slot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pending := make(map[akhra.TaskID]int, len(p.holds.of))
	for task, list := range p.holds.of {
		pending[task] = len(list)
	}
	had := p.had
	p.places, p.had = make([]akhra.Slot, 0, min(p.size, len(ranked))), map[akhra.TaskID]map[akhra.UserID]bool{}
	for _, s := range ranked {
		if len(p.places) == p.size {
			p.stale = true // there is more to offer than this
			break
		}
		if pending[s.Task] > 0 {
			pending[s.Task]--
		} else if !p.gone[s.Task] {
			p.places = append(p.places, s)
			if who := had[s.Task]; who != nil {
				p.had[s.Task] = who
			}
		}
	}
	p.gone = nil
	p.rounds++
}

// round counts the top-ups so far.
func (p *project) round() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rounds
}

// failed ends a top-up that made no places.
func (p *project) failed() {
	p.mu.Lock()
	p.gone, p.stale = nil, true
	p.mu.Unlock()
}

// wants tells whether a top-up could help: something changed since the last
// one and places run low, or are too few for somebody who asks.
func (p *project) wants(asked bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stale && (asked || len(p.places) < p.size*3/10)
}
