package engine_test

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// TestAnExplanationNamesNothingThatMayBeAsked: no audit picture, none with a
// known answer, none that wants an answer; what taught it was answered as it
// says, and by those it says.
func TestAnExplanationNamesNothingThatMayBeAsked(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 1)
	e, err := w.e.Portrait.Explain(t.Context(), w.tenant)
	w.must(err)
	audit, known, said := w.audit(), map[akhra.ItemID]bool{}, map[akhra.ItemID]akhra.Annotation{}
	w.must(w.db.Gold(t.Context(), w.tenant, func(g akhra.Gold) error { known[g.Item] = true; return nil }))
	w.must(w.db.Standing(t.Context(), w.tenant, func(a akhra.Annotation) error { said[a.Item] = a; return nil }))
	if len(e.Cases) != 3 {
		t.Errorf("%d cases of 3 classes", len(e.Cases))
	}
	for _, l := range e.Cases {
		if audit[l.Item] || known[l.Item] || said[l.Item].Class != l.Settled {
			t.Errorf("a case of %s is %+v, answered %+v", l.Settled, l, said[l.Item])
		}
		if len(l.Near) == 0 {
			t.Errorf("nothing taught it what it thinks of %s", l.Item)
		}
		for _, n := range l.Near {
			if n.Item == l.Item || audit[n.Item] || said[n.Item].Class != n.Class || !slices.Contains(n.Annotators, said[n.Item].Annotator) {
				t.Errorf("%+v taught it, though %+v was said", n, said[n.Item])
			}
		}
	}
	open := 0
	w.must(w.db.Tasks(t.Context(), w.tenant, func(k akhra.Task) error {
		if _, answered := said[k.Item]; !answered && !audit[k.Item] && !known[k.Item] {
			open++
		}
		return nil
	}))
	if n := e.Waiting; n.Sure+n.Unsure+n.Unseen+n.Differ < open || n.Unseen > 0 {
		t.Errorf("%+v wait, want %d at least", n, open)
	}
	between := 0
	for _, b := range e.Between {
		between += b.Pictures
	}
	if between > e.Waiting.Unsure {
		t.Errorf("it hesitates on %d of %d pictures", between, e.Waiting.Unsure)
	}
}

// TestHowSureItIsIsCountedOnBlindAnswers: what was answered by chance is counted
// once, and right as often as it was right.
func TestHowSureItIsIsCountedOnBlindAnswers(t *testing.T) {
	t.Parallel()
	w := proposing(t, 560, 385, 1)
	e, err := w.e.Portrait.Explain(t.Context(), w.tenant)
	w.must(err)
	blinds, err := w.db.Blinds(t.Context(), w.tenant)
	w.must(err)
	of, last := 0, -1
	for _, s := range e.Sure {
		if s.From <= last || s.To <= s.From || s.Right > s.Of || s.Of == 0 {
			t.Errorf("a row is %+v after %d tenths", s, last)
		}
		of, last = of+s.Of, s.From
	}
	if of != len(blinds) || of == 0 {
		t.Errorf("%d blind answers are counted of %d", of, len(blinds))
	}
}
