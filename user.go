package akhra

import "strings"

// Limits of a person's record.
const (
	MaxNameLetters  = 80
	MinPasswordRune = 8
	MaxPasswordByte = 256
)

// Org is an organisation: a centre with its people and projects.
type Org struct {
	ID      OrgID
	Name    string
	Created Millis
}

// User is a person. Login is what she types to sign in, lower case, unique in
// the installation; PasswordHash is an argon2id string, empty until she has
// chosen a password, and PINHash one until she has a PIN. Removed is set once
// she is a former person: her name is gone, her answers stay.
type User struct {
	ID           UserID
	Org          OrgID
	Name         string
	Login        string
	Role         Role
	Language     string // "en" or "hi"; empty means the browser's
	PasswordHash string
	PINHash      string
	Created      Millis
	Removed      Millis
}

// Validate tells what is wrong with a person's record.
func (u *User) Validate() error {
	if err := cleanText("name", u.Name, MaxNameLetters); err != nil {
		return err
	}
	if err := cleanText("login", u.Login, MaxNameLetters); err != nil {
		return err
	}
	if u.Login != strings.ToLower(u.Login) || strings.ContainsAny(u.Login, " \t\n") {
		return InvalidField("login", "The login has lower-case letters and no spaces.")
	}
	if !u.Role.Valid() {
		return InvalidField("role", "There is no such role.")
	}
	return nil
}

// ValidatePassword tells whether a new password is long enough and not too long.
func ValidatePassword(password string) error {
	if len([]rune(password)) < MinPasswordRune {
		return InvalidField("password", "The password needs at least %d letters.", MinPasswordRune)
	}
	if len(password) > MaxPasswordByte {
		return InvalidField("password", "The password is too long.")
	}
	return nil
}

// FormerName is what a removed person is called: the same for all her answers,
// telling nothing of her. Pages put it in their own words.
func FormerName(id UserID) string { return "former annotator " + string(id[max(0, len(id)-6):]) }
