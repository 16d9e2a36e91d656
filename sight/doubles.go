package sight

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/numeric"
)

// Double is a group of pictures that are nearly the same, in order of arrival.
type Double struct {
	Items  []akhra.ItemID
	Differ bool // people's answers settled different classes
}

// Comparison is how far all pictures are compared, when that takes its time.
type Comparison struct {
	Done, Of int // Of is 0 when it is over
}

// compareNow is up to how many pictures who asks waits for.
const compareNow = 5000

// Doubles lists the groups of nearly the same pictures: those with different
// classes first, then the larger. All pictures are compared once, and again when
// some came: 10,000 take half a second, 50,000 some ten seconds. Beyond 5,000
// that happens in the background: she gets the groups found before and how far
// it is.
func (r *Room) Doubles(ctx context.Context, t akhra.Tenant) ([]Double, Comparison, error) {
	var all gallery
	by, err := r.learner.Sights(ctx, t, all.hang)
	if err != nil {
		return nil, Comparison{}, err
	}
	lists, far := r.project(t).doubles.of(all, by.Version, by.Seed)
	settled, err := r.learner.Settled(ctx, t, slices.Concat(lists...))
	if err != nil {
		return nil, Comparison{}, err
	}
	return inOrder(lists, settled), far, nil
}

// doubles are the near-duplicates of all pictures of a project, to be looked at;
// what is asked follows the learner's groups, and only where the project wants it.
type doubles struct {
	mu        sync.Mutex
	version   int64 // of the recipe they were found by
	items     int   // that had a vector then
	lists     [][]akhra.ItemID
	comparing *comparison // a search under way
}

// comparison is one under way.
type comparison struct {
	of   int
	done atomic.Int64
	over chan struct{}
}

// of gives the groups of nearly the same pictures that are known, and how far a
// search for more is.
func (d *doubles) of(all gallery, version int64, seed uint64) ([][]akhra.ItemID, Comparison) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.comparing == nil && (d.version != version || d.items != len(all.items)) {
		d.compare(all, version, seed)
	}
	under := d.comparing
	if under != nil && under.of <= compareNow {
		d.mu.Unlock()
		<-under.over
		d.mu.Lock()
	}
	if under = d.comparing; under != nil {
		return d.lists, Comparison{int(under.done.Load()), under.of}
	}
	return d.lists, Comparison{}
}

// compare compares pictures without the lock, once for all who ask.
func (d *doubles) compare(all gallery, version int64, seed uint64) {
	c := &comparison{of: len(all.items), over: make(chan struct{})}
	d.comparing = c
	go func() {
		lists := all.pairUp(seed, func(rows int) { c.done.Add(int64(rows)) })
		d.mu.Lock()
		d.version, d.items, d.lists, d.comparing = version, len(all.items), lists, nil
		d.mu.Unlock()
		close(c.over)
	}()
}

// pairUp groups what is nearly the same.
func (g *gallery) pairUp(seed uint64, step func(rows int)) (lists [][]akhra.ItemID) {
	if len(g.items) == 0 {
		return nil
	}
	x := numeric.NewMatrix(len(g.rows), len(g.rows[0]))
	for i, row := range g.rows {
		copy(x.Row(i), row)
	}
	at := map[int]int{} // the list of a leader
	for i, leader := range learn.Groups(x, loop.SameLooks, seed, step) {
		if leader == i {
			continue
		}
		k, known := at[leader]
		if !known {
			k = len(lists)
			at[leader], lists = k, append(lists, []akhra.ItemID{g.items[leader]})
		}
		lists[k] = append(lists[k], g.items[i])
	}
	return lists
}

// inOrder orders groups by what is worth a look.
func inOrder(lists [][]akhra.ItemID, settled map[akhra.ItemID]akhra.ClassID) []Double {
	all := make([]Double, len(lists))
	for i, ids := range lists {
		all[i] = Double{Items: ids, Differ: differ(ids, settled)}
	}
	slices.SortStableFunc(all, func(a, b Double) int {
		if a.Differ != b.Differ {
			return map[bool]int{true: -1, false: 1}[a.Differ]
		}
		return cmp.Compare(len(b.Items), len(a.Items))
	})
	return all
}

// differ tells whether answers of people settled different classes.
func differ(ids []akhra.ItemID, settled map[akhra.ItemID]akhra.ClassID) bool {
	var class akhra.ClassID
	for _, id := range ids {
		one, known := settled[id]
		if known && class != "" && one != class {
			return true
		}
		if known {
			class = one
		}
	}
	return false
}
