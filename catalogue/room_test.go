package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/catalogue"
	"akhra.dev/akhra/store"
)

// house is a store with a project that a chain of chance happens to.
type house struct {
	*testing.T
	db     *store.DB
	t      akhra.Tenant
	labels akhra.LabelSet
	people []akhra.UserID
	items  []akhra.ItemID
	batch  [2]akhra.BatchID
	chance *rand.Rand
	clock  time.Time
}

func newHouse(t *testing.T, seed uint64) *house {
	t.Helper()
	h := &house{T: t, chance: rand.New(rand.NewPCG(seed, 3)), clock: time.UnixMilli(1_700_000_000_000)}
	var err error
	h.db, err = store.Open(t.Context(), t.TempDir(), store.Options{Synchronous: "OFF", Now: func() time.Time { return h.clock }})
	h.must(err)
	t.Cleanup(func() { h.db.Close() })
	org, err := h.db.EnsureOrg(t.Context(), "Centre")
	h.must(err)
	h.t = akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(h.db.NewID())}
	h.labels = akhra.LabelSet{ID: akhra.LabelSetID(h.db.NewID()), Version: 1}
	for _, name := range []string{"pest", "leaf", "beetle"} {
		h.labels.Classes = append(h.labels.Classes, akhra.Class{ID: akhra.ClassID(h.db.NewID()), Name: name})
	}
	h.must(h.db.AddProject(t.Context(), h.t, akhra.Project{ID: h.t.Project, Org: org.ID, Name: "p", Question: "?", LabelSet: h.labels.ID, Settings: akhra.DefaultSettings()}, h.labels))
	for i := range 3 {
		u := akhra.User{ID: akhra.UserID(h.db.NewID()), Org: org.ID, Name: "P", Login: fmt.Sprint("p", i), Role: akhra.Annotator}
		h.must(h.db.AddUser(t.Context(), u))
		h.people = append(h.people, u.ID)
	}
	for i := range h.batch {
		h.batch[i] = akhra.BatchID(h.db.NewID())
		h.must(h.db.PutBatch(t.Context(), h.t, akhra.Batch{ID: h.batch[i], Name: fmt.Sprint("b", i), Priority: akhra.PriorityNormal}, h.people[0]))
	}
	h.come(20)
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// come adds n pictures.
func (h *house) come(n int) {
	h.Helper()
	lot := make([]akhra.Item, n)
	for i := range lot {
		at := len(h.items) + i
		lot[i] = akhra.Item{ID: akhra.ItemID(h.db.NewID()), Blob: fmt.Sprintf("%064x", at), Name: fmt.Sprintf("Leaf-%d.jpg", at*37%101), Width: 4, Height: 3, Created: akhra.MillisOf(h.clock)}
	}
	_, err := h.db.AddItems(h.Context(), h.t, lot)
	h.must(err)
	for _, one := range lot {
		h.items = append(h.items, one.ID)
	}
}

func (h *house) some() []akhra.ItemID {
	return []akhra.ItemID{h.items[h.chance.IntN(len(h.items))], h.items[h.chance.IntN(len(h.items))]}
}

// answer lets somebody answer a picture, correct or take back what she said,
// and something be inferred.
func (h *house) answer() {
	h.Helper()
	entry, err := h.db.Entry(h.Context(), h.t, h.some()[0])
	h.must(err)
	who, class := h.people[h.chance.IntN(3)], h.labels.Classes[h.chance.IntN(3)].ID
	until := akhra.MillisOf(h.clock.Add(time.Hour))
	got, err := h.db.Lease(h.Context(), h.t, who, 1, until, []akhra.Slot{{Task: entry.Task, Item: entry.Item}})
	h.must(err)
	if len(got) == 0 {
		return
	}
	a := akhra.Annotation{ID: akhra.AnnotationID(h.db.NewID()), Assignment: got[0].ID, Task: got[0].Task, Answer: akhra.AnswerClass, Class: class}
	all := []akhra.Annotation{a}
	switch h.chance.IntN(4) {
	case 0:
		all = append(all, akhra.Annotation{ID: akhra.AnnotationID(h.db.NewID()), Assignment: a.Assignment, Task: a.Task, Answer: akhra.AnswerUndo, Replaces: a.ID})
	case 1:
		all = append(all, akhra.Annotation{ID: akhra.AnnotationID(h.db.NewID()), Assignment: a.Assignment, Task: a.Task, Answer: akhra.AnswerClass, Class: h.labels.Classes[0].ID, Replaces: a.ID})
	}
	_, err = h.db.Submit(h.Context(), h.t, who, all)
	h.must(err)
	p := h.chance.Float64()
	h.must(h.db.PutConsensus(h.Context(), h.t, []akhra.Consensus{{Task: got[0].Task, Item: got[0].Item, Class: class, Posterior: []float64{p, 1 - p, 0}, Answers: 1, Asked: 1,
		State: []akhra.TaskState{akhra.TaskOpen, akhra.TaskDone, akhra.TaskReview}[h.chance.IntN(3)]}}))
}

