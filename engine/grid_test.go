package engine_test

import (
	"testing"

	"akhra.dev/akhra"
)

func (w *world) grid(who int, class akhra.ClassID) akhra.Grid {
	w.t.Helper()
	g, err := w.e.Queue.Grid(w.t.Context(), w.tenant, w.people[who], class)
	w.must(err)
	return g
}

// strike says that a tile does not show the class of its grid.
func (w *world) strike(who int, a akhra.Assignment) akhra.Annotation {
	w.t.Helper()
	w.millis.Add(1000)
	said := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: a.ID, Task: a.Task, Answer: akhra.AnswerStrike}
	verdicts, err := w.db.Submit(w.t.Context(), w.tenant, w.people[who], []akhra.Annotation{said})
	w.must(err)
	if verdicts[0].Outcome != akhra.Stored {
		w.t.Fatalf("a strike was not stored: %+v", verdicts)
	}
	return said
}

// beside are the questions that come after a person's grid.
func (w *world) beside(who int) (list []akhra.Assignment) {
	w.t.Helper()
	w.must(w.db.Leases(w.t.Context(), w.tenant, func(a akhra.Assignment) error {
		if a.Grid == akhra.AfterGrid && a.Annotator == w.people[who] {
			list = append(list, a)
		}
		return nil
	}))
	return list
}

// finishGrid confirms what is right, strikes out the rest and answers what comes after.
func (w *world) finishGrid(who int, g akhra.Grid) {
	w.t.Helper()
	for _, a := range g.Tiles {
		if w.classes[w.truth[a.Item]] == g.Class {
			w.answer(who, a, w.truth[a.Item])
		} else {
			w.strike(who, a)
		}
	}
	for _, a := range w.beside(who) {
		w.answer(who, a, w.truth[a.Item])
	}
}

// TestAGridHoldsOnlyWhatMayBePutToPeople: no audit picture, none with a known
// answer, none asked by chance, one class on all tiles; a share stays blind and
// a share is wrong on purpose, as on ordinary tasks.
func TestAGridHoldsOnlyWhatMayBePutToPeople(t *testing.T) {
	t.Parallel()
	w := proposing(t, 1500, 385, 12)
	audit, tiles, plants, blind := w.audit(), 0, 0, 0
	known := map[akhra.ItemID]bool{}
	w.must(w.db.Gold(t.Context(), w.tenant, func(g akhra.Gold) error { known[g.Item] = true; return nil }))
	chance := map[akhra.ItemID]bool{}
	for who := 1; who < len(w.people); who++ {
		for _, a := range w.lease(who, 10) {
			chance[a.Item] = chance[a.Item] || a.Why == akhra.WhyRandom
		}
		g := w.grid(who, "")
		if len(g.Tiles) == 0 {
			t.Fatalf("no grid for person %d: %+v", who, g)
		}
		for _, a := range g.Tiles {
			tiles++
			if a.Proposal.Planted() {
				plants++
			}
			if audit[a.Item] || known[a.Item] || chance[a.Item] || a.Offered() != g.Class || a.Proposal.P < akhra.ProposeSure {
				t.Errorf("a tile of a grid of %s is %+v of %+v", g.Class, a, a.Proposal)
			}
		}
		for _, a := range w.beside(who) {
			blind++
			if a.Offered() != "" || a.Proposal == nil || a.Proposal.Shown || audit[a.Item] || known[a.Item] {
				t.Errorf("what stays blind is %+v of %+v", a, a.Proposal)
			}
		}
	}
	if tiles < 200 || plants == 0 || plants > tiles/10 || blind < tiles/20 || blind > tiles/4 {
		t.Errorf("of %d tiles %d are wrong on purpose, %d stayed blind beside them", tiles, plants, blind)
	}
}

// TestAGridIsHersUntilItIsAnswered: asked again it is the same one; the next one
// comes after what was struck out and what stayed blind is answered.
func TestAGridIsHersUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	w := proposing(t, 1000, 385, 3)
	g := w.grid(1, "")
	again := w.grid(1, w.classes[2])
	if again.Class != g.Class || len(again.Tiles) != len(g.Tiles) {
		t.Fatalf("asked again: %d tiles of %s, want %d of %s", len(again.Tiles), again.Class, len(g.Tiles), g.Class)
	}
	held := map[akhra.TaskID]bool{}
	for _, a := range g.Tiles {
		held[a.Task] = true
	}
	for _, a := range append(w.lease(1, 60), w.grid(2, g.Class).Tiles...) {
		if held[a.Task] {
			t.Errorf("a tile of hers was given out again: %+v", a)
		}
	}
	w.strike(1, g.Tiles[0])
	for _, a := range g.Tiles[1:] {
		w.answer(1, a, w.truth[a.Item])
	}
	w.drain()
	asked := w.beside(1)
	if next := w.grid(1, ""); len(next.Tiles) > 0 || next.First != len(asked) || len(asked) == 0 {
		t.Fatalf("with %d questions open she gets %d tiles, %d first", len(asked), len(next.Tiles), next.First)
	}
	w.close()
	w.open()
	for _, a := range asked {
		if a.Offered() != "" {
			t.Errorf("a question after a grid comes with %q", a.Offered())
		}
		w.answer(1, a, w.truth[a.Item])
	}
	w.drain()
	if next := w.grid(1, ""); len(next.Tiles) < akhra.GridLeast {
		t.Errorf("all answered, she gets %d tiles", len(next.Tiles))
	}
}

