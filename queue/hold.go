package queue

import "akhra.dev/akhra"

// hold is one open lease, or one whose answer is stored and not told yet.
type hold struct {
	annotator akhra.UserID
	until     akhra.Millis
	apart     bool // in a pack or a grid
	over      bool // the store has it open no more
}

// counts tells whether it is among the leases that a person may have at once.
func (h hold) counts() bool { return !h.apart && !h.over }

// holds are the open leases of a project, by task.
type holds struct {
	of   map[akhra.TaskID][]hold
	open map[akhra.UserID]int // how many each annotator has, packs and grids left out
}

func newHolds() holds {
	return holds{of: map[akhra.TaskID][]hold{}, open: map[akhra.UserID]int{}}
}

// add notes a lease, or its new end.
func (h *holds) add(task akhra.TaskID, annotator akhra.UserID, until akhra.Millis, apart bool) {
	h.drop(task, annotator)
	one := hold{annotator: annotator, until: until, apart: apart}
	h.of[task] = append(h.of[task], one)
	if one.counts() {
		h.open[annotator]++
	}
}

// count is how many leases are known.
func (h *holds) count() (n int) {
	for _, list := range h.of {
		n += len(list)
	}
	return n
}

// has tells whether an annotator holds a task.
func (h *holds) has(task akhra.TaskID, annotator akhra.UserID) bool {
	for _, one := range h.of[task] {
		if one.annotator == annotator {
			return true
		}
	}
	return false
}

// drop forgets an annotator's lease of a task.
func (h *holds) drop(task akhra.TaskID, annotator akhra.UserID) {
	h.keep(task, func(one hold) bool { return one.annotator != annotator })
}

// only says that an annotator's open leases in no pack and no grid are those of some tasks. Others
// stay known, so that nobody gets their places, until the log tells what became
// of them.
func (h *holds) only(annotator akhra.UserID, of map[akhra.TaskID]bool) {
	for task, list := range h.of {
		for i := range list {
			if one := &list[i]; one.annotator == annotator && one.counts() && !of[task] {
				one.over = true
				h.close(annotator)
			}
		}
	}
}

func (h *holds) close(annotator akhra.UserID) {
	if h.open[annotator]--; h.open[annotator] == 0 {
		delete(h.open, annotator)
	}
}

// expire forgets leases that ran out and lists them.
func (h *holds) expire(now akhra.Millis) (ended []akhra.Assignment) {
	for task := range h.of {
		h.keep(task, func(one hold) bool {
			if one.until > now {
				return true
			}
			ended = append(ended, akhra.Assignment{Task: task, Annotator: one.annotator})
			return false
		})
	}
	return ended
}

func (h *holds) keep(task akhra.TaskID, stays func(hold) bool) {
	list := h.of[task]
	kept := list[:0]
	for _, one := range list {
		if stays(one) {
			kept = append(kept, one)
		} else if one.counts() {
			h.close(one.annotator)
		}
	}
	if h.of[task] = kept; len(kept) == 0 {
		delete(h.of, task)
	}
}
