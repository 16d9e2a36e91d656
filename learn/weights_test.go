package learn

import "testing"

// TestWeighGivesTheSameEveryTime: the order in which a map lists people must not
// reach the last digit, for simulations are the same bit for bit.
func TestWeighGivesTheSameEveryTime(t *testing.T) {
	t.Parallel()
	var items []Answered[int]
	for i := range 200 {
		items = append(items, Answered[int]{Class: i % 3, Model: (i + i/17) % 3, By: []int{i % 13, 13 + i%7, 20 + i%5}, Said: []int{i % 3, (i + i/5) % 3, i % 3}})
	}
	first := Weigh(items, 3, false)
	for range 50 {
		if again := Weigh(items, 3, false); again.Mean != first.Mean || again.Model != first.Model {
			t.Fatalf("mean %v, then %v", first.Mean, again.Mean)
		}
	}
	if len(first.Each) != 25 {
		t.Errorf("%d people weigh", len(first.Each))
	}
	if alike := Weigh(items, 3, true); alike.Each != nil || alike.Of(4) != alike.Mean {
		t.Error("people without names weigh each for herself")
	}
	if none := Weigh[int](nil, 3, false); none.Mean != 1 || none.Model != 0 {
		t.Errorf("without answers %+v", none)
	}
}
