package loop

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/numeric"
)

// Double is a group of pictures that are nearly the same, in order of arrival.
type Double struct {
	Items  []akhra.ItemID
	Differ bool // people's answers settled different classes
}

// doubles are the near-duplicates of all pictures of a project, to be looked at;
// what is asked follows groups, and only where the project wants it.
type doubles struct {
	version int64 // of the recipe they were found by
	items   int   // that had a vector then
	lists   [][]akhra.ItemID
}

// Comparison is how far all pictures are compared, when that takes its time.
type Comparison struct {
	Done, Of int // Of is 0 when it is over
}

// comparison is one under way.
type comparison struct {
	of   int
	done atomic.Int64
	over chan struct{}
}

// compareNow is up to how many pictures who asks waits for.
const compareNow = 5000

// Doubles lists the groups of nearly the same pictures: those with different
// classes first, then the larger. All pictures are compared once, and again when
// some came: 10,000 take half a second, 50,000 some ten seconds. Beyond 5,000
// that happens in the background: she gets the groups found before and how far
// it is.
func (r *Room) Doubles(ctx context.Context, t akhra.Tenant) ([]Double, Comparison, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, Comparison{}, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return nil, Comparison{}, err
	}
	seen := p.sights()
	if p.comparing == nil && (p.doubles.version != p.version || p.doubles.items != len(seen)) {
		p.pair(seen)
	}
	under := p.comparing
	if under != nil && under.of <= compareNow {
		p.mu.Unlock()
		<-under.over
		p.mu.Lock()
	}
	if under = p.comparing; under != nil {
		return p.differing(), Comparison{int(under.done.Load()), under.of}, nil
	}
	return p.differing(), Comparison{}, nil
}

// pair compares pictures without the lock, once for all who ask.
func (p *project) pair(seen []sight) {
	c := &comparison{of: len(seen), over: make(chan struct{})}
	found, seed := doubles{version: p.version, items: len(seen)}, p.settings.Seed
	p.comparing = c
	go func() {
		found.lists = pairUp(seen, seed, func(rows int) { c.done.Add(int64(rows)) })
		p.mu.Lock()
		p.doubles, p.comparing = found, nil
		p.mu.Unlock()
		close(c.over)
	}()
}

// sights are the pictures that have a vector, and the vectors: these are
// replaced, never changed, and can be read without the lock.
func (p *project) sights() (all []sight) {
	for _, it := range p.items {
		if it.vector != nil {
			all = append(all, sight{it.id, it.vector})
		}
	}
	return all
}

type sight struct {
	id     akhra.ItemID
	vector []float32
}

// pairUp groups what is nearly the same.
func pairUp(seen []sight, seed uint64, step func(rows int)) (lists [][]akhra.ItemID) {
	if len(seen) == 0 {
		return nil
	}
	x := numeric.NewMatrix(len(seen), len(seen[0].vector))
	for i, one := range seen {
		copy(x.Row(i), one.vector)
	}
	at := map[int]int{} // the list of a leader
	for i, leader := range learn.Groups(x, sameLooks, seed, step) {
		if leader == i {
			continue
		}
		k, known := at[leader]
		if !known {
			k = len(lists)
			at[leader], lists = k, append(lists, []akhra.ItemID{seen[leader].id})
		}
		lists[k] = append(lists[k], seen[i].id)
	}
	return lists
}

// differing orders the groups by what is worth a look.
func (p *project) differing() []Double {
	all := make([]Double, len(p.doubles.lists))
	for i, ids := range p.doubles.lists {
		all[i] = Double{Items: ids, Differ: p.differ(ids)}
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
func (p *project) differ(ids []akhra.ItemID) bool {
	class := unsure
	for _, id := range ids {
		it := p.at[id]
		if it == nil || !it.settledByPeople() {
			continue
		}
		if class != unsure && it.truth.class != class {
			return true
		}
		class = it.truth.class
	}
	return false
}
