package loop

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// inThree are pictures that the model is surer of the later they come: the last
// ones in a batch of high priority, the first ones in one of low.
func inThree(n int) *project {
	p := ranked(n, "margin")
	high, low := &akhra.Batch{Priority: akhra.PriorityHigh}, &akhra.Batch{Priority: akhra.PriorityLow}
	for i, it := range p.items {
		switch {
		case i < n/3:
			it.batch = low
		case i >= n-n/3:
			it.batch = high
		}
	}
	return p
}

func TestPicturesOfAHigherPriorityComeFirst(t *testing.T) {
	t.Parallel()
	p := inThree(90)
	slots := p.rank(90, "")
	if len(slots) != 90 {
		t.Fatalf("%d of 90 pictures are asked", len(slots))
	}
	for i, s := range slots {
		if got := p.at[s.Item].turn(); got != i/30 {
			t.Errorf("place %d asks picture %s, whose turn is %d", i, s.Item, got)
		}
	}
}

func TestWithinOnePriorityTheOrderIsAsWithoutBatches(t *testing.T) {
	t.Parallel()
	plain, batched := crowded(200), crowded(200)
	low := &akhra.Batch{Priority: akhra.PriorityLow}
	for _, it := range batched.items {
		it.batch = low
	}
	if a, b := plain.rank(100, ""), batched.rank(100, ""); !slices.Equal(a, b) {
		t.Error("pictures that are all in one batch are asked in another order")
	}
}

func TestAPilotOfALowPriorityWaitsForTheHigherOnes(t *testing.T) {
	t.Parallel()
	p := inThree(300)
	p.settings.Overlap, p.settings.Pilot = 2, .2
	first := p.rank(200, "")
	if !p.settings.InPilot(first[0].Task) {
		t.Error("the pilot of the highest priority is not asked first")
	}
	for i, s := range first {
		if p.at[s.Item].turn() > 0 {
			t.Fatalf("place %d asks picture %s while 100 of high priority want two answers each", i, s.Item)
		}
	}
}

// What is drawn by chance is the base of estimates of the whole project.
func TestExplorationKnowsNoPriority(t *testing.T) {
	t.Parallel()
	p := inThree(3000)
	p.settings.Explore = 0.2
	random, low := 0, 0
	for _, s := range p.rank(900, "") {
		if s.Why == akhra.WhyRandom {
			random++
			if p.at[s.Item].turn() == 2 {
				low++
			}
		}
	}
	if random < 120 || low < random/5 || low > random/2 {
		t.Errorf("%d of 900 are drawn at random, %d of them of low priority", random, low)
	}
}

func TestABatchWantsAsManyAnswersAsItSaysAtLeast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ project, batch, places int }{
		"more than the project": {1, 3, 3}, "fewer than the project": {2, 1, 2}, "as the project": {2, 0, 2},
	} {
		p := ranked(1, "margin")
		p.settings.Overlap = c.project
		p.items[0].batch = &akhra.Batch{Overlap: c.batch}
		if slots := p.rank(10, ""); len(slots) != c.places {
			t.Errorf("%s: %d places, want %d", name, len(slots), c.places)
		}
	}
}
