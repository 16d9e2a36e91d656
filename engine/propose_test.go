package engine_test

import (
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/propose"
)

// proposing is a world whose model has proved itself: one person answered n of
// its pictures of three colours truly. Some are known, and some are audit
// pictures that no promise speaks of, for where one does nothing is proposed.
func proposing(t *testing.T, pictures, answered, people int) *world {
	t.Helper()
	s := settings(1, 1)
	s.Propose, s.Explore, s.GoldShare = true, .25, .15
	w := newWorld(t, s, 3, people)
	w.pictures(pictures)
	w.drain()
	var audit []akhra.TaskID
	var known []akhra.Gold
	w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error {
		if len(known) < 40 {
			known = append(known, akhra.Gold{Item: one.Item, Task: one.ID, Class: w.classes[w.truth[one.Item]], Source: akhra.GoldImport})
		} else if len(audit) < 100 {
			audit = append(audit, one.ID)
		}
		return nil
	}))
	w.must(w.db.SetGold(t.Context(), w.tenant, known))
	w.must(w.db.DrawAudit(t.Context(), w.tenant, nil, audit, nil))
	for given := 0; given < answered; w.drain() {
		for _, a := range w.lease(0, 70) {
			given++
			w.answer(0, a, w.truth[a.Item])
		}
	}
	return w
}

func (w *world) proposals() propose.Report {
	w.t.Helper()
	r, err := w.e.Propose.Report(w.t.Context(), w.tenant)
	w.must(err)
	return r
}

func TestNothingIsProposedUntilTwoClassesHaveProvedThemselves(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 280, 2)
	for range 12 {
		r, proved := w.proposals(), 0
		for _, c := range r.Classes {
			if c.Proved {
				proved++
			}
			if c.Proved != (c.Right >= 35 && c.Low >= akhra.ProposeProved) {
				t.Errorf("%d of %d blind answers, a bound of %.3f: proved %v", c.Right, c.Of, c.Low, c.Proved)
			}
		}
		offered := 0
		for _, a := range w.lease(1, 20) {
			if a.Offered() != "" {
				offered++
			}
			w.answer(1, a, w.truth[a.Item])
		}
		if (proved < akhra.ProposeClasses) && offered > 0 {
			t.Errorf("%d classes have proved themselves and %d of 20 tasks came with a proposal", proved, offered)
		}
		w.drain()
		if proved >= akhra.ProposeClasses && offered > 0 {
			return
		}
	}
	t.Error("nothing was ever proposed")
}

// TestNothingIsProposedOnWhatMeasures: audit tasks, those drawn by chance and
// those with a known answer are blind, for the person as for the record.
func TestNothingIsProposedOnWhatMeasures(t *testing.T) {
	t.Parallel()
	w := proposing(t, 800, 385, 12)
	audit, of, offered := w.audit(), map[akhra.Why]int{}, map[akhra.Why]int{}
	for who := 1; who < len(w.people); who++ {
		for _, a := range w.lease(who, 40) {
			why := a.Why
			if audit[a.Item] {
				why = akhra.WhyAudit
			}
			of[why]++
			if a.Offered() != "" {
				offered[why]++
			}
			if a.Proposal != nil && (why == akhra.WhyAudit || why == akhra.WhyGold) || a.Proposal != nil && a.Proposal.Shown && !why.MayPropose() {
				t.Errorf("a task asked for %q was leased with %+v", why, a.Proposal)
			}
		}
	}
	for _, why := range []akhra.Why{akhra.WhyAudit, akhra.WhyRandom, akhra.WhyGold} {
		if of[why] < 10 || offered[why] > 0 {
			t.Errorf("%d of %d tasks asked for %q came with a proposal", offered[why], of[why], why)
		}
	}
	if offered[akhra.WhyUnsure] < of[akhra.WhyUnsure]/2 {
		t.Errorf("%d of %d ordinary tasks came with a proposal", offered[akhra.WhyUnsure], of[akhra.WhyUnsure])
	}
}