// happen lets one thing happen.
func (h *house) happen() {
	h.Helper()
	h.clock = h.clock.Add(time.Minute)
	var err error
	switch h.chance.IntN(14) {
	case 0:
		h.come(1 + h.chance.IntN(3))
	case 1:
		err = h.db.SetGold(h.Context(), h.t, []akhra.Gold{{Item: h.some()[0], Class: h.labels.Classes[1].ID, Source: akhra.GoldImport}})
	case 2:
		err = h.db.RemoveGold(h.Context(), h.t, h.some()[0], h.people[0])
	case 3:
		_, err = h.db.Remove(h.Context(), h.t, h.some(), h.people[0])
	case 4:
		_, err = h.db.Restore(h.Context(), h.t, h.some(), h.people[0])
	case 5:
		_, err = h.db.Reask(h.Context(), h.t, h.some(), h.people[0])
	case 6:
		_, err = h.db.Withdraw(h.Context(), h.t, h.some(), h.people[0])
	case 7, 8:
		h.move(h.some())
	default:
		h.answer()
	}
	h.must(err)
}

// move puts pictures into one of the batches, or out of theirs.
func (h *house) move(items []akhra.ItemID) {
	h.Helper()
	c := akhra.Change{ID: akhra.ChangeID(h.db.NewID()), Act: akhra.ChangeBatch, Batch: append(h.batch[:], "")[h.chance.IntN(3)], By: h.people[0]}
	_, err := h.db.AddChange(h.Context(), h.t, c)
	h.must(err)
	h.must(h.db.PlanChange(h.Context(), h.t, c.ID, items, true))
	_, err = h.db.DoChange(h.Context(), h.t, c.ID, len(items))
	h.must(err)
}

// wants are searches of this house.
func (h *house) wants() []akhra.Search {
	half := akhra.MillisOf(h.clock.Add(-100 * time.Minute))
	return []akhra.Search{{}, {Order: akhra.OrderName, Text: "LEAF-1"}, {Order: akhra.OrderNewest, Removed: true}, {Differ: true, Order: akhra.OrderAnswered},
		{Classes: []akhra.ClassID{h.labels.Classes[0].ID}, Order: akhra.OrderOldest}, {Annotators: h.people[:2], Stages: []akhra.Stage{akhra.StageDone, akhra.StageReview}},
		{Gold: true}, {Batches: h.batch[:1], Stages: []akhra.Stage{akhra.StageDone}}, {Batches: h.batch[:], Order: akhra.OrderName}, {CameTo: half}, {AnsweredFrom: half, Doubts: []akhra.Doubt{akhra.DoubtLittle, akhra.DoubtSome}}}
}

// found is everything a search finds, page by page.
func (h *house) found(room *catalogue.Room, s akhra.Search) (ids []akhra.ItemID, tally *catalogue.Tally) {
	h.Helper()
	for cursor := ""; ; {
		page, err := room.Find(h.Context(), h.t, s, cursor, 7)
		h.must(err)
		if cursor == "" {
			tally = page.Tally
		}
		if ids = append(ids, page.Items...); page.Next == "" {
			return ids, tally
		}
		cursor = page.Next
	}
}

// TestWhoFollowsTheLogSeesWhatWhoReadsAnewSees: whatever happens, a room that
// has been looking finds what one that has just begun finds, page by page each
// picture once, and counts them.
func TestWhoFollowsTheLogSeesWhatWhoReadsAnewSees(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		h := newHouse(t, seed)
		room := catalogue.New(h.db, thinker(0), func() time.Time { return h.clock })
		for range 30 {
			for range h.chance.IntN(12) {
				h.happen()
			}
			anew := catalogue.New(h.db, thinker(0), func() time.Time { return h.clock })
			for i, s := range h.wants() {
				got, counted := h.found(room, s)
				want, tally := h.found(anew, s)
				if !slices.Equal(got, want) || !reflect.DeepEqual(counted, tally) {
					t.Fatalf("seed %d, search %d: %v %+v, want %v %+v", seed, i, got, counted, want, tally)
				}
				all, err := room.All(t.Context(), h.t, s)
				h.must(err)
				slices.Sort(got)
				slices.Sort(all)
				if !slices.Equal(got, all) || counted.Found != len(all) {
					t.Fatalf("seed %d, search %d: pages hold %v, counted %d, want %v", seed, i, got, counted.Found, all)
				}
			}
		}
	}
}

