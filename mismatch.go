package akhra

// Mismatch is a settled task whose class differs from what an annotator's
// standing answer says: it lowers her skill. How it was settled is not told,
// so that gold stays unmarked.
type Mismatch struct {
	Task    TaskID
	Item    ItemID
	Said    ClassID
	Settled ClassID
	Stored  Millis // when she answered
	Appeal  AppealState
}

// AppealState says where an annotator's appeal on a task stands.
type AppealState string

// The states of an appeal; empty when she made none.
const (
	AppealNone   AppealState = ""
	AppealOpen   AppealState = "open"   // it waits for a person
	AppealClosed AppealState = "closed" // a person has looked since
)
