package akhra

// Limits of a project.
const (
	MaxProjectName  = 120
	MaxQuestion     = 200
	MaxOverlap      = 15
	DefaultCap      = 3
	DefaultStopAt   = 0.95 // tempered posterior at which a task needs no further answer
	DefaultRho      = 0.7  // tempering exponent of the stop rule (truth.md 6)
	DefaultExplore  = 0.05 // share of assignments drawn at random
	DefaultLeaseMin = 30   // minutes a task stays leased
)

// Project is one set of pictures with one label set.
type Project struct {
	ID       ProjectID
	Org      OrgID
	Name     string
	Question string // what the work page asks, "What is it?"
	LabelSet LabelSetID
	Settings Settings
	Created  Millis
}

// Settings are a project's rules of asking and stopping.
type Settings struct {
	Overlap   int     `json:"overlap"`   // answers every task gets at least
	Cap       int     `json:"cap"`       // answers a task gets at most, then review
	StopAt    float64 `json:"stopAt"`    // tempered posterior at which asking stops
	Explore   float64 `json:"explore"`   // share of assignments drawn uniformly
	ShowModel bool    `json:"showModel"` // the strip says what the model thought, after the answer
	Target    float64 `json:"target"`    // promised accuracy, 0 when none is chosen
	Delta     float64 `json:"delta"`     // allowed chance of breaking the promise
	Audit     int     `json:"audit"`     // audit items to draw; 0 means the rule of learning.md 8
	Strategy  string  `json:"strategy"`  // full, margin, random; empty means full
	Started   bool    `json:"started"`   // asking has begun
	Seed      uint64  `json:"seed"`      // chance of folds, exploration and audit
	Pooled    bool    `json:"pooled"`    // answers carry no usable names: one confusion matrix for all
}

// DefaultSettings are those of architecture.md: overlap 1, more where unsure,
// at most 3.
func DefaultSettings() Settings {
	return Settings{Overlap: 1, Cap: DefaultCap, StopAt: DefaultStopAt, Explore: DefaultExplore, ShowModel: true, Delta: 0.05, Started: true}
}

// Validate tells what is wrong with a project.
func (p *Project) Validate() error {
	if err := cleanText("name", p.Name, MaxProjectName); err != nil {
		return err
	}
	if err := cleanText("question", p.Question, MaxQuestion); err != nil {
		return err
	}
	return p.Settings.Validate()
}

// Validate tells what is wrong with a project's rules.
func (s Settings) Validate() error {
	switch {
	case s.Overlap < 1 || s.Overlap > MaxOverlap:
		return InvalidField("overlap", "Answers per picture lie between 1 and %d.", MaxOverlap)
	case s.Cap < s.Overlap || s.Cap > MaxOverlap:
		return InvalidField("cap", "The most answers per picture lie between the fewest and %d.", MaxOverlap)
	case s.StopAt <= 0.5 || s.StopAt >= 1:
		return InvalidField("stopAt", "The certainty to stop at lies between 0.5 and 1.")
	case s.Explore < 0 || s.Explore > 0.5:
		return InvalidField("explore", "The random share lies between 0 and 0.5.")
	case s.Target < 0 || s.Target >= 1:
		return InvalidField("target", "The promise lies between 0 and 1.")
	}
	return nil
}
