package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// goldWorld is a project of n pictures whose first known ones are gold.
func goldWorld(t *testing.T, s akhra.Settings, n, known, people int) (w *world, gold map[akhra.TaskID]bool) {
	t.Helper()
	w = newWorld(t, s, 2, people)
	w.names(n)
	gold = map[akhra.TaskID]bool{}
	var rows []akhra.Gold
	w.must(w.db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error {
		if len(rows) < known {
			gold[one.ID] = true
			rows = append(rows, akhra.Gold{Item: one.Item, Task: one.ID, Class: w.classes[w.truth[one.Item]], Source: akhra.GoldImport})
		}
		return nil
	}))
	w.must(w.db.SetGold(t.Context(), w.tenant, rows))
	return w, gold
}

// names adds n pictures that nobody looks at: they have no bytes.
func (w *world) names(n int) {
	w.t.Helper()
	items := make([]akhra.Item, n)
	for i := range items {
		items[i] = akhra.Item{ID: akhra.ItemID(w.db.NewID()), Blob: fmt.Sprintf("%064x", i), Name: fmt.Sprint(i), Width: 64, Height: 64}
	}
	_, err := w.db.AddItems(w.t.Context(), w.tenant, items)
	w.must(err)
}

func goldSettings(share float64) akhra.Settings {
	s := settings(1, 3)
	s.GoldShare = share
	return s
}

func TestGoldIsMixedInByItsShare(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{0, 0.05, 0.12, 0.3} {
		w, _ := goldWorld(t, goldSettings(share), 2400, 150, 10)
		known, all, places := 0, 0, map[int]bool{}
		for who := range w.people {
			w.must(w.e.Queue.TopUp(t.Context(), w.tenant))
			for n := 20; n < 200; n += 20 {
				w.lease(who, n)
			}
			for i, a := range w.lease(who, 200) {
				all++
				if a.Why == akhra.WhyGold {
					known++
					places[i%20] = true
				}
			}
		}
		if got := float64(known) / float64(all); all != 2000 || got < share-0.02 || got > share+0.02 {
			t.Errorf("%d of %d leased tasks were gold, want a share of %v", known, all, share)
		}
		if share > 0 && len(places) < 15 {
			t.Errorf("gold came at %d of 20 places of a list: it can be told by its place", len(places))
		}
	}
}

func TestGoldRotates(t *testing.T) {
	t.Parallel()
	w, _ := goldWorld(t, goldSettings(0.3), 400, 3, 12)
	asked := map[akhra.TaskID]int{}
	for who := range w.people {
		for _, a := range w.lease(who, 4) {
			if a.Why == akhra.WhyGold {
				asked[a.Task]++
			}
		}
	}
	least, most := asked[first(asked)], 0
	for _, n := range asked {
		least, most = min(least, n), max(most, n)
	}
	if len(asked) != 3 || most-least > 1 {
		t.Errorf("three known answers were asked %v times", asked)
	}
}

func first(m map[akhra.TaskID]int) (id akhra.TaskID) {
	for id = range m {
		break
	}
	return id
}

// A person may undo an answer to gold like any other; answered, it never comes
// to her again, and when she has had all there is, her work goes on without.
func TestGoldComesOnceToAPerson(t *testing.T) {
	t.Parallel()
	w, gold := goldWorld(t, goldSettings(0.3), 60, 2, 1)
	times, undone := map[akhra.TaskID]int{}, false
	for range 60 {
		got := w.lease(0, 4)
		for _, a := range got {
			times[a.Task]++
			said := w.answer(0, a, 0)
			if a.Why == akhra.WhyGold && !undone {
				undone = true
				w.takeBack(0, said)
				w.drain()
				if !slices.ContainsFunc(w.lease(0, 4), func(b akhra.Assignment) bool { return b.ID == a.ID }) {
					t.Fatal("after the undo she does not hold the picture again")
				}
				w.answer(0, a, 1)
			}
		}
		w.drain()
		if len(got) == 0 {
			break
		}
	}
	for task, n := range times {
		if n != 1 {
			t.Errorf("task %s (gold: %v) came %d times", task, gold[task], n)
		}
	}
	if len(times) < 58 || !undone {
		t.Errorf("she was asked %d of 60 tasks, gold undone: %v", len(times), undone)
	}
}

func TestTheShareFollowsTheRules(t *testing.T) {
	t.Parallel()
	w, _ := goldWorld(t, goldSettings(0), 200, 40, 1)
	w.lease(0, 20)
	p, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	p.Settings.GoldShare = 0.3
	w.must(w.db.UpdateProject(t.Context(), w.tenant, p))
	w.drain()
	known := 0
	for _, a := range w.lease(0, 60) {
		if a.Why == akhra.WhyGold {
			known++
		}
	}
	if known < 10 || known > 14 {
		t.Errorf("of 40 tasks after the change %d were gold, want about 12", known)
	}
}
