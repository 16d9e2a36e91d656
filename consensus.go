package akhra

// Consensus is the inferred truth of a task, as one method saw it.
type Consensus struct {
	Task         TaskID
	Item         ItemID
	Class        ClassID   // argmax of the posterior, "" when there are no answers
	Posterior    []float64 // by live class order of the label set version
	Tempered     float64   // highest tempered posterior, what the stop rule reads
	Tied         bool
	Answers      int // answers that name a class
	Asked        int // answers in all, "not sure" included
	State        TaskState
	Method       string
	Version      int // label set version the posterior's order follows
	ModelVersion int64
	Seq          Seq // answers were seen up to here
}

// TaskState says where a task stands.
type TaskState string

// The states of a task.
const (
	TaskOpen   TaskState = "open"   // more answers are wanted
	TaskDone   TaskState = "done"   // sure enough
	TaskReview TaskState = "review" // at the cap and still unsure: an expert decides
)

// Skill is an annotator's estimated reliability: her confusion matrix as
// expected counts, row = truth, column = answer, K x K row-major.
type Skill struct {
	Annotator UserID
	Counts    []float64
	Accuracy  float64
	Answers   int
}
