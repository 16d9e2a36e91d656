package akhra

// Limits of a promise and of its audit (docs/LEARNING.md 5).
const (
	MaxLooks     = 5
	AuditLeast   = 300  // audit items by rule
	AuditMost    = 1000 // of a large project
	AuditShare   = 0.05 // of its pictures
	AuditAnswers = 3    // to each audit item, as far as there are so many people
)

// Promise is the accuracy promised for one population of a project's pictures:
// those that nobody had answered when its audit items were drawn, and those
// that came until the first look at them. Pictures that come later are another
// population with a promise of its own.
type Promise struct {
	No      int          `json:"no"`     // from 1, the newest counts
	First   int64        `json:"first"`  // the population came after this picture, by order of arrival
	Last    int64        `json:"last"`   // up to this one
	Items   int          `json:"items"`  // pictures of the population: those with answers from before are outside
	Audit   int          `json:"audit"`  // of them drawn at random
	Cut     uint64       `json:"cut"`    // largest number drawn by an audit item
	Target  float64      `json:"target"` // share of classes right
	Delta   float64      `json:"delta"`  // allowed chance of breaking the promise
	Looks   int          `json:"looks"`  // that may be taken; each spends delta/looks
	Taken   []Look       `json:"taken"`
	Classes []ClassID    `json:"classes"` // live when it was drawn: with others it is void
	Seed    uint64       `json:"seed"`
	State   PromiseState `json:"state"`
}

// PromiseState says where a promise stands.
type PromiseState string

// The states of a promise.
const (
	PromiseOpen  PromiseState = "open"  // the audit is being answered
	PromiseDue   PromiseState = "due"   // more teaching would not pay: the audit comes first now
	PromiseKept  PromiseState = "kept"  // certified
	PromiseMiss  PromiseState = "miss"  // every look failed: people answer everything, nothing is certified
	PromiseVoid  PromiseState = "void"  // the classes or the promise changed
	PromiseSmall PromiseState = "small" // fewer pictures than any audit needs
)

// Speaks tells whether a promise of that state is to be kept or was kept.
func (s PromiseState) Speaks() bool {
	return s == PromiseOpen || s == PromiseDue || s == PromiseKept
}

// Open tells whether a look may still come.
func (p *Promise) Open() bool { return p.State == PromiseOpen || p.State == PromiseDue }

// Kept returns the look that proved a promise, nil when none did.
func (p *Promise) Kept() *Look {
	if p.State != PromiseKept {
		return nil
	}
	return &p.Taken[len(p.Taken)-1]
}

// Look is one test of the audit items' answers against the promise.
type Look struct {
	At        Millis  `json:"at"`
	Model     int64   `json:"model"`     // version whose say was tested, 0 for none
	Audit     int     `json:"audit"`     // audit items
	Wrong     int     `json:"wrong"`     // of them that would be delivered wrong at the threshold
	People    int     `json:"people"`    // of them that people alone would deliver wrong
	Delta     float64 `json:"delta"`     // spent by this look
	Bound     float64 `json:"bound"`     // error at most, with confidence 1-delta
	Threshold float64 `json:"threshold"` // margin from which the model's class is accepted; above 1 for none
	Accepted  int     `json:"accepted"`  // pictures accepted without an answer
	Passed    bool    `json:"passed"`
	By        UserID  `json:"by,omitempty"` // who alone answered the audit items, "" for several people
}

// Accepted is a picture whose class is the model's, because a certificate
// covers it: nobody is asked.
type Accepted struct {
	Item    ItemID
	Class   ClassID
	P       float64 // tempered probability of Class
	Version int64   // of the model
	Promise int     // its number
}
