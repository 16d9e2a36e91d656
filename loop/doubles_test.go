package loop

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
)

func TestDoublesAreGroupedAndThoseThatDifferComeFirst(t *testing.T) {
	t.Parallel()
	tenant := akhra.Tenant{Org: "o", Project: "p"}
	p := &project{tenant: tenant, loaded: true, version: 1, at: map[akhra.ItemID]*item{}}
	add := func(x, y float32, class int) {
		it := &item{id: akhra.ItemID(fmt.Sprint(len(p.items))), task: "t", vector: []float32{x, y}, audit: len(p.items) == 1}
		if class != unsure {
			it.votes, it.truth = []vote{{class: class}}, &posterior{class: class, state: akhra.TaskDone}
		}
		p.items, p.at[it.id] = append(p.items, it), it
	}
	add(1, 0, unsure)
	add(2, .01, 0) // nearly 0, and an audit task: only what is asked leaves those out
	add(3, .02, 0) // nearly 0
	add(0, 1, 0)
	add(1, 1, 1)
	add(.01, 4, 1) // nearly 3, another class
	p.items = append(p.items, &item{id: "blind"})
	r := New(nil, nil, nil, time.Now, slog.Default())
	r.projects[tenant] = p
	wants := func(rule string, want ...Double) {
		t.Helper()
		got, far, err := r.Doubles(t.Context(), tenant)
		if err != nil || far.Of > 0 || !slices.EqualFunc(got, want, func(a, b Double) bool { return a.Differ == b.Differ && slices.Equal(a.Items, b.Items) }) {
			t.Errorf("%s: %+v, %v, want %+v", rule, got, err, want)
		}
	}
	wants("two groups", Double{[]akhra.ItemID{"3", "5"}, true}, Double{[]akhra.ItemID{"0", "1", "2"}, false})
	p.items[5].truth.class = 0
	wants("the class was corrected", Double{[]akhra.ItemID{"0", "1", "2"}, false}, Double{[]akhra.ItemID{"3", "5"}, false})
	add(5, 5, unsure)
	wants("a picture came", Double{[]akhra.ItemID{"0", "1", "2"}, false}, Double{[]akhra.ItemID{"3", "5"}, false}, Double{[]akhra.ItemID{"4", "7"}, false})
}

// TestManyPicturesAreComparedInTheBackground: who asks does not wait; she is told
// how far it is and gets what was found before, then all of it.
func TestManyPicturesAreComparedInTheBackground(t *testing.T) {
	t.Parallel()
	tenant := akhra.Tenant{Org: "o", Project: "p"}
	p := &project{tenant: tenant, loaded: true, version: 1, at: map[akhra.ItemID]*item{}}
	chance := rand.New(rand.NewPCG(3, 4))
	for i := range compareNow + 200 {
		it := &item{id: akhra.ItemID(fmt.Sprint(i)), vector: make([]float32, 32)}
		for j := range it.vector {
			it.vector[j] = float32(chance.NormFloat64())
		}
		if i == compareNow+100 {
			it.vector = p.items[7].vector
		}
		p.items, p.at[it.id] = append(p.items, it), it
	}
	r := New(nil, nil, nil, time.Now, slog.Default())
	r.projects[tenant] = p
	got, far, err := r.Doubles(t.Context(), tenant)
	if err != nil || len(got) > 0 || far.Of != len(p.items) || far.Done > far.Of {
		t.Errorf("the first who asks gets %d groups, %+v, %v", len(got), far, err)
	}
	for end := time.Now().Add(time.Minute); far.Of > 0 && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		before := far.Done
		if got, far, err = r.Doubles(t.Context(), tenant); err != nil || far.Of > 0 && far.Done < before {
			t.Fatalf("%+v after %d, %v", far, before, err)
		}
	}
	if len(got) != 1 || !slices.Equal(got[0].Items, []akhra.ItemID{"7", akhra.ItemID(fmt.Sprint(compareNow + 100))}) {
		t.Errorf("found %+v", got)
	}
}

// BenchmarkDoubles compares 10,000 pictures of which none is like another.
func BenchmarkDoubles(b *testing.B) {
	chance, seen := rand.New(rand.NewPCG(1, 2)), make([]sight, 10_000)
	for i := range seen {
		seen[i].vector = make([]float32, 256)
		for j := range seen[i].vector {
			seen[i].vector[j] = float32(chance.NormFloat64())
		}
	}
	for b.Loop() {
		pairUp(seen, 1, nil)
	}
}