// TestConfirmedTilesWeighAsProposalsDo: who confirms a tile is the one who
// confirms proposals; what was struck out and answered after is an objection; a
// plant that was struck out was not accepted, one that was confirmed says nothing.
func TestConfirmedTilesWeighAsProposalsDo(t *testing.T) {
	t.Parallel()
	w := proposing(t, 1500, 385, 8)
	before, accepted, struck := w.proposals().Plants, 0, 0
	for who := 1; who < len(w.people); who++ {
		g := w.grid(who, "")
		for _, a := range g.Tiles {
			if a.Proposal.Planted() && who%2 == 0 {
				w.answer(who, a, slot(w.classes, g.Class))
				accepted++
			} else if w.classes[w.truth[a.Item]] != g.Class {
				w.strike(who, a)
				if a.Proposal.Planted() {
					struck++
				}
			} else {
				w.answer(who, a, w.truth[a.Item])
			}
		}
		for _, a := range w.beside(who) {
			w.answer(who, a, w.truth[a.Item])
		}
	}
	w.drain()
	if after := w.proposals().Plants; accepted == 0 || struck == 0 || after.Accepted-before.Accepted != accepted || after.Of-before.Of != accepted+struck {
		t.Errorf("%d plants were confirmed and %d struck out: %+v after %+v", accepted, struck, after, before)
	}
	w.must(w.db.Standing(t.Context(), w.tenant, func(a akhra.Annotation) error {
		if a.Answer == akhra.AnswerStrike {
			t.Errorf("a strike stands though the picture was answered after it: %+v", a)
		}
		if a.Proposal != nil && a.Proposal.Shown && !a.Fooled() && a.Agrees() != (a.Class == a.Proposal.Class) {
			t.Errorf("%+v beside %+v", a, a.Proposal)
		}
		return nil
	}))
}

func slot(classes []akhra.ClassID, of akhra.ClassID) int {
	for k, c := range classes {
		if c == of {
			return k
		}
	}
	return -1
}

// TestAPageOfAGridIsTakenBackWhole: after the undo of all that was said the grid
// is there again as it was, also after a restart, and can be answered anew.
func TestAPageOfAGridIsTakenBackWhole(t *testing.T) {
	t.Parallel()
	w := proposing(t, 1000, 385, 2)
	g := w.grid(1, "")
	var said []akhra.Annotation
	for i, a := range g.Tiles {
		if i%5 == 0 {
			said = append(said, w.strike(1, a))
		} else {
			said = append(said, w.answer(1, a, slot(w.classes, g.Class)))
		}
	}
	w.drain()
	for _, one := range said {
		w.takeBack(1, one)
	}
	w.drain()
	w.close()
	w.open()
	again := w.grid(1, "")
	if again.Class != g.Class || len(again.Tiles) != len(g.Tiles) {
		t.Fatalf("taken back the grid has %d of %d tiles", len(again.Tiles), len(g.Tiles))
	}
	for _, a := range again.Tiles {
		if a.Offered() != g.Class {
			t.Errorf("a tile comes back with %q", a.Offered())
		}
	}
	w.finishGrid(1, again)
	w.drain()
	if next := w.grid(1, ""); next.First != 0 {
		t.Errorf("answered anew, %d questions are left", next.First)
	}
}

// TestThereIsNoGridWherePeopleAreAskedBlind: with the switch off, and where a
// promise stands.
func TestThereIsNoGridWherePeopleAreAskedBlind(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 2)
	p, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	set := func(propose bool, target float64) {
		p.Settings.Propose, p.Settings.Target, p.Settings.Delta, p.Settings.Audit = propose, target, .1, 40
		w.must(w.db.UpdateProject(t.Context(), w.tenant, p))
		w.drain()
	}
	if set(false, 0); len(w.grid(1, "").Tiles) > 0 {
		t.Error("a grid while nothing is proposed")
	}
	if set(true, .9); !w.promise().State.Speaks() || len(w.grid(1, "").Tiles) > 0 {
		t.Error("a grid beside a promise")
	}
}
