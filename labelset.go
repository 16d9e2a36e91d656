package akhra

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// Limits of a label set.
const (
	MaxClasses   = 1000
	MaxClassName = 100
	MaxClassWord = 200
	MaxExamples  = 6
	MaxLanguages = 20
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
	Rules    map[string]string `json:"rules,omitempty"`    // the rule by language, like Names
	Examples []ItemID          `json:"examples,omitempty"` // pictures that show it
	Deleted  bool              `json:"deleted,omitempty"`
	Into     []ClassID         `json:"into,omitempty"` // what a deleted class became: one it was merged into, or several it was split into
}

// NewClasses makes classes of names in their order, with the keys 1 to 9; their
// ids come from the clock and chance that are given.
func NewClasses(names []string, now time.Time, chance io.Reader) ([]Class, error) {
	classes := make([]Class, len(names))
	for i, name := range names {
		id, err := NewID(now, chance)
		if err != nil {
			return nil, fmt.Errorf("make an id: %w", err)
		}
		classes[i] = Class{ID: ClassID(id), Name: strings.TrimSpace(name)}
		if i < 9 {
			classes[i].Key = string(rune('1' + i))
		}
	}
	return classes, nil
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
		if err := l.validateInto(c); err != nil {
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

// validateInto checks what became of a class: only a deleted one became
// others, and following them comes to an end.
func (l *LabelSet) validateInto(c Class) error {
	if len(c.Into) > 0 && !c.Deleted {
		return InvalidField("classes", "Only a class that is gone became another.")
	}
	for _, id := range c.Into {
		if other, known := l.Class(id); !known || other.ID == c.ID {
			return InvalidField("classes", "A class became one that there is not.")
		}
	}
	at := c
	for range l.Classes {
		if len(at.Into) != 1 {
			return nil
		}
		at, _ = l.Class(at.Into[0])
	}
	return InvalidField("classes", "Classes were merged in a circle.")
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
	for _, name := range c.Names {
		if err := cleanText("class name", name, MaxClassName); err != nil {
			return err
		}
	}
	for _, rule := range c.Rules {
		if err := cleanText("class words", rule, MaxClassWord); err != nil {
			return err
		}
	}
	if len(c.Names) > MaxLanguages || len(c.Rules) > MaxLanguages {
		return InvalidField("classes", "A class has at most %d languages.", MaxLanguages)
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

// Live lists the classes that people may choose, in order.
func (l *LabelSet) Live() []ClassID {
	var live []ClassID
	for _, c := range l.Classes {
		if !c.Deleted {
			live = append(live, c.ID)
		}
	}
	return live
}

// Heir is the live class as which an answer that names a class counts: itself,
// or the one it was merged into; "" when it was deleted or split.
func (l *LabelSet) Heir(id ClassID) ClassID {
	for range l.Classes {
		c, known := l.Class(id)
		switch {
		case !known:
			return ""
		case !c.Deleted:
			return c.ID
		case len(c.Into) != 1:
			return ""
		}
		id = c.Into[0]
	}
	return ""
}

// Places tells for each class at which place of Live answers that name it
// count. Those that count nowhere are absent.
func (l *LabelSet) Places() map[ClassID]int {
	own, places := map[ClassID]int{}, map[ClassID]int{}
	for i, id := range l.Live() {
		own[id] = i
	}
	for _, c := range l.Classes {
		if heir := l.Heir(c.ID); heir != "" {
			places[c.ID] = own[heir]
		}
	}
	return places
}
