package akhra

import "slices"

// Limits of a search.
const (
	MaxSearchText  = 200
	MaxSearchNames = 1000 // classes, annotators or batches one may ask for
)

// Search is what one looks for among the pictures of a project, and in which
// order. What is empty asks for nothing in particular; a list asks for any of
// its members.
type Search struct {
	Classes      []ClassID `json:"classes,omitempty"`    // settled or believed so far
	Thinks       []ClassID `json:"thinks,omitempty"`     // of the model
	Stages       []Stage   `json:"stages,omitempty"`     //
	Doubts       []Doubt   `json:"doubts,omitempty"`     // of the class
	Annotators   []UserID  `json:"annotators,omitempty"` // who answered
	Batches      []BatchID `json:"batches,omitempty"`    //
	Differ       bool      `json:"differ,omitempty"`     // people said different classes
	Against      bool      `json:"against,omitempty"`    // the model thinks another class
	Gold         bool      `json:"gold,omitempty"`       // the answer is known
	Removed      bool      `json:"removed,omitempty"`    // taken out of the project; without it only what is in
	CameFrom     Millis    `json:"cameFrom,omitempty"`
	CameTo       Millis    `json:"cameTo,omitempty"` // exclusive
	AnsweredFrom Millis    `json:"answeredFrom,omitempty"`
	AnsweredTo   Millis    `json:"answeredTo,omitempty"` // exclusive
	Text         string    `json:"text,omitempty"`       // in the file name, case apart
	Order        Order     `json:"order,omitempty"`      // empty means OrderDoubt
}

// Stage says how far a picture is.
type Stage string

// The stages of a picture.
const (
	StageUnsettled Stage = "unsettled" // answered, and not sure enough
	StageNone      Stage = "none"      // nobody answered
	StageReview    Stage = "review"    // somebody must decide
	StageDone      Stage = "done"
)

// Doubt is how sure a picture's class is, in three words.
type Doubt string

// The doubts, by the posterior of the class in tenths.
const (
	DoubtGreat  Doubt = "great"  // at most 5 of 10
	DoubtSome   Doubt = "some"   // 6 to 8
	DoubtLittle Doubt = "little" // 9 and more
)

// DoubtOf is the doubt that a posterior leaves.
func DoubtOf(p float64) Doubt {
	switch {
	case p < 0.55:
		return DoubtGreat
	case p < 0.85:
		return DoubtSome
	}
	return DoubtLittle
}

// Order is what comes first.
type Order string

// The orders. Between equals the picture that came first is first.
const (
	OrderDoubt    Order = "doubt"    // the most doubtful; settled ones after open ones, unanswered ones last
	OrderNewest   Order = "newest"   // what came last
	OrderOldest   Order = "oldest"   // what came first
	OrderName     Order = "name"     // file names, numbers in them by their value
	OrderAnswered Order = "answered" // what was answered last
)

// Validate tells what is wrong with a search.
func (s *Search) Validate() error {
	if max(len(s.Classes), len(s.Thinks), len(s.Annotators), len(s.Batches)) > MaxSearchNames {
		return InvalidField("search", "A search names at most %d classes, people or batches.", MaxSearchNames)
	}
	for _, one := range s.Stages {
		if !slices.Contains([]Stage{StageUnsettled, StageNone, StageReview, StageDone}, one) {
			return InvalidField("stages", "There is no such stage.")
		}
	}
	for _, one := range s.Doubts {
		if !slices.Contains([]Doubt{DoubtGreat, DoubtSome, DoubtLittle}, one) {
			return InvalidField("doubts", "There is no such doubt.")
		}
	}
	if !slices.Contains([]Order{"", OrderDoubt, OrderNewest, OrderOldest, OrderName, OrderAnswered}, s.Order) {
		return InvalidField("order", "There is no such order.")
	}
	if s.Text != "" {
		return cleanText("text", s.Text, MaxSearchText)
	}
	return nil
}
