package akhra

// How long a session lives: in all, and while nobody uses it. One that was
// opened by a PIN stands on a shared device and is short.
const (
	SessionLife    = 30 * 24 * 3600_000
	SessionIdle    = 14 * 24 * 3600_000
	PINSessionLife = 12 * 3600_000
	PINSessionIdle = 30 * 60_000
	SessionStep    = 5 * 60_000 // how finely its use is noted
)

// MaxAgent is how many letters of what a browser calls itself are kept.
const MaxAgent = 60

// Session is one signed-in browser. Only the SHA-256 of its token is kept.
type Session struct {
	TokenHash string // hex SHA-256 of the cookie's token
	User      UserID
	Org       OrgID
	Created   Millis
	Expires   Millis
	Seen      Millis   // last use, to a SessionStep
	Agent     string   // browser and system in two words, "Chrome, Android"
	Device    DeviceID // the shared device on which a PIN opened it, else empty
}

// ByPIN tells whether a PIN opened the session.
func (s Session) ByPIN() bool { return s.Device != "" }

// Handle names a session to people without letting anybody use it.
func (s Session) Handle() string { return s.TokenHash[:min(len(s.TokenHash), 32)] }

// Live tells whether a session still counts.
func (s Session) Live(now Millis) bool {
	idle := Millis(SessionIdle)
	if s.ByPIN() {
		idle = PINSessionIdle
	}
	return now < s.Expires && now-s.Seen <= idle
}

// Link is a one-time invitation: whoever opens it first becomes the person it
// was made for, or signs in as her, or enrols the browser as a shared device.
type Link struct {
	TokenHash string // hex SHA-256 of the token in the link
	Org       OrgID
	Role      Role
	Name      string
	User      UserID   // set when the link signs in an existing person (demo)
	Device    DeviceID // set when the link enrols a device
	Expires   Millis
}
