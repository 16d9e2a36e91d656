package akhra

// Task is one question about one Item under one label set. Round counts
// re-asks; the first is 0. The newest round's consensus is the Item's, earlier
// rounds are history.
type Task struct {
	ID       TaskID
	Item     ItemID
	LabelSet LabelSetID
	Round    int
	Purpose  Purpose
	Removed  bool // its picture was taken out of the project
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
	WhyGold    Why = "gold"    // its answer is known; shown to nobody who answers
	WhyAppeal  Why = "appeal"  // somebody asks for a person to look again
	WhyImport  Why = "import"  // it was answered elsewhere, before
)

// Picked tells whether the order of asking came to the task, as it would have
// to any other, and not the audit's completion, a known answer or an appeal.
func (w Why) Picked() bool { return w != WhyAudit && w != WhyGold && w != WhyAppeal }

// Slot is one open place in the queue: ask this task next, once.
type Slot struct {
	Task     TaskID
	Item     ItemID
	Slot     int     // 0.. for the overlap of a task
	Priority float64 // lowest first
	Why      Why
	Proposal *Proposal // put to who gets the place, or kept back from her; nil for none
}

// Assignment is a task leased to a person until a time.
type Assignment struct {
	ID         AssignmentID
	Task       TaskID
	Item       ItemID
	Annotator  UserID
	LeaseUntil Millis
	Why        Why
	Pack       PackID // the pack it was taken in, empty for none
	Grid       GridPlace
	Closed     bool
	Proposal   *Proposal `json:"-"` // as it was when she first got it; nil for none
}
