package door

import (
	"sync"
	"time"
)

// restPerCount is how many times as long as it took to count figures are kept.
const restPerCount = 20

// Kept remembers figures that are dear to count, by what they are of: at least
// for a while, and so long that counting takes a small part of the time however
// many ask.
type Kept[K comparable, V any] struct {
	now  func() time.Time
	rest time.Duration
	mu   sync.Mutex
	of   map[K]*resting[V]
}

// resting is one of them; whoever asks while it is counted waits.
type resting[V any] struct {
	mu    sync.Mutex
	value V
	until time.Time
}

// Keep remembers figures for that long at least.
func Keep[K comparable, V any](now func() time.Time, rest time.Duration) *Kept[K, V] {
	return &Kept[K, V]{now: now, rest: rest, of: map[K]*resting[V]{}}
}

// Get returns a figure, counted anew when it is too old.
func (k *Kept[K, V]) Get(key K, count func() (V, error)) (V, error) {
	one := k.one(key)
	one.mu.Lock()
	defer one.mu.Unlock()
	begun := k.now()
	if begun.Before(one.until) {
		return one.value, nil
	}
	value, err := count()
	if err == nil {
		ended := k.now()
		one.value, one.until = value, ended.Add(max(k.rest, restPerCount*ended.Sub(begun)))
	}
	return value, err
}

func (k *Kept[K, V]) one(key K) *resting[V] {
	k.mu.Lock()
	defer k.mu.Unlock()
	one := k.of[key]
	if one == nil {
		if len(k.of) >= MaxCached {
			clear(k.of)
		}
		one = &resting[V]{}
		k.of[key] = one
	}
	return one
}
