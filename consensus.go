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
	Wants        int     // further answers wanted now, 0 unless open
	Value        float64 // by how much one more answer is expected to lower the risk of a wrong class
	Method       string
	Version      int // label set version the posterior's order follows
	ModelVersion int64
	Seq          Seq // answers were seen up to here
}

// The methods of a posterior that is no inference but somebody's decision. A
// review goes before a known answer. MethodAccepted is that of a delivered row
// whose class is the model's by a certificate.
const (
	MethodGold     = "gold"
	MethodReview   = "review"
	MethodAccepted = "accepted"
)

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
	Low, High float64 // 90 % credible interval of Accuracy
	Answers   int
}