// TestEachCountIsWhatOneWouldSee asks for each counted thing beside the rest.
func TestEachCountIsWhatOneWouldSee(t *testing.T) {
	t.Parallel()
	h := newHouse(t, 9)
	room := catalogue.New(h.db, thinker(0), func() time.Time { return h.clock })
	for range 200 {
		h.happen()
	}
	for i, s := range h.wants() {
		_, tally := h.found(room, s)
		for class, n := range tally.Classes {
			one := s
			one.Classes = []akhra.ClassID{class}
			if _, seen := h.found(room, one); seen.Found != n {
				t.Errorf("search %d: %d of a class counted, %d seen", i, n, seen.Found)
			}
		}
		for who, n := range tally.Annotators {
			one := s
			one.Annotators = []akhra.UserID{who}
			if _, seen := h.found(room, one); seen.Found != n {
				t.Errorf("search %d: %d of a person counted, %d seen", i, n, seen.Found)
			}
		}
		for batch, n := range tally.Batches {
			one := s
			one.Batches = []akhra.BatchID{batch}
			if _, seen := h.found(room, one); seen.Found != n {
				t.Errorf("search %d: %d of a batch counted, %d seen", i, n, seen.Found)
			}
		}
		for stage, n := range tally.Stages {
			one := s
			one.Stages = []akhra.Stage{stage}
			if _, seen := h.found(room, one); seen.Found != n {
				t.Errorf("search %d: %d at stage %s counted, %d seen", i, n, stage, seen.Found)
			}
		}
	}
}

// TestABatchIsCountedAsItsSearchesCountIt: pictures and settled ones.
func TestABatchIsCountedAsItsSearchesCountIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, 5)
	room := catalogue.New(h.db, thinker(0), time.Now)
	for range 200 {
		h.happen()
	}
	counted, err := room.Batches(t.Context(), h.t)
	h.must(err)
	for _, id := range h.batch {
		_, all := h.found(room, akhra.Search{Batches: []akhra.BatchID{id}})
		_, done := h.found(room, akhra.Search{Batches: []akhra.BatchID{id}, Stages: []akhra.Stage{akhra.StageDone}})
		if want := (catalogue.Batch{Pictures: all.Found, Done: done.Found}); counted[id] != want || want.Done == 0 {
			t.Errorf("batch %s: %+v, want %+v", id, counted[id], want)
		}
	}
}

// TestNamesAreOrderedAsPeopleCount: numbers in names by their value.
func TestNamesAreOrderedAsPeopleCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t, 1)
	room := catalogue.New(h.db, thinker(0), time.Now)
	ids, _ := h.found(room, akhra.Search{Order: akhra.OrderName, Text: "leaf"})
	last := -1
	for _, id := range ids {
		one, err := h.db.Item(t.Context(), h.t, id)
		h.must(err)
		n := 0
		if _, err := fmt.Sscanf(one.Name, "Leaf-%d.jpg", &n); err != nil || n < last {
			t.Errorf("%s comes after %d", one.Name, last)
		}
		last = n
	}
	if len(ids) != 20 {
		t.Errorf("%d found, want all 20: letters match whatever their case", len(ids))
	}
}

// TestACursorOfAnotherMakeIsRefused: nothing but a cursor is taken for one.
func TestACursorOfAnotherMakeIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, 1)
	room := catalogue.New(h.db, thinker(0), time.Now)
	for _, cursor := range []string{"x", "%%%", "bnVsbA", "e30x"} {
		if _, err := room.Find(t.Context(), h.t, akhra.Search{}, cursor, 5); akhra.CodeOf(err) != akhra.Invalid && cursor != "bnVsbA" {
			t.Errorf("%q: %v", cursor, err)
		}
	}
	if _, err := room.Find(t.Context(), h.t, akhra.Search{Order: "luck"}, "", 5); akhra.CodeOf(err) != akhra.Invalid {
		t.Errorf("an order nobody knows: %v", err)
	}
}
