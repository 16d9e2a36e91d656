package door

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
)

// countingShare is how much of the time may go into counting a project: its
// count is kept so many times as long as it took.
const countingShare = 50

// leftCache remembers how many pictures of each project want answers.
type leftCache struct {
	now   func() time.Time
	count func(context.Context, akhra.Tenant) (int, error)
	kept  sync.Map // of *leftCount by akhra.Tenant
}

// leftCount is the count of one project.
type leftCount struct {
	counting sync.Mutex
	last     atomic.Pointer[keptCount]
}

type keptCount struct {
	left  int
	until time.Time
}

func newLeftCache(c Config) *leftCache {
	return &leftCache{now: c.Now, count: func(ctx context.Context, t akhra.Tenant) (int, error) {
		n, err := c.DB.Counts(ctx, t)
		return n.Open, err
	}}
}

// Left counts the pictures of a project that want answers, some seconds old;
// not found when the organisation has no such project. One request counts at a
// time: the others take the last count.
func (a *Door) Left(ctx context.Context, t akhra.Tenant) (int, error) { return a.left.of(ctx, t) }

func (c *leftCache) forget(t akhra.Tenant) { c.kept.Delete(t) }

func (c *leftCache) of(ctx context.Context, t akhra.Tenant) (int, error) {
	kept, _ := c.kept.LoadOrStore(t, &leftCount{})
	one := kept.(*leftCount)
	last := one.last.Load()
	switch {
	case last == nil:
		one.counting.Lock()
	case c.now().Before(last.until) || !one.counting.TryLock():
		return last.left, nil
	}
	defer one.counting.Unlock()
	start := c.now()
	if last := one.last.Load(); last != nil && start.Before(last.until) {
		return last.left, nil // somebody just did
	}
	left, err := c.count(ctx, t)
	if err != nil {
		c.forget(t)
		return 0, err
	}
	now := c.now()
	one.last.Store(&keptCount{left: left, until: now.Add(max(sessionFresh, countingShare*now.Sub(start)))})
	return left, nil
}
