package queue

import "akhra.dev/akhra"

// hold is one open lease.
type hold struct {
	annotator akhra.UserID
	until     akhra.Millis
}

// holds are the open leases of a project, by task.
type holds struct {
	of   map[akhra.TaskID][]hold
	open map[akhra.UserID]int // how many each annotator has
}

func newHolds() holds {
	return holds{of: map[akhra.TaskID][]hold{}, open: map[akhra.UserID]int{}}
}

// add notes a lease, or its new end.
func (h *holds) add(task akhra.TaskID, annotator akhra.UserID, until akhra.Millis) {
	for i := range h.of[task] {
		if one := &h.of[task][i]; one.annotator == annotator {
			one.until = until
			return
		}
	}
	h.of[task] = append(h.of[task], hold{annotator, until})
	h.open[annotator]++
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
		} else if h.open[one.annotator]--; h.open[one.annotator] == 0 {
			delete(h.open, one.annotator)
		}
	}
	if h.of[task] = kept; len(kept) == 0 {
		delete(h.of, task)
	}
}
