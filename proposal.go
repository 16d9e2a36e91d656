package akhra

import (
	"fmt"
	"hash/fnv"
)

// When a model's class is put to who answers (ADR 14).
const (
	ProposeSure    = 0.8  // tempered probability from which the model would name its class
	ProposeProved  = 0.9  // of such pictures, the share it must be right on, at the lower 95 % bound of Wilson
	ProposeRecent  = 200  // blind answers of a class that this looks back on
	ProposeClasses = 2    // that must have proved themselves: a wrong proposal looks like the others
	ProposeBlind   = 0.12 // share that stays blind all the same
	ProposeWrong   = 0.04 // share of the proposals shown that are wrong on purpose

	PlantsRecent   = 50  // wrong proposals looked back on
	PlantsLeast    = 20  // fewer say nothing
	PlantsAccepted = 0.1 // share accepted above which people are asked blind again
)

// Proposal is the class that a sure model would name to who answers a task. It
// is put to her, or kept back so that her answer is blind.
type Proposal struct {
	Class   ClassID `json:"class"`   // put to her, or kept back
	Thought ClassID `json:"thought"` // what the model thinks: another class in one that is wrong on purpose
	P       float64 `json:"p"`       // tempered probability of Thought
	Version int64   `json:"version"` // of the model
	Shown   bool    `json:"shown"`
}

// Planted tells whether it is wrong on purpose. Nobody is told before she answered.
func (p *Proposal) Planted() bool { return p != nil && p.Shown && p.Class != p.Thought }

// Offered is the class that an assignment puts to who answers, empty for none.
func (a *Assignment) Offered() ClassID {
	if a.Proposal == nil || !a.Proposal.Shown || !a.Why.MayPropose() || a.Grid == AfterGrid {
		return ""
	}
	return a.Proposal.Class
}

// MayPropose tells whether who is asked for this reason may see what the model
// thinks before she answers: never on what measures her or the model.
func (w Why) MayPropose() bool {
	switch w {
	case WhyUnsure, WhyDiffer, WhyNew, WhyOverlap:
		return true
	}
	return false
}

// Seen tells whether an answer was given with the model's opinion in view.
func (a *Annotation) Seen() bool {
	return a.AfterSeen || a.Proposal != nil && a.Proposal.Shown
}

// Agrees tells whether an answer given with the model's opinion in view may
// follow it: it names the class that was put to her, or was changed after she
// saw what the model thought.
func (a *Annotation) Agrees() bool {
	return a.AfterSeen || a.Answer == AnswerClass && a.Seen() && a.Class == a.Proposal.Class
}

// Fooled tells whether an answer accepts what was wrong on purpose: it says
// nothing about the picture. Who was told so and still says the same means it.
func (a *Annotation) Fooled() bool {
	return a.Answer == AnswerClass && !a.AfterSeen && a.Proposal.Planted() && a.Class == a.Proposal.Class
}

// Plant is one answer to a proposal that was wrong on purpose.
type Plant struct {
	Annotator UserID
	Class     ClassID // that was put to her
	Accepted  bool
	Right     bool // it is what the picture was settled as after all
	Stored    Millis
}

// Lot is a number in 0..1 drawn by chance for a task and who answers it, by
// the seed: the same for everybody who asks, however often. Each kind has its
// own.
func (s Settings) Lot(kind string, task TaskID, annotator UserID) float64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%s %d %s %s", kind, s.Seed, task, annotator) // a hash takes everything
	return float64(mix(h.Sum64())>>11) / (1 << 53)
}
