package store

import "akhra.dev/akhra"

// kept is how many of the newest events of a log stay in memory at least: who
// follows it seldom is further behind, and reads nothing from the database.
const kept = 2048

// tail is how far a log is durable, and its newest events, in order and
// without a gap.
type tail struct {
	head   akhra.Seq
	events []akhra.Event
}

func (t *tail) add(e akhra.Event) {
	if e.Kind == akhra.EventProjectErased {
		t.events = nil // nothing is left of the project's
	}
	if len(t.events) == 2*kept {
		t.events = append(make([]akhra.Event, 0, 2*kept), t.events[kept:]...)
	}
	t.head, t.events = e.Seq, append(t.events, e)
}

// after lists the events behind a place, at most limit; false when older ones
// would have to be read.
func (t *tail) after(seq akhra.Seq, limit int) ([]akhra.Event, bool) {
	if seq >= t.head {
		return nil, true
	}
	if len(t.events) == 0 || seq+1 < t.events[0].Seq {
		return nil, false
	}
	from := int(seq + 1 - t.events[0].Seq)
	to := min(from+limit, len(t.events))
	return t.events[from:to:to], true
}
