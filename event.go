package akhra

import (
	"encoding/json"
	"fmt"
)

// EventKind names what happened.
type EventKind string

// The kinds of event in the log.
const (
	EventUserAdded      EventKind = "user.added"
	EventUserChanged    EventKind = "user.changed" // her role or what she is given
	EventUserRemoved    EventKind = "user.removed"
	EventDeviceChanged  EventKind = "device.changed" // a shared device was made, changed, enrolled or removed
	EventProjectCreated EventKind = "project.created"
	EventProjectChanged EventKind = "project.changed"
	EventProjectState   EventKind = "project.state"  // paused, archived, removed or brought back
	EventProjectErased  EventKind = "project.erased" // nothing is left of it; the subject is its id
	EventLabelsChanged  EventKind = "labels.changed"
	EventGuideline      EventKind = "guideline.changed" // a new version, or a picture for it
	EventItemsAdded     EventKind = "items.added"
	EventAnswerStored   EventKind = "answer.stored"
	EventConsensus      EventKind = "consensus.changed"
	EventFitted         EventKind = "consensus.fitted" // annotators and truth were estimated anew, and every task judged
	EventModelSwapped   EventKind = "model.swapped"
	EventVectorsReady   EventKind = "vectors.ready"
	EventAuditDrawn     EventKind = "audit.drawn"
	EventLooked         EventKind = "promise.looked" // the audit was tested against the promise
	EventExported       EventKind = "dataset.exported"
	EventJobChanged     EventKind = "job.changed"
	EventGoldChanged    EventKind = "gold.changed"   // a known answer was set or taken away
	EventReviewSettled  EventKind = "review.settled" // a reviewer decided a task
	EventBackboneAdded  EventKind = "backbone.added" // a trained network can be used from now on
	EventAppealOpened   EventKind = "appeal.opened"  // somebody asks for a person to look again
	EventPackTaken      EventKind = "pack.taken"     // somebody took tasks along to work without a network
	EventPackReturned   EventKind = "pack.returned"  // somebody gave back what she has not answered of a pack
	EventOutboxBrought  EventKind = "outbox.brought" // somebody brought in answers of another person from a file
	EventItemRemoved    EventKind = "item.removed"   // a picture was taken out of the project
	EventItemRestored   EventKind = "item.restored"  // it was brought back
	EventReasked        EventKind = "task.reasked"   // a picture is asked anew, in a further round
	EventWithdrawn      EventKind = "task.withdrawn" // a round that nobody was given is not asked after all
	EventViewChanged    EventKind = "view.changed"   // a named search was kept, changed or taken away
	EventChangePlanned  EventKind = "change.planned" // something is to be done to many pictures
	EventBatchCreated   EventKind = "batch.created"  // a batch without pictures was made
	EventBatchChanged   EventKind = "batch.changed"  // its name, priority or overlap
	EventBatchRemoved   EventKind = "batch.removed"  // a batch without pictures was taken away
	EventItemBatched    EventKind = "item.batched"   // a picture was put into a batch, or taken out of one
	EventTokenChanged   EventKind = "token.changed"  // a program was let in or shut out
	EventHookChanged    EventKind = "hook.changed"   // an address was added, changed or taken away
)

// Event is one fact in an organisation's log. Body is JSON of the kind.
// Subject is the id the kind is about: for answer.stored the annotation id.
type Event struct {
	Seq     Seq
	Org     OrgID
	Project ProjectID
	Kind    EventKind
	Actor   UserID
	Subject string
	Body    string
	At      Millis

	answer *AnswerStored // the body as it was stored
}

// AnswerStored is the body of an answer.stored event: the answer, who gave it
// on which picture, why it was asked and what she was shown.
type AnswerStored struct {
	Annotation
	Annotator UserID    `json:"annotator"`
	Item      ItemID    `json:"item"`
	Why       Why       `json:"why"`
	Proposal  *Proposal `json:"proposal,omitempty"`
}

// AnswerEvent is the event of an answer at its place in the log.
func AnswerEvent(t Tenant, a Annotation, why Why) (Event, error) {
	stored := AnswerStored{a, a.Annotator, a.Item, why, a.Proposal}
	body, err := json.Marshal(stored)
	return Event{Seq: a.Seq, Org: t.Org, Project: t.Project, Kind: EventAnswerStored, Actor: a.Annotator, Subject: string(a.ID),
		Body: string(body), At: a.Stored, answer: &stored}, err
}

// Answer reads the body of an answer.stored event. It costs nothing while the
// event is as AnswerEvent made it; what it points to must not be changed.
func (e *Event) Answer() (*AnswerStored, error) {
	if e.answer != nil {
		return e.answer, nil
	}
	var a AnswerStored
	if err := json.Unmarshal([]byte(e.Body), &a); err != nil {
		return nil, fmt.Errorf("read answer event %d: %w", e.Seq, err)
	}
	a.Annotation.Annotator, a.Annotation.Item, a.Annotation.Proposal, a.Annotation.Seq = a.Annotator, a.Item, a.Proposal, e.Seq
	return &a, nil
}
