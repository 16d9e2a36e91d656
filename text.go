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

// maxFileName is how much of a file's name is kept.
const maxFileName = 400

// CleanName makes a file name storable text: valid, without control
// characters, its end kept when it is very long.
func CleanName(name string) string {
	name = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return '?' // the last two ranges turn the direction of text and so hide what a file is
		}
		return c
	}, strings.ToValidUTF8(name, "?"))
	if letters := []rune(name); len(letters) > maxFileName {
		return string(letters[len(letters)-maxFileName:])
	}
	return name
}
