package akhra

// EventKind names what happened.
type EventKind string

// The kinds of event in the log.
const (
	EventUserAdded      EventKind = "user.added"
	EventProjectCreated EventKind = "project.created"
	EventProjectChanged EventKind = "project.changed"
	EventLabelsChanged  EventKind = "labels.changed"
	EventItemsAdded     EventKind = "items.added"
	EventAnswerStored   EventKind = "answer.stored"
	EventConsensus      EventKind = "consensus.changed"
	EventModelSwapped   EventKind = "model.swapped"
	EventVectorsReady   EventKind = "vectors.ready"
	EventAuditDrawn     EventKind = "audit.drawn"
	EventExported       EventKind = "dataset.exported"
	EventJobChanged     EventKind = "job.changed"
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
}
