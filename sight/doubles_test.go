package sight

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
)

func TestDoublesAreGroupedAndThoseThatDifferComeFirst(t *testing.T) {
	t.Parallel()
	var all gallery
	var known doubles
	settled, n := map[akhra.ItemID]akhra.ClassID{}, 0
	add := func(class akhra.ClassID, vector ...float32) {
		id := akhra.ItemID(fmt.Sprint(n))
		n++
		all.hang(loop.Sight{Item: id, Vector: vector})
		if class != "" {
			settled[id] = class
		}
	}
	add("", 1, 0)
	add("leaf", 2, .01) // nearly 0
	add("leaf", 3, .02) // nearly 0
	add("leaf", 0, 1)
	add("stone", 1, 1)
	add("stone", .01, 4) // nearly 3, another class
	add("leaf")          // has no vector
	wants := func(rule string, want ...Double) {
		t.Helper()
		lists, far := known.of(all, 1, 1)
		got := inOrder(lists, settled)
		if far.Of > 0 || !slices.EqualFunc(got, want, func(a, b Double) bool { return a.Differ == b.Differ && slices.Equal(a.Items, b.Items) }) {
			t.Errorf("%s: %+v, %+v, want %+v", rule, got, far, want)
		}
	}
	wants("two groups", Double{[]akhra.ItemID{"3", "5"}, true}, Double{[]akhra.ItemID{"0", "1", "2"}, false})
	settled["5"] = "leaf"
	wants("the class was corrected", Double{[]akhra.ItemID{"0", "1", "2"}, false}, Double{[]akhra.ItemID{"3", "5"}, false})
	add("", 5, 5)
	wants("a picture came", Double{[]akhra.ItemID{"0", "1", "2"}, false}, Double{[]akhra.ItemID{"3", "5"}, false}, Double{[]akhra.ItemID{"4", "7"}, false})
}

// TestManyPicturesAreComparedInTheBackground: who asks does not wait; she is told
// how far it is and gets what was found before, then all of it.
func TestManyPicturesAreComparedInTheBackground(t *testing.T) {
	t.Parallel()
	all := random(compareNow+200, 32)
	all.rows[compareNow+100] = all.rows[7]
	var known doubles
	got, far := known.of(all, 1, 1)
	if len(got) > 0 || far.Of != len(all.items) || far.Done > far.Of {
		t.Errorf("the first who asks gets %d groups, %+v", len(got), far)
	}
	for end := time.Now().Add(time.Minute); far.Of > 0 && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		before := far.Done
		if got, far = known.of(all, 1, 1); far.Of > 0 && far.Done < before {
			t.Fatalf("%+v after %d", far, before)
		}
	}
	if len(got) != 1 || !slices.Equal(got[0], []akhra.ItemID{"7", akhra.ItemID(fmt.Sprint(compareNow + 100))}) {
		t.Errorf("found %+v", got)
	}
}

// random are pictures of which none is like another.
func random(n, dim int) (all gallery) {
	chance := rand.New(rand.NewPCG(3, 4))
	for i := range n {
		row := make([]float32, dim)
		for j := range row {
			row[j] = float32(chance.NormFloat64())
		}
		all.hang(loop.Sight{Item: akhra.ItemID(fmt.Sprint(i)), Vector: row})
	}
	return all
}

// BenchmarkDoubles compares 10,000 pictures of which none is like another.
func BenchmarkDoubles(b *testing.B) {
	all := random(10_000, 256)
	for b.Loop() {
		all.pairUp(1, nil)
	}
}