// TestSomeStayBlindAndSomeAreWrongOnPurpose draws for many people and every
// picture; the same draw comes out the same.
func TestSomeStayBlindAndSomeAreWrongOnPurpose(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 1)
	var places []akhra.Slot
	w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error {
		places = append(places, akhra.Slot{Task: one.ID, Item: one.Item, Why: akhra.WhyUnsure})
		return nil
	}))
	draw := func(who akhra.UserID) []akhra.Slot {
		t.Helper()
		w.must(w.e.Propose.Propose(t.Context(), w.tenant, who, places))
		return append([]akhra.Slot(nil), places...)
	}
	eligible, shown, wrong, second := 0, 0, 0, 0
	for range 60 {
		who := akhra.UserID(w.db.NewID())
		first := draw(who)
		for i, s := range draw(who) {
			p := s.Proposal
			if p == nil {
				continue
			}
			if *p != *first[i].Proposal {
				t.Fatalf("drawn again %+v is %+v", *first[i].Proposal, *p)
			}
			eligible++
			if p.Shown {
				shown++
			}
			if p.Planted() {
				wrong++
			}
			if p.P < akhra.ProposeSure || !p.Shown && p.Class != p.Thought {
				second++
			}
		}
	}
	if blind := 1 - float64(shown)/float64(eligible); eligible < 10_000 || blind < .10 || blind > .14 {
		t.Errorf("%d of %d were shown: %.3f stay blind", shown, eligible, blind)
	}
	if share := float64(wrong) / float64(shown); share < .03 || share > .05 || second > 0 {
		t.Errorf("%d of %d proposals are wrong on purpose: %.3f; %d break a rule", wrong, shown, share, second)
	}
}

// TestWhoAcceptsWrongProposalsIsAskedBlindAgain: a person who accepts whatever
// is proposed is found out, after a restart as well.
func TestWhoAcceptsWrongProposalsIsAskedBlindAgain(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 2)
	before := w.proposals()
	shown := before.Classes[0].Class
	var places []akhra.Slot
	w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error {
		if one.Purpose == akhra.ForTeaching && w.truth[one.Item] == 0 {
			places = append(places, akhra.Slot{Task: one.ID, Item: one.Item, Why: akhra.WhyUnsure,
				Proposal: &akhra.Proposal{Class: w.classes[1], Thought: w.classes[0], P: .9, Version: 1, Shown: true}})
		}
		return nil
	}))
	given := 0
	leases, err := w.db.Lease(t.Context(), w.tenant, w.people[1], 200, 1<<60, places)
	w.must(err)
	for _, a := range leases {
		if a.Proposal == nil || given == akhra.PlantsLeast {
			continue
		}
		if r := w.proposals(); r.Back || !r.Shown(shown) {
			t.Fatalf("after %d wrong proposals all is blind again: %+v", given, r.Plants)
		}
		class := 0
		if given++; given > 17 {
			class = 1 // three of twenty are accepted
		}
		if w.answer(1, a, class); given > 17 {
			w.drain()
		}
	}
	for range 2 {
		r := w.proposals()
		if !r.Back || r.Shown(shown) || !r.Classes[1].Back || r.Classes[0].Back || r.Plants != (propose.Taken{Accepted: 3, Of: 20 + before.Plants.Of}) || r.People[w.people[1]] != (propose.Taken{Accepted: 3, Of: 20}) {
			t.Errorf("after three of twenty were accepted: %+v", r)
		}
		for _, a := range w.lease(1, 200) {
			if a.Why != "" && a.Offered() != "" && !a.Proposal.Planted() {
				t.Error("a task comes with a proposal")
			}
		}
		w.close()
		w.open()
	}
}

// TestNothingIsProposedWhereAPromiseSpeaks: the audit is answered blind, so that
// it tells of the others only if they are, too.
func TestNothingIsProposedWhereAPromiseSpeaks(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 1)
	p, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	offered := func() (n int) {
		var places []akhra.Slot
		w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error {
			places = append(places, akhra.Slot{Task: one.ID, Item: one.Item, Why: akhra.WhyUnsure})
			return nil
		}))
		w.must(w.e.Propose.Propose(t.Context(), w.tenant, w.people[0], places))
		for _, s := range places {
			if s.Proposal != nil && s.Proposal.Shown {
				n++
			}
		}
		return n
	}
	if offered() == 0 {
		t.Fatal("nothing is proposed without a promise")
	}
	p.Settings.Target, p.Settings.Delta, p.Settings.Audit = .9, .1, 40
	w.must(w.db.UpdateProject(t.Context(), w.tenant, p))
	w.drain()
	if state := w.promise().State; !state.Speaks() || offered() > 0 {
		t.Errorf("%d proposals beside a promise that is %s", offered(), state)
	}
}
