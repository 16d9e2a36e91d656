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
// chosen a password.
type User struct {
	ID           UserID
	Org          OrgID
	Name         string
	Login        string
	Role         Role
	Language     string // "en" or "hi"; empty means the browser's
	PasswordHash string
	Created      Millis
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

// Session is one signed-in browser. Only the SHA-256 of its token is kept.
type Session struct {
	TokenHash string // hex SHA-256 of the cookie's token
	User      UserID
	Org       OrgID
	Created   Millis
	Expires   Millis
}

// Link is a one-time invitation: whoever opens it first becomes the person it
// was made for, or signs in as her.
type Link struct {
	TokenHash string // hex SHA-256 of the token in the link
	Org       OrgID
	Role      Role
	Name      string
	User      UserID // set when the link signs in an existing person (demo)
	Expires   Millis
}
