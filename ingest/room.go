package ingest

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// Store is what the room keeps items in.
type Store interface {
	// AddItems stores new items; added[i] is false when the project has the
	// picture already.
	AddItems(ctx context.Context, t akhra.Tenant, items []akhra.Item) (added []bool, err error)
	// KnownBlob tells whether an item of the project has these original bytes.
	KnownBlob(ctx context.Context, t akhra.Tenant, hash string) (bool, error)
}

// Blobs keeps bytes under their SHA-256; it is used by several pictures at once.
type Blobs interface {
	PutBytes(ctx context.Context, data []byte) (hash string, err error)
}

// What became of a picture.
const (
	Imported = "imported"
	Known    = "known"
	Refused  = "refused"
)

// Result is what became of one picture. Item has no id unless the picture was
// imported; Reason is the sentence of a refusal; Folder is the name of the
// folder the picture lay in, "" at the top.
type Result struct {
	Outcome string
	Item    akhra.Item
	Folder  string
	Reason  string
}

// Into is where pictures are brought: a project, and one of its batches or, empty,
// none. A picture that the project has stays in the batch it is in.
type Into struct {
	akhra.Tenant
	Batch akhra.BatchID
}

// Room brings pictures in.
type Room struct {
	store  Store
	blobs  Blobs
	now    func() time.Time
	limits limits
	memory *budget

	idLock sync.Mutex
	chance io.Reader
}

// New makes a room over a store and a place for bytes; chance makes ids.
func New(store Store, blobs Blobs, now func() time.Time, chance io.Reader) *Room {
	return &Room{store: store, blobs: blobs, now: now, chance: chance, limits: usualLimits, memory: newBudget(usualLimits.decoded)}
}

// Add brings in one picture. That it is refused or known is a result, not an
// error.
func (r *Room) Add(ctx context.Context, into Into, name string, from io.Reader) (Result, error) {
	e := entry{name: akhra.CleanName(name), open: func() (io.ReadCloser, error) { return io.NopCloser(from), nil }}
	results := []Result{{}}
	var err error
	if results[0], err = r.prepare(ctx, into, e); err != nil {
		return Result{}, err
	}
	if err := r.keep(ctx, into.Tenant, results); err != nil {
		return Result{}, err
	}
	return results[0], nil
}

// Show keeps a picture that is to be shown and never asked about: upright, 720
// pixels on the long side, encoded anew, so that nothing of the file that came
// is served. It returns the SHA-256 of the JPEG; a picture that cannot be read is
// refused with an invalid or too large error.
func (r *Room) Show(ctx context.Context, name string, from io.Reader) (hash string, err error) {
	data, err := r.read(entry{name: akhra.CleanName(name), open: func() (io.ReadCloser, error) { return io.NopCloser(from), nil }})
	if err != nil {
		return "", err
	}
	p, err := r.make(ctx, akhra.CleanName(name), data)
	if err != nil {
		return "", err
	}
	if hash, err = r.blobs.PutBytes(ctx, p.variants[1]); err != nil {
		return "", fmt.Errorf("keep a picture: %w", err)
	}
	return hash, nil
}

// keep stores the prepared pictures among the results as items, in order.
func (r *Room) keep(ctx context.Context, t akhra.Tenant, results []Result) error {
	var items []akhra.Item
	var places []int
	for i := range results {
		if results[i].Outcome != Imported {
			continue
		}
		item := &results[i].Item
		if err := r.name(item); err != nil {
			return err
		}
		items, places = append(items, *item), append(places, i)
	}
	if len(items) == 0 {
		return nil
	}
	added, err := r.store.AddItems(ctx, t, items)
	if err != nil {
		return fmt.Errorf("add items: %w", err)
	}
	for i, at := range places {
		if !added[i] {
			results[at].Outcome, results[at].Item.ID = Known, ""
		}
	}
	return nil
}

// name gives an item its id and moment.
func (r *Room) name(item *akhra.Item) error {
	r.idLock.Lock()
	defer r.idLock.Unlock()
	now := r.now()
	id, err := akhra.NewID(now, r.chance)
	if err != nil {
		return fmt.Errorf("make an item id: %w", err)
	}
	item.ID, item.Created = akhra.ItemID(id), akhra.MillisOf(now)
	return nil
}
