package akhra

// Review is what a second person decided about a task that people could not
// settle. It is immutable; the latest review of a task decides. Its id is made
// on the device and is the idempotency key. Who answered the task may not
// review it, and who reviewed it is not asked any more.
type Review struct {
	ID       ReviewID
	Task     TaskID
	Item     ItemID // given by the store
	Reviewer UserID
	Class    ClassID
	Note     string
	Gold     bool   // the class is a known answer from now on
	Created  Millis // given by the store
}

// Validate tells what is wrong with a review, without looking at the store.
func (r *Review) Validate() error {
	if !ValidID(string(r.ID)) {
		return InvalidField("id", "The review has no valid id.")
	}
	if !ValidID(string(r.Task)) {
		return InvalidField("task", "The review names no task.")
	}
	if !ValidID(string(r.Class)) {
		return InvalidField("class", "The review names no class.")
	}
	if r.Note != "" {
		return cleanText("note", r.Note, MaxNote)
	}
	return nil
}
