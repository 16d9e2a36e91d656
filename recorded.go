package akhra

// Recorded is what a table from elsewhere says of one picture: somebody's
// answer, a decision, or what another model thinks.
type Recorded struct {
	Item      ItemID
	Annotator string // by the name in the table; of answers only
	Class     ClassID
	P         float64 // of predictions, 0 when the table does not tell
}

// RecordedKind says what the lines of a table are.
type RecordedKind string

// The kinds of recorded tables.
const (
	RecordedAnswers     RecordedKind = "answers"     // each what one annotator said
	RecordedConsensus   RecordedKind = "consensus"   // each decided elsewhere: nobody is asked any more
	RecordedGold        RecordedKind = "gold"        // each a known answer, mixed into the questions
	RecordedPredictions RecordedKind = "predictions" // each what another model thinks: kept and shown, never an answer
)

// Valid tells whether there is such a kind.
func (k RecordedKind) Valid() bool {
	switch k {
	case RecordedAnswers, RecordedConsensus, RecordedGold, RecordedPredictions:
		return true
	}
	return false
}

// OtherSay is what a model outside the platform thinks of a picture, by the
// table it came with.
type OtherSay struct {
	Item    ItemID
	Source  string // name of the table
	Class   ClassID
	P       float64 // 0 when it was not told
	Created Millis  // given by the store
}

// Table is a CSV that was brought in and waits to be understood, or was.
type Table struct {
	ID      TableID
	Name    string // of the file, text only
	Blob    string // SHA-256 of its bytes
	Size    int64
	By      UserID
	Created Millis
}
