package akhra

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Limits of one answer.
const (
	MaxNote       = 500
	MaxSyncBatch  = 200
	MaxUndoDepth  = 10
	MaxTookMillis = 24 * 3600 * 1000
)

// Answer says what kind of answer an annotation is.
type Answer string

// The kinds of answer.
const (
	AnswerClass   Answer = "class"    // the picture shows Class
	AnswerNotSure Answer = "not_sure" // can't tell; counts as an answer, carries no class
	AnswerSkip    Answer = "skip"     // not for me; gives the task to someone else
	AnswerUndo    Answer = "undo"     // takes back the annotation it replaces
	AnswerStrike  Answer = "strike"   // not the class that was put to her; the picture is asked again, with nothing put to her
)

// SkipReasons is the closed list of reasons a skip may carry.
var SkipReasons = []string{"broken", "not_this_kind", "upsetting", "class_missing", "class_wrong", "other"}

// Annotation is all that one annotator answered on one task. It is immutable;
// a correction is another annotation that names the one it replaces. Its id is
// made on the device and is the idempotency key.
type Annotation struct {
	ID         AnnotationID `json:"id"`
	Assignment AssignmentID `json:"assignment"`
	Task       TaskID       `json:"task,omitempty"` // of the assignment where it is left out
	Answer     Answer       `json:"answer"`
	Class      ClassID      `json:"class,omitempty"`
	Reason     string       `json:"reason,omitempty"` // of a skip
	Note       string       `json:"note,omitempty"`
	Replaces   AnnotationID `json:"replaces,omitempty"`
	AfterSeen  bool         `json:"afterSeen,omitempty"` // changed after the model's opinion was shown
	TookMillis int64        `json:"tookMillis,omitempty"`
	DeviceTime Millis       `json:"deviceTime,omitempty"` // shown, never used; of the id where it is left out

	Proposal  *Proposal `json:"-"` // of the assignment, so that what she saw is known for good
	Annotator UserID    `json:"-"` // from the session, never from the body
	Item      ItemID    `json:"-"`
	Seq       Seq       `json:"-"`
	Stored    Millis    `json:"-"`
}

// Validate tells what is wrong with an answer, without looking at the store.
func (a *Annotation) Validate() error {
	if !ValidID(string(a.ID)) {
		return InvalidField("id", "The answer has no valid id.")
	}
	if !ValidID(string(a.Assignment)) || a.Task != "" && !ValidID(string(a.Task)) {
		return InvalidField("assignment", "The answer names no assignment.")
	}
	if a.TookMillis < 0 || a.TookMillis > MaxTookMillis {
		return InvalidField("tookMillis", "The time taken is out of range.")
	}
	if a.Note != "" {
		if err := cleanText("note", a.Note, MaxNote); err != nil {
			return err
		}
	}
	return a.validateAnswer()
}

func (a *Annotation) validateAnswer() error {
	switch a.Answer {
	case AnswerClass:
		if !ValidID(string(a.Class)) {
			return InvalidField("class", "The answer names no class.")
		}
	case AnswerNotSure, AnswerStrike:
	case AnswerSkip:
		for _, r := range SkipReasons {
			if r == a.Reason {
				return nil
			}
		}
		return InvalidField("reason", "A skip needs one of the reasons.")
	case AnswerUndo:
		if a.Replaces == "" {
			return InvalidField("replaces", "An undo names what it takes back.")
		}
	default:
		return InvalidField("answer", "There is no such kind of answer.")
	}
	return nil
}

// BodyHash identifies the answer's content: the same id with the same hash is
// the same answer, with another hash a conflict.
func (a *Annotation) BodyHash() string {
	body, _ := json.Marshal(a) // plain strings and numbers always encode
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Reopens tells whether the task is hers to answer after it.
func (a Answer) Reopens() bool { return a == AnswerUndo || a == AnswerStrike }

// Outcome is what became of one answer that was sent.
type Outcome string

// The outcomes of a sent answer.
const (
	Stored    Outcome = "stored"
	Duplicate Outcome = "duplicate"
	Refused   Outcome = "refused"
)

// Verdict answers one sent answer. Problem is set when it was refused; an
// answer once stored or duplicate may be forgotten by the device.
type Verdict struct {
	ID      AnnotationID
	Item    ItemID // the picture it was about; empty when refused
	Outcome Outcome
	Seq     Seq
	Planted bool // the proposal that was put to her was wrong on purpose
	Problem *Error
}
