package store

import "akhra.dev/akhra"

// kept is how many of the newest events of a log stay in memory at least: who
// follows it seldom is further behind, and reads nothing from the database.
const kept = 2048

// tail is the newest durable events of a log, in order and without a gap.
type tail struct{ events []akhra.Event }

func (t *tail) add(e akhra.Event) {
	if e.Kind == akhra.EventProjectErased {
		t.events = nil // nothing is left of the project's
	}
	if len(t.events) == 2*kept {
		t.events = append(make([]akhra.Event, 0, 2*kept), t.events[kept:]...)
	}
	t.events = append(t.events, e)
}

// head is the place of the last event.
func (t *tail) head() akhra.Seq { return t.events[len(t.events)-1].Seq }

// after lists the events behind a place, at most limit; false when older ones
// would have to be read.
func (t *tail) after(seq akhra.Seq, limit int) ([]akhra.Event, bool) {
	from := int(seq + 1 - t.events[0].Seq)
	if from < 0 {
		return nil, false
	}
	from = min(from, len(t.events))
	to := min(from+limit, len(t.events))
	return t.events[from:to:to], true
}
