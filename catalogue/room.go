package catalogue

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
)

// MostRows is how many pictures one page may hold.
const MostRows = 500

// Kept is how many pictures stay in memory though nobody looks at them, about
// 150 bytes each; beyond it what nobody looked at for half an hour is forgotten.
const Kept = 2_000_000

const idle = 30 * time.Minute

// Room is the catalogue of every project somebody looks at. It is safe for
// concurrent use.
type Room struct {
	store Store
	model Model
	now   func() time.Time

	mu       sync.Mutex
	projects map[akhra.Tenant]*shelf
}

// shelf is one project's table and who may touch it.
type shelf struct {
	tenant akhra.Tenant
	used   time.Time // guarded by the room
	rows   atomic.Int64
	behind atomic.Bool // the log is being followed in the background

	catching sync.Mutex // one reading of the log at a time
	mu       sync.RWMutex
	table    *table    // nil until it is read
	seen     akhra.Seq // the log was followed up to here; guarded by catching, like reading
	reading  bool      // everything is being read anew
}

// New makes the room over a store and the learner.
func New(store Store, model Model, now func() time.Time) *Room {
	return &Room{store: store, model: model, now: now, projects: map[akhra.Tenant]*shelf{}}
}

// Find gives a page of the pictures that a search finds, those after a cursor,
// "" for the first, which is counted, too. It knows everything that was stored
// before it was called, unless very much came since somebody last looked: then
// the page is of a moment ago. Cost: about 50 ms for a million pictures; the
// first time some ten microseconds a picture.
func (r *Room) Find(ctx context.Context, t akhra.Tenant, s akhra.Search, cursor string, limit int) (Page, error) {
	if err := s.Validate(); err != nil {
		return Page{}, err
	}
	sh, err := r.open(ctx, t)
	if err != nil {
		return Page{}, err
	}
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	return sh.table.find(s, cursor, max(1, min(limit, MostRows)))
}

// All lists every picture that a search finds, in order of arrival.
func (r *Room) All(ctx context.Context, t akhra.Tenant, s akhra.Search) ([]akhra.ItemID, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	sh, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	return sh.table.all(s), nil
}

// Batches counts the pictures of each batch; one without pictures may be absent.
func (r *Room) Batches(ctx context.Context, t akhra.Tenant) (map[akhra.BatchID]Batch, error) {
	sh, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	return sh.table.inBatches(), nil
}

// Warm reads a project in the background, so that who looks next need not wait.
func (r *Room) Warm(ctx context.Context, t akhra.Tenant) {
	if sh := r.shelf(t); sh.catching.TryLock() {
		read := sh.table != nil
		sh.catching.Unlock()
		if !read {
			go func() { _, _ = r.open(context.WithoutCancel(ctx), t) }() // who looks is told what is wrong
		}
	}
}

// Fill reads a project so that its first look finds it in memory; step is called
// with how many pictures were read further.
func (r *Room) Fill(ctx context.Context, t akhra.Tenant, step func(pictures int)) error {
	sh := r.shelf(t)
	sh.catching.Lock()
	defer sh.catching.Unlock()
	if sh.table != nil {
		return nil
	}
	return r.swap(ctx, sh, step)
}

// shelf returns a project's place, and forgets those nobody looks at where there
// are too many pictures.
func (r *Room) shelf(t akhra.Tenant) *shelf {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	rows := int64(0)
	for _, sh := range r.projects {
		rows += sh.rows.Load()
	}
	for other, sh := range r.projects {
		if rows > Kept && now.Sub(sh.used) > idle {
			rows -= sh.rows.Load()
			delete(r.projects, other)
		}
	}
	sh, ok := r.projects[t]
	if !ok {
		sh = &shelf{tenant: t}
		r.projects[t] = sh
	}
	sh.used = now
	return sh
}

// open returns a project's shelf, read and up to date.
func (r *Room) open(ctx context.Context, t akhra.Tenant) (*shelf, error) {
	sh := r.shelf(t)
	if sh.behind.Load() {
		return sh, nil // there is a table, of a moment ago
	}
	sh.catching.Lock()
	defer sh.catching.Unlock()
	if sh.table != nil {
		return sh, r.follow(ctx, sh)
	}
	return sh, r.swap(ctx, sh, nil)
}
