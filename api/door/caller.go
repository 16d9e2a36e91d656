package door

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// How long a looked-up session or project is remembered, and how many are.
const (
	sessionFresh = 2 * time.Second
	MaxCached    = 8192
)

// Caller is who asks.
type Caller struct {
	User   akhra.User
	Token  string         // hash of the session's token
	Device akhra.DeviceID // the shared device on which a PIN signed her in, else empty
	Local  bool           // over this machine's socket
	Key    *akhra.Token   // by which a program acts for her, nil for herself
	given  map[akhra.ProjectID]bool
}

// May tells whether she may do an act in this session.
func (c *Caller) May(act akhra.Act) bool {
	if c.Key != nil {
		return akhra.May(c.User.Role, act) && c.Key.May(act)
	}
	if c.Device != "" {
		return akhra.MayWithPIN(c.User.Role, act)
	}
	return akhra.May(c.User.Role, act)
}

// Sees tells whether a project is there for her: everybody sees those of her
// organisation, whoever was given some only them.
func (c *Caller) Sees(project akhra.ProjectID) bool {
	return !c.User.Role.Given() || c.given[project]
}

// Tenant is a project of her organisation.
func (c *Caller) Tenant(project akhra.ProjectID) akhra.Tenant {
	return akhra.Tenant{Org: c.User.Org, Project: project}
}

// CookieName is what the session's cookie is called, by the kind of connection.
func (a *Door) CookieName(r *http.Request) string {
	if a.IsHTTPS(r) {
		return "__Host-akhra"
	}
	return "akhra"
}

// callerOf finds whose session a request carries.
func (a *Door) callerOf(r *http.Request) (*Caller, error) {
	if c := CallerIn(r.Context()); c != nil && c.Local {
		return c, nil
	}
	if r.Header.Get("Authorization") != "" {
		return a.programOf(r)
	}
	cookie, err := r.Cookie(a.CookieName(r))
	if err != nil || cookie.Value == "" {
		return nil, errSignIn()
	}
	return a.LookUp(r.Context(), HashToken(cookie.Value))
}

// LookUp finds who is signed in by the hash of a session's token, from memory
// of at most 2 seconds; unauthorized when nobody is.
func (a *Door) LookUp(ctx context.Context, hash string) (*Caller, error) {
	if c := a.sessions.get(hash); c != nil {
		return c, nil
	}
	session, user, err := a.DB.Session(ctx, hash)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil, errSignIn()
	}
	if err != nil {
		return nil, fmt.Errorf("look up session: %w", err)
	}
	return a.remember(ctx, &Caller{User: user, Token: hash, Device: session.Device})
}

// remember keeps a caller for a moment, with the projects she was given.
func (a *Door) remember(ctx context.Context, c *Caller) (*Caller, error) {
	c.given = map[akhra.ProjectID]bool{}
	if c.User.Role.Given() {
		given, err := a.DB.Given(ctx, c.User.Org, c.User.ID)
		if err != nil {
			return nil, fmt.Errorf("look up what she was given: %w", err)
		}
		for _, id := range given {
			c.given[id] = true
		}
	}
	a.sessions.put(c)
	return c, nil
}

func errSignIn() error { return akhra.Errorf(akhra.Unauthorized, "Please sign in.") }

// sessionCache remembers sessions for at most sessionFresh, so that the hot
// path does not ask the store and a revoked one still ends within seconds.
type sessionCache struct {
	now  func() time.Time
	mu   sync.RWMutex
	kept map[string]keptSession
}

type keptSession struct {
	caller *Caller
	until  time.Time
}

func newSessionCache(now func() time.Time) *sessionCache {
	return &sessionCache{now: now, kept: map[string]keptSession{}}
}

func (s *sessionCache) get(hash string) *Caller {
	s.mu.RLock()
	k, ok := s.kept[hash]
	s.mu.RUnlock()
	if !ok || s.now().After(k.until) {
		return nil
	}
	return k.caller
}

func (s *sessionCache) put(c *Caller) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= MaxCached {
		clear(s.kept)
	}
	s.kept[c.Token] = keptSession{c, s.now().Add(sessionFresh)}
}

// ForgetSession drops the memory of one session, after it or its person changed.
func (a *Door) ForgetSession(hash string) {
	s := a.sessions
	s.mu.Lock()
	delete(s.kept, hash)
	s.mu.Unlock()
}

// ForgetSessions drops the memory of every session, after a change of people.
func (a *Door) ForgetSessions() {
	s := a.sessions
	s.mu.Lock()
	clear(s.kept)
	s.mu.Unlock()
}

type callerKey struct{}

func withCaller(ctx context.Context, c *Caller) context.Context {
	if c == nil {
		return ctx
	}
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerIn returns who calls. Only operations that are not public may ask.
func CallerIn(ctx context.Context) *Caller {
	c, _ := ctx.Value(callerKey{}).(*Caller)
	return c
}

// Pseudonyms names annotators as the reader may see them: a client reads
// "Annotator 1", the same for the same person within one answer.
func Pseudonyms(c *Caller) func(string) string {
	if c.User.Role != akhra.Client {
		return func(name string) string { return name }
	}
	numbers := map[string]string{}
	return func(name string) string {
		if numbers[name] == "" {
			numbers[name] = "Annotator " + strconv.Itoa(len(numbers)+1)
		}
		return numbers[name]
	}
}

// NameOf is a person's name, empty for no person.
func (a *Door) NameOf(ctx context.Context, org akhra.OrgID, id akhra.UserID) (string, error) {
	if id == "" {
		return "", nil
	}
	user, err := a.DB.User(ctx, org, id)
	if err != nil {
		return "", fmt.Errorf("find a person: %w", err)
	}
	return user.Name, nil
}
