package akhra

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanText checks a line of text that people typed: valid UTF-8, not blank,
// at most limit letters, no control characters. Any script, emoji and
// right-to-left text pass: text is never interpreted as HTML.
func cleanText(field, text string, limit int) error {
	switch {
	case !utf8.ValidString(text):
		return InvalidField(field, "The %s is not readable text.", field)
	case strings.TrimSpace(text) == "":
		return InvalidField(field, "The %s is empty.", field)
	case utf8.RuneCountInString(text) > limit:
		return InvalidField(field, "The %s is longer than %d letters.", field, limit)
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return InvalidField(field, "The %s holds characters that cannot be shown.", field)
	}
	return nil
}
