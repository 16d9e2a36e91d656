package loop

import (
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// twins are pictures that come in groups of four which look the same.
func twins(n int) *project {
	p := ranked(n, "full+groups")
	p.weights, p.groups = strangers(), groups{of: map[*item]*group{}}
	for i, it := range p.items {
		if i%4 == 0 {
			p.groups.of[it] = &group{}
		} else {
			p.groups.of[it] = p.groups.of[p.items[i-i%4]]
		}
		g := p.groups.of[it]
		g.members = append(g.members, it)
	}
	return p
}

func (it *item) told(class int) { it.votes = []vote{{id: "a", annotator: "u", class: class}} }

func TestOfNearDuplicatesOneIsAskedAtATime(t *testing.T) {
	t.Parallel()
	p := twins(80)
	p.settings.Explore = .3
	seen := map[*group]bool{}
	slots := p.rank(80, "")
	for _, s := range slots {
		g := p.groups.of[p.at[s.Item]]
		if seen[g] {
			t.Errorf("two pictures of the group of %s are asked at once", s.Item)
		}
		seen[g] = true
	}
	if len(slots) != 20 {
		t.Errorf("%d questions, want one for each of 20 groups", len(slots))
	}
}

func TestNearDuplicatesShareAFold(t *testing.T) {
	t.Parallel()
	p := twins(80)
	for _, it := range p.items {
		if p.groups.key(it) != p.groups.of[it].members[0].id {
			t.Errorf("%s counts as %s", it.id, p.groups.key(it))
		}
	}
	if one := (&item{id: "x"}); p.groups.key(one) != "x" {
		t.Error("a picture of its own has the key of another")
	}
}

func TestAnAnswerServesAGroupAfterASpotCheck(t *testing.T) {
	t.Parallel()
	p := twins(12)
	alike, one, differ := p.items[0:4], p.items[4:8], p.items[8:12]
	alike[0].told(1)
	alike[1].told(1)
	one[0].told(1)
	differ[0].told(0)
	differ[1].told(1)
	for _, it := range p.items {
		it.hear([]float64{.9, .1})
	}
	p.inherit()
	for i := 2; i < 4; i++ {
		if first, _, prob, _ := learn.Top(alike[i].say); !p.served(alike[i]) || first != 1 || prob != .99 {
			t.Errorf("member %d of the group that agrees says %v", i, alike[i].say)
		}
		if p.served(one[i]) || p.served(differ[i]) {
			t.Errorf("member %d is served by one answer, or by two that differ", i)
		}
	}
	asked := map[akhra.ItemID]bool{}
	for _, s := range p.rank(12, "") {
		asked[s.Item] = true
	}
	for i := 2; i < 4; i++ {
		if asked[alike[i].id] {
			t.Errorf("member %d is asked though others speak for it", i)
		}
	}
}

func TestAnAuditPictureIsNeverServed(t *testing.T) {
	t.Parallel()
	p := twins(4)
	p.items[0].told(1)
	p.items[1].told(1)
	p.items[2].audit = true
	if p.served(p.items[2]) {
		t.Error("near-duplicates speak for a picture of the audit")
	}
}
