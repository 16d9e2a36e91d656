package akhra

// Task is one question about one Item under one label set. Round counts
// re-asks; the first is 0.
type Task struct {
	ID       TaskID
	Item     ItemID
	LabelSet LabelSetID
	Round    int
	Purpose  Purpose
}

// Purpose says why a task exists. It is never shown to the person answering.
type Purpose string

// The purposes of a task.
const (
	ForTeaching Purpose = ""      // an ordinary question
	ForAudit    Purpose = "audit" // drawn at random before its answers exist; never trained on
)

// Why says how a task came to be asked now.
type Why string

// The reasons for asking, shown on the project page.
const (
	WhyUnsure  Why = "unsure"  // the model hesitates between two classes
	WhyDiffer  Why = "differ"  // people differ
	WhyNew     Why = "new"     // nothing like it so far
	WhyRandom  Why = "random"  // exploration
	WhyAudit   Why = "audit"   // audit; shown to nobody who answers
	WhyOverlap Why = "overlap" // the project asks several people
)

// Slot is one open place in the queue: ask this task next, once.
type Slot struct {
	Task     TaskID
	Item     ItemID
	Slot     int     // 0.. for the overlap of a task
	Priority float64 // lowest first
	Why      Why
}

// Assignment is a task leased to a person until a time.
type Assignment struct {
	ID         AssignmentID
	Task       TaskID
	Item       ItemID
	Annotator  UserID
	LeaseUntil Millis
	Why        Why
	Closed     bool
}
