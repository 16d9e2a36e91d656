package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// How long things live: a session, and the memory of one that was looked up.
const (
	sessionLife  = 30 * 24 * time.Hour
	sessionFresh = 2 * time.Second
	maxCached    = 8192
)

// caller is who asks.
type caller struct {
	user  akhra.User
	token string // hash of the session's token
	local bool   // over this machine's socket
}

func (c *caller) tenant(project akhra.ProjectID) akhra.Tenant {
	return akhra.Tenant{Org: c.user.Org, Project: project}
}

// signInBody is what a person types to sign in.
type signInBody struct {
	Login    string `json:"login" maxLength:"80"`
	Password string `json:"password" maxLength:"256"`
}

func (a *API) routeSession() {
	a.plain("sign-in", a.signIn, shapes(takes[signInBody](a), answers[Me](a)))
	a.plain("sign-out", a.signOut, noContent)
}

func (a *API) signIn(w http.ResponseWriter, r *http.Request) error {
	var in signInBody
	if err := readJSON(r, &in); err != nil {
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
	if err := a.openSession(w, r, user); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, jsonType, a.me(r, user))
	return nil
}

func (a *API) signOut(w http.ResponseWriter, r *http.Request) error {
	c := callerIn(r.Context())
	if err := a.DB.EndSession(r.Context(), c.token); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	a.sessions.drop(c.token)
	http.SetCookie(w, a.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// openSession signs the browser in as the user.
func (a *API) openSession(w http.ResponseWriter, r *http.Request, user akhra.User) error {
	token, err := a.token()
	if err != nil {
		return err
	}
	now := a.Now()
	s := akhra.Session{TokenHash: HashToken(token), User: user.ID, Org: user.Org, Created: akhra.MillisOf(now), Expires: akhra.MillisOf(now.Add(sessionLife))}
	if err := a.DB.AddSession(r.Context(), s); err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	http.SetCookie(w, a.cookie(r, token, int(sessionLife/time.Second)))
	return nil
}

func (a *API) cookieName(r *http.Request) string {
	if a.isHTTPS(r) {
		return "__Host-akhra"
	}
	return "akhra"
}

func (a *API) cookie(r *http.Request, token string, age int) *http.Cookie {
	return &http.Cookie{Name: a.cookieName(r), Value: token, Path: "/", MaxAge: age, HttpOnly: true,
		Secure: a.isHTTPS(r), SameSite: http.SameSiteLaxMode}
}

// token makes 256 bits of chance in a form fit for cookies and links.
func (a *API) token() (string, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(a.Chance, raw); err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// HashToken is the only form in which the store sees a token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// callerOf finds whose session a request carries.
func (a *API) callerOf(r *http.Request) (*caller, error) {
	if c := callerIn(r.Context()); c != nil && c.local {
		return c, nil
	}
	cookie, err := r.Cookie(a.cookieName(r))
	if err != nil || cookie.Value == "" {
		return nil, errSignIn()
	}
	return a.lookUp(r.Context(), HashToken(cookie.Value))
}

func (a *API) lookUp(ctx context.Context, hash string) (*caller, error) {
	if c := a.sessions.get(hash); c != nil {
		return c, nil
	}
	_, user, err := a.DB.Session(ctx, hash)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil, errSignIn()
	}
	if err != nil {
		return nil, fmt.Errorf("look up session: %w", err)
	}
	c := &caller{user: user, token: hash}
	a.sessions.put(c)
	return c, nil
}

func errSignIn() error { return akhra.Errorf(akhra.Unauthorized, "Please sign in.") }

// address is the client's address for rate limits.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// sessionCache remembers sessions for at most sessionFresh, so that the hot
// path does not ask the store and a revoked one still ends within seconds.
type sessionCache struct {
	now  func() time.Time
	mu   sync.RWMutex
	kept map[string]keptSession
}

type keptSession struct {
	caller *caller
	until  time.Time
}

func newSessionCache(now func() time.Time) *sessionCache {
	return &sessionCache{now: now, kept: map[string]keptSession{}}
}

func (s *sessionCache) get(hash string) *caller {
	s.mu.RLock()
	k, ok := s.kept[hash]
	s.mu.RUnlock()
	if !ok || s.now().After(k.until) {
		return nil
	}
	return k.caller
}

func (s *sessionCache) put(c *caller) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxCached {
		clear(s.kept)
	}
	s.kept[c.token] = keptSession{c, s.now().Add(sessionFresh)}
}

func (s *sessionCache) drop(hash string) {
	s.mu.Lock()
	delete(s.kept, hash)
	s.mu.Unlock()
}

// forget drops every memory, after a change of people.
func (s *sessionCache) forget() {
	s.mu.Lock()
	clear(s.kept)
	s.mu.Unlock()
}
