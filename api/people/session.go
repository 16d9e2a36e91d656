package people

import (
	"fmt"
	"net"
	"net/http"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// signInBody is what a person types to sign in.
type signInBody struct {
	Login    string `json:"login" maxLength:"80"`
	Password string `json:"password" maxLength:"256"`
}

func (a *room) routeSession() {
	a.Plain("sign-in", a.signIn, door.Shapes(door.Takes[signInBody](a.Door), door.Answers[Me](a.Door)))
	a.Plain("sign-out", a.signOut, door.NoContent)
}

func (a *room) signIn(w http.ResponseWriter, r *http.Request) error {
	var in signInBody
	if err := door.ReadJSON(r, &in); err != nil {
		return err
	}
	login := strings.ToLower(strings.TrimSpace(in.Login))
	if !a.passwords.mayTry(login, address(r)) {
		return akhra.Errorf(akhra.TooMany, "Too many tries. Please wait a minute and try again.")
	}
	user, err := a.DB.UserByLogin(r.Context(), login)
	if err != nil && akhra.CodeOf(err) != akhra.NotFound {
		return fmt.Errorf("sign in: %w", err)
	}
	right, err := a.passwords.check(r.Context(), user.PasswordHash, in.Password)
	if err != nil {
		return err
	}
	if !right {
		return akhra.Errorf(akhra.Unauthorized, "The name or the password is not right.")
	}
	return a.enter(w, r, user, "")
}

func (a *room) signOut(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	if err := a.DB.EndSession(r.Context(), c.Token); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	a.ForgetSession(c.Token)
	http.SetCookie(w, a.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// enter signs the browser in as somebody, on a shared device if a PIN did it,
// and tells who she is.
func (a *room) enter(w http.ResponseWriter, r *http.Request, user akhra.User, device akhra.DeviceID) error {
	token, err := a.Token()
	if err != nil {
		return err
	}
	life := akhra.Millis(akhra.SessionLife)
	if device != "" {
		life = akhra.PINSessionLife
	}
	now := akhra.MillisOf(a.Now())
	s := akhra.Session{TokenHash: door.HashToken(token), User: user.ID, Org: user.Org, Created: now, Expires: now + life,
		Agent: agentOf(r.UserAgent()), Device: device}
	if err := a.DB.AddSession(r.Context(), s); err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	c, err := a.LookUp(r.Context(), s.TokenHash)
	if err != nil {
		return err
	}
	http.SetCookie(w, a.cookie(r, token, int(life/1000)))
	door.WriteJSON(w, http.StatusOK, door.JSONType, a.me(r, c))
	return nil
}

func (a *room) cookie(r *http.Request, token string, age int) *http.Cookie {
	return &http.Cookie{Name: a.CookieName(r), Value: token, Path: "/", MaxAge: age, HttpOnly: true,
		Secure: a.IsHTTPS(r), SameSite: http.SameSiteLaxMode}
}

// address is the client's address for rate limits.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
