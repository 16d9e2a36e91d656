package akhra

// Certificate is what goes to a client with the data: the proof of a promise
// and all that is needed to check it.
type Certificate struct {
	Words     string  `json:"words"`
	Project   string  `json:"project"`
	Method    string  `json:"method"`
	Pictures  int     `json:"pictures"`   // that it speaks of
	First     int64   `json:"first"`      // they came after this one
	Last      int64   `json:"last"`       // up to this one
	N         int     `json:"n"`          // drawn at random before their answers existed
	Errors    int     `json:"errors"`     // of n that are delivered wrong by the rule
	People    int     `json:"people"`     // of n that people alone would deliver wrong
	Target    float64 `json:"target"`     // share of right classes promised
	Delta     float64 `json:"delta"`      // chance of error allowed in all
	Spent     float64 `json:"spent"`      // of it by this look
	Bound     float64 `json:"bound"`      // share wrong at most, with confidence 1 - spent
	Threshold float64 `json:"threshold"`  // margin from which the model decides; 2: never
	Accepted  int     `json:"accepted"`   // pictures the model decides without an answer
	Looks     int     `json:"looks"`      // that were allowed
	Taken     int     `json:"looksTaken"` // that were taken
	Model     int64   `json:"model"`      // version
	Seed      uint64  `json:"seed"`       // of the draw
	By        string  `json:"by"`         // who alone answered those drawn; empty for several people
	At        Millis  `json:"at"`
}
