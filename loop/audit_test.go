package loop

import (
	"testing"

	"akhra.dev/akhra"
)

// audited makes pictures audit pictures.
func audited(p *project, items []*item, state akhra.PromiseState) {
	p.promise = state
	for _, it := range items {
		it.audit = true
	}
}

// begun gives pictures one answer and lets them want two more.
func begun(items []*item) {
	for _, it := range items {
		it.votes = []vote{{id: akhra.AnnotationID("of " + it.id), annotator: "asha", class: 0}}
		it.truth = &posterior{class: 0, z: []float64{.9, .1}, state: akhra.TaskOpen, wants: 2}
	}
}

func TestAuditTasks_TheOrderComesToThemAsToOthersUntilTheyAreDue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		from, to      int // audit pictures, the least sure first
		begun         bool
		state         akhra.PromiseState
		picked, audit [2]int // of 400 places: asked as any other, and as the audit
	}{
		{"the surest wait", 3700, 4000, false, akhra.PromiseOpen, [2]int{0, 0}, [2]int{0, 0}},
		{"the least sure are asked as all others", 0, 300, false, akhra.PromiseOpen, [2]int{270, 300}, [2]int{0, 0}},
		{"a few that were begun are at least one in twenty", 3990, 4000, true, akhra.PromiseOpen, [2]int{0, 0}, [2]int{10, 20}},
		{"many that were begun have their share of what is left", 3000, 4000, true, akhra.PromiseOpen, [2]int{0, 0}, [2]int{120, 280}},
		{"due, they come first", 3700, 4000, false, akhra.PromiseDue, [2]int{0, 0}, [2]int{300, 300}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := ranked(4000, "margin")
			audited(p, p.items[c.from:c.to], c.state)
			if c.begun {
				begun(p.items[c.from:c.to])
			}
			picked, audit := 0, 0
			for _, s := range p.rank(400, "") {
				if s.Why == akhra.WhyAudit {
					audit++
				} else if p.at[s.Item].audit {
					picked++
				}
				if s.Why == akhra.WhyRandom && p.at[s.Item].audit {
					t.Errorf("audit picture %s counts as exploration", s.Item)
				}
			}
			if picked < c.picked[0] || picked > c.picked[1] || audit < c.audit[0] || audit > c.audit[1] {
				t.Errorf("the order came to %d and %d were asked as the audit, want %v and %v", picked, audit, c.picked, c.audit)
			}
		})
	}
}

func TestAcceptedPicturesAreNotAsked(t *testing.T) {
	t.Parallel()
	p := ranked(10, "margin")
	p.items[3].decided = true
	p.items[4].decided = true
	p.items[4].votes = []vote{{id: "a", annotator: "asha", class: 0}}
	p.items[4].truth = &posterior{class: 0, z: []float64{.6, .4}, state: akhra.TaskOpen, wants: 1}
	asked := map[akhra.ItemID]bool{}
	for _, s := range p.rank(20, "") {
		asked[s.Item] = true
	}
	if asked[p.items[3].id] || !asked[p.items[4].id] || len(asked) != 9 {
		t.Errorf("asked are %v: an accepted picture only goes on where somebody had answered it", asked)
	}
}

func TestASayMayBeSurerOnceAPromiseIsKept(t *testing.T) {
	t.Parallel()
	p := ranked(10, "margin")
	before := p.surest()
	if p.promise = akhra.PromiseKept; !(before == .99 && p.surest() > .999 && p.surest() < 1) {
		t.Errorf("surest %v before, %v after", before, p.surest())
	}
}

func TestNothingIsToldBeforeAnAnswerWhereAPromiseSpeaks(t *testing.T) {
	t.Parallel()
	for state, want := range map[akhra.PromiseState]bool{
		"": false, akhra.PromiseOpen: true, akhra.PromiseDue: true, akhra.PromiseKept: true, akhra.PromiseMiss: false, akhra.PromiseVoid: false, akhra.PromiseSmall: false,
	} {
		if state.Speaks() != want {
			t.Errorf("a promise that is %q speaks: %v", state, !want)
		}
	}
}
