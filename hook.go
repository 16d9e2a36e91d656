package akhra

import "slices"

// Limits of webhooks.
const (
	MaxHooks      = 20  // of an organisation
	MaxHookEvents = 100 // told in one delivery
	HookKept      = 50  // deliveries remembered of each
)

// HookKinds are the events a webhook may be told of.
var HookKinds = []EventKind{EventAnswerStored, EventConsensus, EventReviewSettled, EventItemsAdded, EventExported, EventJobChanged, EventModelSwapped, EventLooked}

// Hook is an address that is told of events. It stands at a place of the log
// and hears everything after it, in order, each at least once.
type Hook struct {
	ID      HookID
	Org     OrgID
	Project ProjectID // "" for all
	URL     string
	Kinds   []EventKind
	Secret  string // base64 of the key that signs
	On      bool
	Cursor  Seq    // everything up to here was told
	Tries   int    // in vain, since the last success
	Next    Millis // not before
	Since   Millis // of the first try in vain, 0 when the last went well
	By      UserID
	Created Millis
}

// Validate tells what is wrong with a webhook, but for its address.
func (h *Hook) Validate() error {
	if len(h.Kinds) == 0 {
		return InvalidField("kinds", "Choose at least one kind of event.")
	}
	for _, k := range h.Kinds {
		if !slices.Contains(HookKinds, k) {
			return InvalidField("kinds", "There is no such kind of event.")
		}
	}
	return nil
}

// Wants tells whether an event is one that the hook is to hear of.
func (h *Hook) Wants(e Event) bool {
	return slices.Contains(h.Kinds, e.Kind) && (h.Project == "" || h.Project == e.Project)
}

// Delivery is one attempt to tell a webhook.
type Delivery struct {
	At     Millis
	Last   Seq // of the events it told
	Events int
	Status int    // of the answer, 0 when there was none
	Note   string // why there was none, in words that tell nothing of the network
	TookMs int64
	Test   bool
}

// OK tells whether the address took it.
func (d *Delivery) OK() bool { return d.Status >= 200 && d.Status < 300 }
