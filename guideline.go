package akhra

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a guideline.
const (
	MaxGuideline         = 20_000 // letters
	MaxGuidelinePictures = 100    // pictures that a project's guidelines bring along
)

// Guideline is what people are told before they answer: text with a few marks
// of Markdown, which pages draw and nobody interprets as HTML. Every change is a
// new version; older ones can be read for ever.
type Guideline struct {
	Version int // from 1; 0 where there is none yet
	Text    string
	By      UserID
	Created Millis
}

// GuidelineID names a picture that was brought along for a guideline.
type GuidelineID string

// Validate tells what is wrong with the text of a guideline. It may be empty:
// then people are told nothing.
func (g *Guideline) Validate() error {
	switch {
	case !utf8.ValidString(g.Text):
		return InvalidField("text", "The guideline is not readable text.")
	case utf8.RuneCountInString(g.Text) > MaxGuideline:
		return InvalidField("text", "The guideline is longer than %d letters.", MaxGuideline)
	case strings.ContainsFunc(g.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return InvalidField("text", "The guideline holds characters that cannot be shown.")
	}
	return nil
}
