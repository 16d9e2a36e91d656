package loop

import (
	"fmt"
	"testing"

	"akhra.dev/akhra"
)

// ranked makes a project of n unanswered pictures whose model is surer of
// later ones.
func ranked(n int, strategy string) *project {
	p := &project{at: map[akhra.ItemID]*item{}, classes: make([]akhra.ClassID, 2)}
	p.settings = akhra.DefaultSettings()
	p.rungs, _ = akhra.ParseStrategy(strategy)
	p.settings.Explore, p.settings.Seed = 0, 3
	for i := range n {
		id := fmt.Sprintf("%04d", i)
		sure := 0.5 + 0.49*float64(i)/float64(n)
		it := &item{id: akhra.ItemID(id), task: akhra.TaskID(id)}
		it.hear([]float64{sure, 1 - sure})
		p.items = append(p.items, it)
		p.at[it.id] = it
	}
	return p
}

func TestTheLeastSureComeFirst(t *testing.T) {
	t.Parallel()
	p := ranked(1000, "margin")
	for i, s := range p.rank(100, "") {
		if s.Item > "0200" {
			t.Errorf("place %d asks picture %s while less sure ones wait", i, s.Item)
		}
		if s.Why != akhra.WhyUnsure {
			t.Errorf("place %d is asked as %q", i, s.Why)
		}
	}
}

func TestRandomAsksWithoutTheModel(t *testing.T) {
	t.Parallel()
	late := 0
	for _, s := range ranked(1000, "random").rank(200, "") {
		if s.Item >= "0500" {
			late++
		}
	}
	if late < 60 || late > 140 {
		t.Errorf("%d of 200 random questions fall into the surer half", late)
	}
}

func TestAboutTheExploreShareIsDrawnAtRandom(t *testing.T) {
	t.Parallel()
	p := ranked(4000, "margin")
	p.settings.Explore = 0.1
	random, late, seen := 0, 0, map[akhra.ItemID]bool{}
	for _, s := range p.rank(1000, "") {
		if seen[s.Item] {
			t.Fatalf("picture %s is asked twice", s.Item)
		}
		seen[s.Item] = true
		if s.Why == akhra.WhyRandom {
			random++
			if s.Item >= "2000" {
				late++
			}
		}
	}
	if random < 70 || random > 130 || late < random/4 {
		t.Errorf("%d of 1000 are exploration, %d of them in the surer half", random, late)
	}
}

func TestARepeatComesWhenItIsLessSureThanANewPicture(t *testing.T) {
	t.Parallel()
	p := ranked(100, "margin")
	for i, z := range []float64{0.51, 0.9} {
		it := p.items[i]
		it.votes = []vote{{id: "a", annotator: "u", class: 0}}
		it.truth = &posterior{class: 0, z: []float64{z, 1 - z}, tempered: z, state: akhra.TaskOpen, wants: 1, value: 1 - z}
	}
	place := map[akhra.ItemID]int{}
	for i, s := range p.rank(100, "") {
		place[s.Item] = i
		if s.Item == "0000" && s.Why != akhra.WhyDiffer {
			t.Errorf("a repeat is asked as %q", s.Why)
		}
	}
	if place["0000"] > 2*p.spread() || place["0001"] < 50 {
		t.Errorf("the unsure repeat comes at %d, the sure one at %d", place["0000"], place["0001"])
	}
}

func TestSettledTasksAreNotAsked(t *testing.T) {
	t.Parallel()
	p := ranked(3, "margin")
	p.items[0].votes = []vote{{class: 0}}
	p.items[0].truth = &posterior{class: 0, z: []float64{1, 0}, state: akhra.TaskDone}
	p.items[1].votes = []vote{{id: "1"}, {id: "2"}, {id: "3"}}
	p.items[1].truth = &posterior{class: 0, z: []float64{.6, .4}, state: akhra.TaskOpen}
	slots := p.rank(10, "")
	if len(slots) != 1 || slots[0].Item != p.items[2].id {
		t.Errorf("asked %v, want only the unanswered picture", slots)
	}
}

func TestAKnownAnswerIsNotAsked(t *testing.T) {
	t.Parallel()
	p := ranked(2, "margin")
	p.items[0].truth = &posterior{class: 0, z: []float64{1, 0}, state: akhra.TaskDone, decided: true}
	if slots := p.rank(10, ""); len(slots) != 1 || slots[0].Item != p.items[1].id {
		t.Errorf("asked %v, want only the picture that nobody decided", slots)
	}
}

func TestWhereAnAnswerIsWorthMostIsAskedFirst(t *testing.T) {
	t.Parallel()
	p := ranked(200, "margin")
	for i, it := range p.items {
		it.votes = []vote{{id: "a", annotator: "u", class: 0}}
		it.truth = &posterior{class: 0, z: []float64{.6, .4}, state: akhra.TaskOpen, wants: 1, value: float64(i) / 200}
	}
	for i, s := range p.rank(50, "") {
		if s.Item < "0120" {
			t.Errorf("place %d asks picture %s while answers to others are worth more", i, s.Item)
		}
	}
}

func TestThePilotIsAskedFirstAndAsOftenAsItWants(t *testing.T) {
	t.Parallel()
	p := ranked(400, "margin")
	p.settings.Overlap, p.settings.Pilot = 2, .1
	drawn := 0
	for _, it := range p.items {
		if p.settings.InPilot(it.task) {
			drawn++
			it.votes = []vote{{id: "a", annotator: "u", class: 0}}
			it.truth = &posterior{class: 0, z: []float64{.9, .1}, state: akhra.TaskOpen, wants: 6}
		}
	}
	if drawn < 20 || drawn > 65 {
		t.Errorf("%d of 400 tasks are drawn for the pilot", drawn)
	}
	for i, s := range p.rank(6*(drawn-p.spread()), "") { // a window is drawn from at random
		if !p.settings.InPilot(s.Task) || s.Slot != i%6 {
			t.Errorf("place %d is the %d. of %s, which is in the pilot: %v", i, s.Slot, s.Task, p.settings.InPilot(s.Task))
		}
	}
}

func TestOverlapMakesOnePlacePerAnswer(t *testing.T) {
	t.Parallel()
	p := ranked(1, "margin")
	p.settings.Overlap = 3
	slots := p.rank(10, "")
	if len(slots) != 3 || slots[2].Slot != 2 {
		t.Errorf("slots %v, want three places", slots)
	}
}
