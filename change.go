package akhra

// Change is something done to many pictures at once.
type Change struct {
	ID      ChangeID
	Act     ChangeAct
	Class   ClassID // of ChangeGold; empty for what each picture is settled as
	Batch   BatchID // of ChangeBatch; empty for none
	By      UserID
	Created Millis // given by the store
}

// ChangeAct says what is done to each picture of a change.
type ChangeAct string

// The acts of a change. What an act cannot be done to is left as it is.
const (
	ChangeGold    ChangeAct = "gold"    // make its class a known answer
	ChangeUngold  ChangeAct = "ungold"  // take its known answer away
	ChangeReask   ChangeAct = "reask"   // ask it anew, in a further round
	ChangeRemove  ChangeAct = "remove"  // take it out of the project
	ChangeRestore ChangeAct = "restore" // bring it back
	ChangeBatch   ChangeAct = "batch"   // put it into a batch, or take it out of its own
)

// Act is what a person must be allowed to make such a change.
func (a ChangeAct) Act() Act {
	switch a {
	case ChangeGold, ChangeUngold:
		return ActSetGold
	}
	return ActManageProject
}

// Validate tells what is wrong with a change, without looking at the store.
func (c *Change) Validate() error {
	if !ValidID(string(c.ID)) {
		return InvalidField("id", "The change has no valid id.")
	}
	switch c.Act {
	case ChangeGold, ChangeUngold, ChangeReask, ChangeRemove, ChangeRestore, ChangeBatch:
		return nil
	}
	return InvalidField("act", "There is no such change.")
}

// Changed counts the pictures of a change.
type Changed struct {
	Planned, Done, Left, Undone int // Left are those it could not be done to
}
