package akhra

// MaxViews is how many views one project keeps.
const MaxViews = 100

// View is a search that the people of a project have given a name, and an
// address of its own.
type View struct {
	ID      ViewID
	Name    string
	Search  Search
	By      UserID
	Created Millis // given by the store
}

// Validate tells what is wrong with a view.
func (v *View) Validate() error {
	if !ValidID(string(v.ID)) {
		return InvalidField("id", "The view has no valid id.")
	}
	if err := cleanText("name", v.Name, MaxNameLetters); err != nil {
		return err
	}
	return v.Search.Validate()
}
