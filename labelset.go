package akhra

import (
	"regexp"
	"strings"
)

// Limits of a label set.
const (
	MaxClasses   = 1000
	MaxClassName = 100
	MaxClassWord = 200
	MaxExamples  = 6
)

// LabelSet is the versioned list of classes of a project. Its id stays; every
// change makes a new version.
type LabelSet struct {
	ID      LabelSetID
	Version int
	Classes []Class
}

// Class is one thing a picture can be.
type Class struct {
	ID       ClassID           `json:"id"`
	Name     string            `json:"name"`
	Names    map[string]string `json:"names,omitempty"`    // name by language, {"hi": "भृंग"}
	Key      string            `json:"key,omitempty"`      // one digit or letter, "" for none
	Colour   string            `json:"colour,omitempty"`   // "#rrggbb", "" for the colour of its place
	Words    string            `json:"words,omitempty"`    // the rule, in one line
	Examples []ItemID          `json:"examples,omitempty"` // pictures that show it
	Deleted  bool              `json:"deleted,omitempty"`
}

var colourForm = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Validate tells what is wrong with a label set: it needs at least two live
// classes with different names and keys.
func (l *LabelSet) Validate() error {
	if len(l.Classes) > MaxClasses {
		return InvalidField("classes", "A label set has at most %d classes.", MaxClasses)
	}
	names, keys, live := map[string]bool{}, map[string]bool{}, 0
	for _, c := range l.Classes {
		if err := c.Validate(); err != nil {
			return err
		}
		if c.Deleted {
			continue
		}
		live++
		name := strings.ToLower(strings.TrimSpace(c.Name))
		if names[name] {
			return InvalidField("classes", "Two classes have the same name.")
		}
		if c.Key != "" && keys[c.Key] {
			return InvalidField("classes", "Two classes have the same key.")
		}
		names[name], keys[c.Key] = true, true
	}
	if live < 2 {
		return InvalidField("classes", "A project needs at least two classes.")
	}
	return nil
}

// Validate tells what is wrong with one class.
func (c *Class) Validate() error {
	if !ValidID(string(c.ID)) {
		return InvalidField("classes", "A class has no valid id.")
	}
	if err := cleanText("class name", c.Name, MaxClassName); err != nil {
		return err
	}
	if len(c.Key) > 1 || (c.Key != "" && !strings.Contains("123456789abcdefgijklmnpqrtuvwy", c.Key)) {
		return InvalidField("classes", "A class key is one free digit or letter.")
	}
	if c.Colour != "" && !colourForm.MatchString(c.Colour) {
		return InvalidField("classes", "A class colour looks like #1a2b3c.")
	}
	if c.Words != "" {
		if err := cleanText("class words", c.Words, MaxClassWord); err != nil {
			return err
		}
	}
	if len(c.Examples) > MaxExamples {
		return InvalidField("classes", "A class shows at most %d example pictures.", MaxExamples)
	}
	return nil
}

// Class finds a class by id, deleted ones included.
func (l *LabelSet) Class(id ClassID) (Class, bool) {
	for _, c := range l.Classes {
		if c.ID == id {
			return c, true
		}
	}
	return Class{}, false
}
