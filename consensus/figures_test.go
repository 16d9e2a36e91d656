package consensus_test

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/census"
)

// recount adds up every standing answer of the world, one task after the other.
func (w *world) recount() (people []akhra.UserID, sums []census.Sums) {
	w.Helper()
	_, labels, err := w.db.Project(w.Context(), w.tenant)
	w.must(err)
	classes, at, known, votes := labels.Places(), map[akhra.UserID]int{}, map[akhra.TaskID]int{}, map[akhra.TaskID][]census.Vote{}
	w.must(w.db.Gold(w.Context(), w.tenant, func(g akhra.Gold) error { known[g.Task] = classes[g.Class]; return nil }))
	w.must(w.db.Standing(w.Context(), w.tenant, func(a akhra.Annotation) error {
		if a.Answer != akhra.AnswerClass && a.Answer != akhra.AnswerNotSure {
			return nil
		}
		v := census.Vote{Person: len(at), Class: census.None, Blind: !a.Seen(), Took: census.StepOf(a.TookMillis)}
		if place, met := at[a.Annotator]; met {
			v.Person = place
		} else {
			at[a.Annotator], people, sums = v.Person, append(people, a.Annotator), append(sums, census.Sums{})
		}
		if class, live := classes[a.Class]; live && a.Answer == akhra.AnswerClass {
			v.Class = class
		}
		votes[a.Task] = append(votes[a.Task], v)
		return nil
	}))
	for task, list := range votes {
		class, of := known[task]
		if !of {
			class = census.None
		}
		census.Count(sums, list, class, 1)
	}
	return people, sums
}

// figures are those of the room, of people with answers, by person.
func (w *world) figures() map[akhra.UserID]census.Sums {
	w.Helper()
	list, err := w.room.Figures(w.Context(), w.tenant)
	w.must(err)
	return told(list)
}

func told(list []akhra.Figures) map[akhra.UserID]census.Sums {
	of := map[akhra.UserID]census.Sums{}
	for _, f := range list {
		of[f.Annotator] = f.Sums
	}
	return trimmed(of)
}

// trimmed takes away what is nothing: counts grow as they are needed.
func trimmed(of map[akhra.UserID]census.Sums) map[akhra.UserID]census.Sums {
	trim := func(counts []int) []int {
		for len(counts) > 0 && counts[len(counts)-1] == 0 {
			counts = counts[:len(counts)-1]
		}
		return slices.Clip(append([]int{}, counts...))
	}
	for id, s := range of {
		s.Said, s.Shared, s.Took = trim(s.Said), trim(s.Shared), trim(s.Took)
		of[id] = s
	}
	maps.DeleteFunc(of, func(_ akhra.UserID, s census.Sums) bool { return len(s.Said)+len(s.Took) == 0 })
	return of
}

// counted compares what the room tells, and what it stored, with a recount.
func (w *world) counted(when string) {
	w.Helper()
	people, sums := w.recount()
	want := map[akhra.UserID]census.Sums{}
	for i, id := range people {
		want[id] = sums[i]
	}
	want = trimmed(want)
	if got := w.figures(); !reflect.DeepEqual(got, want) {
		w.Fatalf("%s the figures are\n%+v, a recount gives\n%+v", when, got, want)
	}
	w.must(w.room.Save(w.Context()))
	kept, err := w.db.Figures(w.Context(), w.tenant)
	w.must(err)
	if got := told(kept); !reflect.DeepEqual(got, want) {
		w.Fatalf("%s the stored figures are\n%+v, a recount gives\n%+v", when, got, want)
	}
}

// TestFiguresAreThoseOfARecount after any history of answers, corrections,
// undos, doubts, proposals and known answers, with kills between.
func TestFiguresAreThoseOfARecount(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		w := newWorld(t, settings(2, 5), 3, 6, 40)
		chance := rand.New(rand.NewPCG(seed, 11))
		for task := range 12 {
			w.shows(task%6, task, task%3, (task+task%2)%3)
			if task%3 == 0 {
				w.send(task%6, task, akhra.Annotation{Answer: akhra.AnswerStrike})
			}
		}
		w.live(chance, 400, func() {
			w.follow()
			switch chance.IntN(12) {
			case 0:
				w.counted("while people answer")
			case 1: // killed: what was not saved is followed again
				w.restart()
				w.seen = max(0, w.seen-akhra.Seq(chance.IntN(60)))
			case 2:
				w.must(w.room.Save(t.Context()))
			}
		})
		w.apply(w.events(0))
		w.counted("in the end")
		w.restart()
		w.counted("read from the store")
	}
}

// TestFiguresOfWhoTookAllBackGo, also when that is met only as the answers are
// read anew.
func TestFiguresOfWhoTookAllBackGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 5), 3, 3, 20)
	given := w.answer(0, 0, 1)
	other := w.answer(1, 0, 1)
	w.follow()
	w.counted("before")
	w.undo(0, 0, given)
	w.restart()
	w.follow()
	w.counted("after one")
	w.undo(1, 0, other)
	w.restart()
	w.follow()
	w.counted("after both")
}

// TestFiguresFollowTheClasses: answers that name a class that was merged count
// as its heir's, those of one that is gone name none.
func TestFiguresFollowTheClasses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 5), 4, 3, 20)
	w.live(rand.New(rand.NewPCG(1, 5)), 150, w.follow)
	classes := slices.Clone(w.labels.Classes)
	classes[1].Deleted, classes[1].Into = true, []akhra.ClassID{classes[0].ID}
	classes[3].Deleted = true
	_, err := w.db.SetLabels(t.Context(), w.tenant, classes)
	w.must(err)
	w.follow()
	w.counted("after classes went")
}

// TestFiguresOfAnOlderFolder: answers that came before figures were kept are
// counted at the first look.
func TestFiguresOfAnOlderFolder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 5), 3, 3, 20)
	w.live(rand.New(rand.NewPCG(3, 5)), 100, func() {})
	w.counted("without an event followed")
	hers, err := w.room.FiguresOf(t.Context(), w.tenant, w.people[0])
	w.must(err)
	all, err := w.room.Figures(t.Context(), w.tenant)
	w.must(err)
	slices.SortFunc(all, func(a, b akhra.Figures) int { return cmp.Compare(a.Annotator, b.Annotator) })
	if i := slices.IndexFunc(all, func(f akhra.Figures) bool { return f.Annotator == hers.Annotator }); i < 0 || !reflect.DeepEqual(all[i], hers) {
		t.Errorf("hers are %+v, of all %+v", hers, all)
	}
}
