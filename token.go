package akhra

import "slices"

// MaxTokens is how many tokens an organisation keeps.
const MaxTokens = 100

// TokenActs are the acts a program may be given: reading, bringing in and
// taking away. Answers and decisions are people's, and so is what concerns
// people, their sessions and tokens themselves.
var TokenActs = []Act{ActListProjects, ActSeeProgress, ActSeePictures, ActBrowse, ActExport, ActSeeJobs, ActSeeSkills, ActAddPictures, ActSetGold, ActManageProject}

// Token lets a program act for the person who made it: only the acts it was
// given, and never more than she may herself at that moment.
type Token struct {
	ID      TokenID
	Org     OrgID
	User    UserID
	Name    string
	Acts    []Act
	Hash    string // hex SHA-256 of what the program shows
	Created Millis
	Expires Millis // 0 for never
	Used    Millis // last, to the minute; 0 for never
}

// Validate tells what is wrong with a token made by somebody of a role.
func (t *Token) Validate(role Role) error {
	if err := cleanText("name", t.Name, MaxNameLetters); err != nil {
		return err
	}
	if len(t.Acts) == 0 {
		return InvalidField("acts", "Choose what the program may do.")
	}
	for _, act := range t.Acts {
		if !slices.Contains(TokenActs, act) || !May(role, act) {
			return InvalidField("acts", "A program cannot be given this.")
		}
	}
	return nil
}

// May tells whether the token was given an act.
func (t *Token) May(act Act) bool {
	return slices.Contains(t.Acts, act) && slices.Contains(TokenActs, act)
}
