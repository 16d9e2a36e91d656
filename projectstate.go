package akhra

import "time"

// ProjectState says whether a project is worked on.
type ProjectState string

// The states of a project. Answers that are on their way are kept in each.
const (
	ProjectActive   ProjectState = "active"
	ProjectPaused   ProjectState = "paused"   // nothing is given out
	ProjectArchived ProjectState = "archived" // out of the way: it can be looked at and delivered from, nothing of it changes
	ProjectErasing  ProjectState = "erasing"  // on its way out for good: nobody finds it
	ProjectRemoved  ProjectState = "removed"  // archived, seen only by those who lead, and gone for good after KeptProject
)

// KeptProject is how long a removed project can be brought back.
const KeptProject = 30 * 24 * time.Hour

// Valid tells whether s is one of the states that a person may choose.
func (s ProjectState) Valid() bool {
	switch s {
	case ProjectActive, ProjectPaused, ProjectArchived, ProjectRemoved:
		return true
	}
	return false
}

// Changes tells whether anything of a project in this state may change.
func (s ProjectState) Changes() bool { return s == ProjectActive || s == ProjectPaused }

// Asks is nil where a project in this state gives tasks out, else the sentence
// for who asks for some.
func (s ProjectState) Asks() error {
	switch s {
	case ProjectActive:
		return nil
	case ProjectPaused:
		return Errorf(Conflict, "This project pauses. Nothing is given out until it goes on; what you answered is safe.")
	}
	return Errorf(Conflict, "This project is archived. Nothing is given out any more; what you answered is safe.")
}
