package akhra

// Happening is one thing that happened to a picture.
type Happening struct {
	At    Millis
	Kind  HappeningKind
	By    UserID // empty where nobody in particular did it
	Class ClassID
	Round int // of an answer, and of being asked anew
	Note  string
}

// HappeningKind says what happened.
type HappeningKind string

// What happens to a picture.
const (
	HappenCame      HappeningKind = "came"
	HappenAnswered  HappeningKind = "answered"
	HappenNotSure   HappeningKind = "not-sure"
	HappenSkipped   HappeningKind = "skipped"
	HappenStruck    HappeningKind = "struck"    // not the class that was put to her
	HappenCorrected HappeningKind = "corrected" // an answer took the place of an earlier one
	HappenTakenBack HappeningKind = "taken-back"
	HappenReviewed  HappeningKind = "reviewed"
	HappenAppealed  HappeningKind = "appealed"
	HappenGold      HappeningKind = "gold"
	HappenUngold    HappeningKind = "ungold"
	HappenReasked   HappeningKind = "reasked"
	HappenWithdrawn HappeningKind = "withdrawn"
	HappenRemoved   HappeningKind = "removed"
	HappenRestored  HappeningKind = "restored"
	HappenBatched   HappeningKind = "batched" // put into the batch that the note names
	HappenUnbatched HappeningKind = "unbatched"
)
