package people

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/time/rate"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// Cost of one password hash (argon2id), and how many run at once: each takes
// 19 MiB and about 100 ms.
const (
	argonMemory  = 19 * 1024
	argonTime    = 2
	argonKey     = 32
	hashesAtOnce = 2
	hashPatience = 2 * time.Second
)

// passwords hashes and checks passwords, a few at a time, and slows guessing.
type passwords struct {
	now    func() time.Time
	chance io.Reader
	slots  chan struct{}
	logins *limits
	hosts  *limits
}

func newPasswords(now func() time.Time, chance io.Reader) *passwords {
	return &passwords{now: now, chance: chance, slots: make(chan struct{}, hashesAtOnce),
		logins: newLimits(rate.Every(12*time.Second), 10), hosts: newLimits(rate.Every(time.Second), 60)}
}

// mayTry spends one guess of a login and of an address.
func (p *passwords) mayTry(login, host string) bool {
	now := p.now()
	return p.hosts.allow(host, now) && p.logins.allow(login, now)
}

// hash makes the text that is stored for a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(p.chance, salt); err != nil {
		return "", fmt.Errorf("salt a password: %w", err)
	}
	key, err := p.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, argonMemory, argonTime,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// check compares a password with a stored hash. An empty hash is never right
// but costs the same time, so that names cannot be guessed by the clock.
func (p *passwords) check(ctx context.Context, hash, password string) (bool, error) {
	salt, want := parseHash(hash)
	got, err := p.derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return len(want) == argonKey && subtle.ConstantTimeCompare(got, want) == 1, nil
}

func parseHash(hash string) (salt, key []byte) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[3] != fmt.Sprintf("m=%d,t=%d,p=1", argonMemory, argonTime) {
		return make([]byte, 16), nil
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return make([]byte, 16), nil
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return salt, nil
	}
	return salt, key
}

func (p *passwords) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, hashPatience)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, 1, argonKey), nil
	case <-ctx.Done():
		return nil, akhra.Errorf(akhra.Unavailable, "Many people are signing in just now. Please try again in a moment.")
	}
}

// limits is one rate limiter a key. Two generations bound its memory.
type limits struct {
	every  rate.Limit
	burst  int
	mu     sync.Mutex
	recent map[string]*rate.Limiter
	older  map[string]*rate.Limiter
}

func newLimits(every rate.Limit, burst int) *limits {
	return &limits{every: every, burst: burst, recent: map[string]*rate.Limiter{}}
}

func (l *limits) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.recent[key]
	if one == nil {
		one = l.older[key]
	}
	if one == nil {
		one = rate.NewLimiter(l.every, l.burst)
	}
	if len(l.recent) >= door.MaxCached {
		l.older, l.recent = l.recent, map[string]*rate.Limiter{}
	}
	l.recent[key] = one
	return one.AllowN(now, 1)
}
