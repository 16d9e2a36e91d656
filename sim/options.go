package sim

import (
	"slices"
	"time"

	"akhra.dev/akhra"
)

// Options are the flags of `akhra simulate`.
type Options struct {
	Images  string  // folder of pictures, or one that holds images.zip; empty for truth and overlap only
	Labels  string  // CSV: file or item, label or class, split if any, answer1..answerM if recorded
	Answers string  // CSV of recorded answers, long form or a table
	Noise   float64 // chance of a wrong answer; 0 for perfect answers
	Noisy   bool    // Noise was given
	// Confusion is a CSV file that tells how simulated people err: class, said,
	// share. Skills are how often each of them is right, one person each.
	Confusion string
	Skills    []float64
	// Propose shows people what a sure model would name, blind first. Who is
	// shown another class than she would say takes it with chance Echo.
	Propose  bool
	Echo     float64
	Embedder string // builtin, onnx:FILE or onnx:FILE@SIDE, several joined by commas
	Strategy string // as akhra.ParseStrategy reads it; empty means full
	Target   float64
	Delta    float64
	Audit    int // pictures drawn for the audit; 0 leaves it to the rule
	Limit    int
	Split    string // "all" ignores the split column
	Seed     uint64
	Most     float64 // answers per picture to end at; 0 asks while anything is left

	Cache    *Cache           // embedded pictures to share between runs, nil for none
	Wall     func() time.Time // measures Seconds; time.Now when nil
	Progress func(answers, items int)
}

// Result is what `akhra simulate --json` prints.
type Result struct {
	Items      int         `json:"items"`
	Classes    int         `json:"classes"`
	Seed       uint64      `json:"seed"`
	Embedder   string      `json:"embedder"`
	Strategy   string      `json:"strategy"`
	Rungs      akhra.Rungs `json:"rungs"`
	Points     []Point     `json:"points"`
	Target     float64     `json:"target"`
	Delta      float64     `json:"delta"`
	ReachedAt  *float64    `json:"reached_at"`
	ReachedAtL *float64    `json:"reached_at_loop"`
	Certified  *float64    `json:"certified_at"`

	// Majority is what counting the first 3, the first 5 and all recorded
	// answers of each picture gives; nil when none are recorded.
	Majority []Majority `json:"majority,omitempty"`

	Certificate *Certificate `json:"certificate"`
	Proposals   *Proposals   `json:"proposals,omitempty"` // nil without Propose
	Delivered   *float64     `json:"delivered_accuracy"`
	Seconds     float64      `json:"seconds"`
}

// Certificate is what the look at the audit proved, or failed to: then Passed
// is false and certified_at null.
type Certificate struct {
	Audit     int     `json:"audit"`
	Wrong     int     `json:"wrong"`
	People    int     `json:"people"` // audit pictures that people alone would deliver wrong
	Bound     float64 `json:"bound"`
	Threshold float64 `json:"threshold"`
	Accepted  int     `json:"accepted"`
	Looks     int     `json:"looks"`
	Passed    bool    `json:"passed"`
}

// Proposals count what was put to people: those that were not what she would
// have said, and how many of these she accepted.
type Proposals struct {
	Shown    int `json:"shown"`
	Wrong    int `json:"wrong"`
	Accepted int `json:"accepted"`
}

// Majority is what counting as many answers per picture gives, ties by
// expectation.
type Majority struct {
	AnswersPerItem float64 `json:"answers_per_item"`
	LabelAccuracy  float64 `json:"label_accuracy"`
}

// Point is the state after one round. The loop figures leave out the audit
// pictures and their answers; without an audit they equal the plain ones.
// Bound is that of the last look.
type Point struct {
	AnswersPerItem     float64  `json:"answers_per_item"`
	LabelAccuracy      float64  `json:"label_accuracy"`
	LoopAnswersPerItem float64  `json:"loop_answers_per_item"`
	LoopLabelAccuracy  float64  `json:"loop_label_accuracy"`
	ModelAccuracy      *float64 `json:"model_accuracy"`
	AutoAccepted       float64  `json:"auto_accepted"`
	Bound              *float64 `json:"bound"`
}

// fill sets what was left out and refuses what cannot be.
func (o *Options) fill() error {
	if o.Strategy == "" {
		o.Strategy = akhra.DefaultStrategy
	}
	if o.Embedder == "" {
		o.Embedder = "builtin"
	}
	if o.Delta == 0 {
		o.Delta = 0.1
	}
	if o.Wall == nil {
		o.Wall = time.Now
	}
	if _, err := akhra.ParseStrategy(o.Strategy); err != nil {
		return err
	}
	switch {
	case o.Labels == "":
		return akhra.InvalidField("labels", "The true classes are needed to keep score: name a file of the columns file and class with --labels.")
	case o.Noise < 0 || o.Noise > 1:
		return akhra.InvalidField("noise", "The noise lies between 0 and 1.")
	case o.Noisy && len(o.Skills) > 0:
		return akhra.InvalidField("noise-skills", "Either everybody errs alike or each by her own skill, not both.")
	case slices.ContainsFunc(o.Skills, func(s float64) bool { return !(s >= 0 && s <= 1) }):
		return akhra.InvalidField("noise-skills", "A skill lies between 0 and 1.")
	case (o.Noisy || o.Confusion != "" || len(o.Skills) > 0) && o.Answers != "":
		return akhra.InvalidField("noise", "Answers are either recorded or simulated, not both.")
	case !(o.Echo >= 0 && o.Echo <= 1):
		return akhra.InvalidField("echo", "The share of wrong proposals that are accepted lies between 0 and 1.")
	case o.Target < 0 || o.Target >= 1:
		return akhra.InvalidField("target", "The target lies between 0 and 1.")
	}
	return nil
}
