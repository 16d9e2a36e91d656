package akhra

// Gold is an item whose answer is known. An item has at most one; setting it
// again replaces it.
type Gold struct {
	Item    ItemID
	Task    TaskID // the item's newest when it is set without one
	Class   ClassID
	Source  GoldSource
	By      UserID
	Created Millis // given by the store
}

// GoldSource says where a known answer comes from.
type GoldSource string

// The sources of gold.
const (
	GoldImport    GoldSource = "import"    // a file of known answers
	GoldConsensus GoldSource = "consensus" // a manager marked what people agreed on
	GoldReview    GoldSource = "review"    // a reviewer decided it
)

// Validate tells what is wrong with a known answer, without looking at the
// store.
func (g *Gold) Validate() error {
	if !ValidID(string(g.Item)) {
		return InvalidField("item", "The known answer names no picture.")
	}
	if !ValidID(string(g.Class)) {
		return InvalidField("class", "The known answer names no class.")
	}
	switch g.Source {
	case GoldImport, GoldConsensus, GoldReview:
		return nil
	}
	return InvalidField("source", "There is no such source of known answers.")
}
