package akhra

import "slices"

// MaxBatches is how many batches one project keeps.
const MaxBatches = 500

// Batch is pictures of a project that belong together, such as those of one
// day. A picture is in one batch at most.
type Batch struct {
	ID       BatchID
	Name     string
	Priority Priority
	Overlap  int    // answers each of its tasks gets at least where that is more than the project's; 0 for the project's
	Created  Millis // given by the store
}

// Priority says when the pictures of a batch are asked.
type Priority string

// The priorities, in the order of asking. A picture in no batch is asked as one
// of normal priority.
const (
	PriorityHigh   Priority = "high"
	PriorityNormal Priority = "normal"
	PriorityLow    Priority = "low"
)

// Priorities lists the priorities in the order of asking.
var Priorities = []Priority{PriorityHigh, PriorityNormal, PriorityLow}

// Turn is the priority's place in the order of asking, from 0.
func (p Priority) Turn() int {
	if at := slices.Index(Priorities, p); at >= 0 {
		return at
	}
	return PriorityNormal.Turn()
}

// Validate tells what is wrong with a batch.
func (b *Batch) Validate() error {
	switch {
	case !ValidID(string(b.ID)):
		return InvalidField("id", "The batch has no valid id.")
	case !slices.Contains(Priorities, b.Priority):
		return InvalidField("priority", "There is no such priority; there are high, normal and low.")
	case b.Overlap < 0 || b.Overlap > MaxOverlap:
		return InvalidField("overlap", "Answers per picture of a batch lie between 0, as many as the project asks for, and %d.", MaxOverlap)
	}
	return cleanText("name", b.Name, MaxNameLetters)
}
