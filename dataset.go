package akhra

import "slices"

// Row is one delivered item of a dataset.
type Row struct {
	Item         ItemID
	Name         string
	Blob         string
	Class        string  // class name, "" when undecided
	Posterior    float64 // of Class
	Answers      int
	State        TaskState
	Source       string // "people", "model", "people and model", "gold", "review" or ""
	Method       string
	ModelVersion int64
	Batch        string // name of its batch, "" for none
}

// Vote is one person's standing answer, as delivered.
type Vote struct {
	Item      ItemID
	Name      string
	By        UserID
	Annotator string // pseudonym or name, as the reader may see
	Answer    Answer
	Class     string
	Reason    string
	AfterSeen bool
	Round     int
	Stored    Millis
	TookMs    int64
	ID        AnnotationID
	Batch     string // name of the picture's batch, "" for none
}

// Limits of a dataset's texts.
const (
	MaxDatasetName = 120
	MaxLicence     = 4000
)

// Format is the form in which a dataset is written.
type Format string

// The formats of a dataset.
const (
	FormatConsensus Format = "csv"      // one line a picture: its class and how sure that is
	FormatVotes     Format = "votes"    // one line an answer, as CSV
	FormatJSONL     Format = "jsonl"    // one JSON object a picture, with its answers
	FormatImageNet  Format = "imagenet" // a zip of pictures in a folder for each class
)

// Formats lists the formats in the order people are offered them.
var Formats = []Format{FormatConsensus, FormatVotes, FormatJSONL, FormatImageNet}

// Valid tells whether there is such a format.
func (f Format) Valid() bool { return slices.Contains(Formats, f) }

// Names tells whether the format has the people's names in it.
func (f Format) Names() bool { return f == FormatVotes || f == FormatJSONL }

// Ending is how the name of a file of the format ends.
func (f Format) Ending() string {
	switch f {
	case FormatJSONL:
		return ".jsonl"
	case FormatImageNet:
		return ".zip"
	}
	return ".csv"
}

// Dataset is a frozen version of what a project delivers. Its bytes never
// change: Blob is their SHA-256.
type Dataset struct {
	ID      DatasetID
	No      int    // from 1 in its project
	Name    string // unique in the project; the store calls it "vNo" when it has none
	Format  Format
	Blob    string
	Size    int64
	Named   bool // has the people's names in it: not for clients
	By      UserID
	Created Millis
	Card    Card
}

// Validate tells what is wrong with a dataset before it is stored.
func (d *Dataset) Validate() error {
	if d.Name != "" {
		if err := cleanText("name", d.Name, MaxDatasetName); err != nil {
			return err
		}
	}
	if !d.Format.Valid() {
		return InvalidField("format", "There is no such format; there are csv, votes, jsonl and imagenet.")
	}
	if len([]rune(d.Card.Licence)) > MaxLicence {
		return InvalidField("licence", "The licence is longer than %d letters. Give its name and where it stands.", MaxLicence)
	}
	return nil
}

// Card says in figures what a dataset is: enough to judge whether it serves.
type Card struct {
	Project     string       `json:"project"`
	Question    string       `json:"question"`
	Pictures    int          `json:"pictures"`
	Classed     int          `json:"classed"` // of them with a class
	Left        int          `json:"left"`    // pictures left out because they have no class
	Answers     int          `json:"answers"` // people gave to the pictures in it
	People      int          `json:"people"`  // who gave them; 0 where the file does not tell
	Classes     []CardClass  `json:"classes"`
	Sources     []CardSource `json:"sources"` // who decided how many
	Model       int64        `json:"model"`   // version of the model that helped, 0 for none
	Licence     string       `json:"licence"`
	Certificate *Certificate `json:"certificate,omitempty"`
}

// CardClass is one class of a dataset. Right of Of blind answers of this class
// were foreseen by the model: few right of many is a known weakness.
type CardClass struct {
	Name     string `json:"name"`
	Words    string `json:"words,omitempty"` // its rule, as the project has it
	Pictures int    `json:"pictures"`
	Right    int    `json:"right"`
	Of       int    `json:"of"`
}

// WeakOf is how many blind answers must be known before a class is called weak.
const WeakOf = 5

// Weak tells whether the model foresaw fewer than eight of ten answers of the
// class.
func (c CardClass) Weak() bool { return c.Of >= WeakOf && 10*c.Right < 8*c.Of }

// CardSource is how many pictures were decided by whom.
type CardSource struct {
	Source   string `json:"source"`
	Pictures int    `json:"pictures"`
}
