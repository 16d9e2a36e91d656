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
	more   bool                                   // the last top-up left out places there was no room for
	size   int                                    // places the next top-up makes
	filled time.Time                              // when the last one was
	rounds int                                    // top-ups so far
	gold   golds
	looks  map[akhra.TaskID]look // reviewers at work
}

// reserve takes the places that an annotator may have, one per task, until she
// has as many as the terms say, and holds them for her. dry tells that there
// were too few.
func (p *project) reserve(annotator akhra.UserID, on terms) (taken []akhra.Slot, dry bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	passed, at := 0, 0
	for ; at < len(p.places) && on.room(&p.holds, annotator, len(taken)) > 0; at++ {
		s := p.places[at]
		if p.had[s.Task][annotator] || p.holds.has(s.Task, annotator) {
			p.places[passed] = s
			passed++
			continue
		}
		taken = append(taken, s)
		p.holds.add(s.Task, annotator, on.until, on.pack != "")
	}
	copy(p.places[at-passed:at], p.places[:passed])
	p.places = p.places[at-passed:]
	return taken, on.room(&p.holds, annotator, len(taken)) > 0
}

// settle notes which of the reserved places became leases. The others come
// back; when there was room for them she had answered them before.
func (p *project) settle(annotator akhra.UserID, on terms, reserved []akhra.Slot, got []akhra.Assignment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	leased := make(map[akhra.TaskID]bool, len(got))
	for _, a := range got {
		leased[a.Task] = true
		p.remember(annotator, a.Task)
		p.holds.add(a.Task, annotator, a.LeaseUntil, a.Pack != "")
	}
	var back []akhra.Slot
	for _, s := range reserved {
		if leased[s.Task] {
			continue
		}
		p.holds.drop(s.Task, annotator)
		s.Proposal = nil // it was hers
		if s.Why != akhra.WhyGold {
			back = append(back, s)
		}
		if len(got) < on.n {
			p.remember(annotator, s.Task)
		}
	}
	if len(got) < on.n && on.pack == "" {
		p.holds.only(annotator, leased)
	}
	if len(back) > 0 {
		p.places = append(back, p.places...)
	}
}

// unreserve gives places back that could not be given out at all.
func (p *project) unreserve(annotator akhra.UserID, reserved []akhra.Slot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	back := make([]akhra.Slot, 0, len(reserved)+len(p.places))
	for _, s := range reserved {
		p.holds.drop(s.Task, annotator)
		s.Proposal = nil // it was hers
		if s.Why != akhra.WhyGold {
			back = append(back, s)
		}
	}
	p.places = append(back, p.places...)
}

func (p *project) remember(annotator akhra.UserID, task akhra.TaskID) {
	if p.had[task] == nil {
		p.had[task] = map[akhra.UserID]bool{}
	}
	p.had[task][annotator] = true
}

// answered ends a lease because its holder answered; an undo and a strike open it again.
func (p *project) answered(a akhra.Annotation, annotator akhra.UserID, until akhra.Millis) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stale = true
	if a.Answer.Reopens() {
		p.holds.add(a.Task, annotator, until, false)
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

func (p *project) rulesChanged() {
	p.mu.Lock()
	p.gold.read = false
	p.mu.Unlock()
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
	return p.size + p.holds.count()
}

// fill swaps the places for the ranked ones, of which there may be more than
// were asked for.
func (p *project) fill(ranked []akhra.Slot, asked int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	had := p.had
	p.places, p.had = p.free(ranked), map[akhra.TaskID]map[akhra.UserID]bool{}
	p.more = len(ranked) >= asked
	for _, s := range p.places {
		if who := had[s.Task]; who != nil {
			p.had[s.Task] = who
		}
	}
	p.gone = nil
	p.rounds++
}

// free are the ranked places that neither open leases nor answers since the
// ranking fill.
func (p *project) free(ranked []akhra.Slot) []akhra.Slot {
	pending := make(map[akhra.TaskID]int, len(p.holds.of))
	for task, list := range p.holds.of {
		pending[task] = len(list)
	}
	free := make([]akhra.Slot, 0, len(ranked))
	for _, s := range ranked {
		if pending[s.Task] > 0 {
			pending[s.Task]--
		} else if !p.gone[s.Task] {
			free = append(free, s)
		}
	}
	return free
}

// offer adds places of tasks that have none, for somebody who had all the
// others. It tells whether there were any.
func (p *project) offer(ranked []akhra.Slot) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	placed := make(map[akhra.TaskID]bool, len(p.places))
	for _, s := range p.places {
		placed[s.Task] = true
	}
	before := len(p.places)
	for _, s := range p.free(ranked) {
		if !placed[s.Task] {
			p.places = append(p.places, s)
		}
	}
	return len(p.places) > before
}

// beyond tells whether tasks may be left that have no places.
func (p *project) beyond() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.more
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

// wants tells whether a top-up could help: places run low and there may be
// others, or somebody asks for whom something has changed since the last one.
func (p *project) wants(asked bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	low := len(p.places) < p.size*3/10
	return p.stale && asked || (p.stale || p.more) && low
}
