package sim

import (
	"time"

	"akhra.dev/akhra"
)

// Options are the flags of `akhra simulate`.
type Options struct {
	Images   string  // folder of pictures, or one that holds images.zip; empty for truth and overlap only
	Labels   string  // CSV: file or item, label or class, split if any, answer1..answerM if recorded
	Answers  string  // CSV of recorded answers, long form or a table
	Noise    float64 // chance of a wrong answer; 0 for perfect answers
	Noisy    bool    // Noise was given
	Embedder string  // "builtin"
	Strategy string  // random or margin
	Target   float64
	Delta    float64
	Limit    int
	Split    string // "all" ignores the split column
	Seed     uint64

	Cache    *Cache           // embedded pictures to share between runs, nil for none
	Wall     func() time.Time // measures Seconds; time.Now when nil
	Progress func(answers, items int)
}

// Result is what `akhra simulate --json` prints.
type Result struct {
	Items      int      `json:"items"`
	Classes    int      `json:"classes"`
	Seed       uint64   `json:"seed"`
	Embedder   string   `json:"embedder"`
	Strategy   string   `json:"strategy"`
	Rungs      []string `json:"rungs"`
	Points     []Point  `json:"points"`
	Target     float64  `json:"target"`
	Delta      float64  `json:"delta"`
	ReachedAt  *float64 `json:"reached_at"`
	ReachedAtL *float64 `json:"reached_at_loop"`
	Certified  *float64 `json:"certified_at"`

	Certificate *struct{} `json:"certificate"`
	Delivered   *float64  `json:"delivered_accuracy"`
	Seconds     float64   `json:"seconds"`
}

// Point is the state after one round. Without an audit set the loop figures
// equal the plain ones.
type Point struct {
	AnswersPerItem     float64  `json:"answers_per_item"`
	LabelAccuracy      float64  `json:"label_accuracy"`
	LoopAnswersPerItem float64  `json:"loop_answers_per_item"`
	LoopLabelAccuracy  float64  `json:"loop_label_accuracy"`
	ModelAccuracy      *float64 `json:"model_accuracy"`
	AutoAccepted       float64  `json:"auto_accepted"`
	Bound              *float64 `json:"bound"`
}

// rungs of learning.md 11 that a strategy has in force.
var rungs = map[string][]string{
	"random": {"consensus", "model"},
	"margin": {"consensus", "leastsure", "model", "active"},
}

// fill sets what was left out and refuses what cannot be.
func (o *Options) fill() error {
	if o.Strategy == "" {
		o.Strategy = "margin"
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
	switch {
	case rungs[o.Strategy] == nil:
		return akhra.InvalidField("strategy", "The strategy is random or margin.")
	case o.Embedder != "builtin":
		return akhra.InvalidField("embedder", "The embedder is builtin.")
	case o.Labels == "":
		return akhra.InvalidField("labels", "The true classes are needed to keep score: name a labels file.")
	case o.Noise < 0 || o.Noise > 1:
		return akhra.InvalidField("noise", "The noise lies between 0 and 1.")
	case o.Noisy && o.Answers != "":
		return akhra.InvalidField("noise", "Answers are either recorded or simulated, not both.")
	case o.Target < 0 || o.Target >= 1:
		return akhra.InvalidField("target", "The target lies between 0 and 1.")
	}
	return nil
}
