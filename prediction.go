package akhra

// Prediction is a model version's say about one item.
type Prediction struct {
	Item          ItemID
	Version       int64
	Probabilities []float64 // by live class order
	OutOfFold     bool      // from a head that did not see this item's answers
}

// Top returns the index of the largest probability and its value, -1 when
// there is none.
func (p *Prediction) Top() (int, float64) {
	best, at := 0.0, -1
	for i, v := range p.Probabilities {
		if v > best {
			best, at = v, i
		}
	}
	return at, best
}

// Model is one taught version of a project's model.
type Model struct {
	Version     int64
	Head        []byte // learn.Head in binary form
	Recipe      string // blob hash of the embedder's recipe
	LabelSet    int    // label set version
	Temperature float64
	Taught      int // items it was taught by
	Seq         Seq // answers were seen up to here
	Created     Millis
}

// CurvePoint is one point of a project's learning curve. Estimates come from
// exploration answers only; a nil estimate means too few.
type CurvePoint struct {
	Version   int64    `json:"version"`
	Answers   int      `json:"answers"`   // answers bought so far
	Items     int      `json:"items"`     // items of the project then
	Estimated *float64 `json:"estimated"` // share of classes right, by estimate
	Low       *float64 `json:"low"`       // its 95 % interval
	High      *float64 `json:"high"`
	At        Millis   `json:"at"`
}

// Blind is one answer given on a task drawn at random, beside what the model
// then thought, before the answer was known to it.
type Blind struct {
	Item    ItemID
	Said    ClassID
	Thought ClassID
	Version int64
	Seq     Seq
}
