package akhra

import (
	"fmt"
	"hash/fnv"
)

// Limits of a project.
const (
	MaxProjectName  = 120
	MaxQuestion     = 200
	MaxOverlap      = 40
	DefaultCap      = 3
	DefaultStopAt   = 0.95 // tempered posterior at which a task needs no further answer
	DefaultRho      = 0.7  // tempering exponent of the stop rule (docs/TRUTH.md 6)
	DefaultExplore  = 0.05 // share of assignments drawn at random
	DefaultLeaseMin = 30   // minutes a task stays leased
	DefaultGold     = 0.05 // share of leased tasks whose answer is known
	MaxGold         = 0.3
	DefaultPilot    = 0.1 // share of the tasks in the pilot of a project that asks several people
	MaxPilot        = 0.5
	PilotAnnotators = 5 // that must answer before there is a pilot
	PilotAnswers    = 7 // to each of its tasks
)

// Project is one set of pictures with one label set.
type Project struct {
	ID         ProjectID
	Org        OrgID
	Name       string
	Question   string // what the work page asks, "What is it?"
	LabelSet   LabelSetID
	Settings   Settings
	Created    Millis
	Family     string            // name of its family, "" for none (YesNo)
	About      string            // name of the class that a project of a family asks about
	AboutNames map[string]string // that name by language, like Class.Names
	State      ProjectState
	StateAt    Millis // since when, 0 for one that was never anything but active
}

// Settings are a project's rules of asking and stopping.
type Settings struct {
	Overlap   int     `json:"overlap"`   // answers every task gets at least
	Cap       int     `json:"cap"`       // answers a task gets at most, then review
	StopAt    float64 `json:"stopAt"`    // tempered posterior at which asking stops
	Explore   float64 `json:"explore"`   // share of assignments drawn uniformly
	Pilot     float64 `json:"pilot"`     // share of the tasks asked PilotAnswers times before others stop, where the overlap is above 1; 0 switches it off
	GoldShare float64 `json:"goldShare"` // share of leased tasks that are gold, as far as there is any; 0 switches it off
	ShowModel bool    `json:"showModel"` // the strip says what the model thought, after the answer
	Propose   bool    `json:"propose"`   // a class that has proved itself is put to who answers; see Proposal
	Proposed  Millis  `json:"proposed"`  // since when: wrong proposals from before do not count
	Target    float64 `json:"target"`    // promised accuracy, 0 when none is chosen
	Delta     float64 `json:"delta"`     // allowed chance of breaking the promise
	Audit     int     `json:"audit"`     // audit items to draw; 0 means the rule of docs/LEARNING.md 5
	Looks     int     `json:"looks"`     // tests of the audit that the promise may take; 0 means 1
	Strategy  string  `json:"strategy"`  // full, margin or random, then +RUNG and -RUNG (ParseStrategy); empty means full
	Embedder  string  `json:"embedder"`  // builtin, onnx:NAME or several joined by commas; empty means builtin
	Started   bool    `json:"started"`   // asking has begun
	Seed      uint64  `json:"seed"`      // chance of folds, exploration and audit
	Pooled    bool    `json:"pooled"`    // answers carry no usable names: one confusion matrix for all
}

// DefaultSettings are right for most: one answer, more where unsure, at most 3.
func DefaultSettings() Settings {
	return Settings{Overlap: 1, Cap: DefaultCap, StopAt: DefaultStopAt, Explore: DefaultExplore, Pilot: DefaultPilot, GoldShare: DefaultGold, ShowModel: true, Delta: 0.05, Started: true}
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
	case !(s.Pilot >= 0 && s.Pilot <= MaxPilot):
		return InvalidField("pilot", "The share of pictures in the pilot lies between 0 and %g.", MaxPilot)
	case !(s.GoldShare >= 0 && s.GoldShare <= MaxGold):
		return InvalidField("goldShare", "The share of pictures with a known answer lies between 0 and %g.", MaxGold)
	case s.Target < 0 || s.Target >= 1:
		return InvalidField("target", "The promise lies between 0 and 1.")
	case s.Target > 0 && !(s.Delta > 0 && s.Delta <= 0.5):
		return InvalidField("delta", "The chance of breaking the promise lies between 0 and 0.5.")
	case s.Audit < 0:
		return InvalidField("audit", "The number of pictures drawn at random is not negative.")
	case s.Looks < 0 || s.Looks > MaxLooks:
		return InvalidField("looks", "The promise is tested at most %d times.", MaxLooks)
	}
	if _, err := ParseStrategy(s.Strategy); err != nil {
		return err
	}
	_, _, err := ParseEmbedder(s.Embedder)
	return err
}

// HasPilot tells whether a random part of the tasks is asked more often than
// the others, so that the annotators are known before anything stops on what is
// known of them.
func (s Settings) HasPilot() bool { return s.Overlap > 1 && s.Pilot > 0 && !s.Pooled }

// InPilot tells whether a task is drawn for the pilot: chance decides, by the
// seed, the same for everybody who asks.
func (s Settings) InPilot(task TaskID) bool {
	if !s.HasPilot() {
		return false
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %s", s.Seed, task) // a hash takes everything
	return float64(mix(h.Sum64())>>11)/(1<<53) < s.Pilot
}

// mix spreads the bits of a hash evenly (the finisher of SplitMix64: G. L.
// Steele, D. Lea, C. H. Flood, 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
