package consensus_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/consensus"
	"akhra.dev/akhra/store"
)

// world is one project in a real store, and the room that follows its log.
type world struct {
	*testing.T
	db       *store.DB
	room     *consensus.Room
	tenant   akhra.Tenant
	settings akhra.Settings
	labels   akhra.LabelSet
	tasks    []akhra.Task
	people   []akhra.UserID
	boss     akhra.UserID // knows answers and reviews
	held     map[hold]akhra.Assignment
	seen     akhra.Seq
	model    int64
}

// hold names the assignment of one task to one person.
type hold struct{ task, who int }

func newWorld(t *testing.T, s akhra.Settings, classes, people, tasks int) *world {
	t.Helper()
	now := func() time.Time { return time.UnixMilli(1_700_000_000_000) }
	db, err := store.Open(t.Context(), t.TempDir(), store.Options{Now: now, Chance: rand.NewChaCha8([32]byte{3}), Synchronous: "OFF"})
	w := &world{T: t, db: db, settings: s, held: map[hold]akhra.Assignment{}}
	w.must(err)
	t.Cleanup(func() { w.must(db.Close()) })
	org, err := db.EnsureOrg(t.Context(), "Akhra")
	w.must(err)
	w.tenant = akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(db.NewID())}
	w.labels = akhra.LabelSet{ID: akhra.LabelSetID(db.NewID()), Version: 1}
	for k := range classes {
		w.labels.Classes = append(w.labels.Classes, akhra.Class{ID: akhra.ClassID(db.NewID()), Name: fmt.Sprintf("class %d", k)})
	}
	w.must(db.AddProject(t.Context(), w.tenant, akhra.Project{ID: w.tenant.Project, Org: org.ID, Name: "leaves", Question: "What is it?",
		LabelSet: w.labels.ID, Settings: s}, w.labels))
	for n := range people {
		u := akhra.User{ID: akhra.UserID(db.NewID()), Org: org.ID, Name: fmt.Sprintf("P%d", n), Login: fmt.Sprintf("p%d", n), Role: akhra.Annotator}
		w.must(db.AddUser(t.Context(), u))
		w.people = append(w.people, u.ID)
	}
	w.boss = akhra.UserID(db.NewID())
	w.must(db.AddUser(t.Context(), akhra.User{ID: w.boss, Org: org.ID, Name: "Boss", Login: "boss", Role: akhra.Manager}))
	items := make([]akhra.Item, tasks)
	for n := range items {
		items[n] = akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: fmt.Sprintf("%064x", n), Name: fmt.Sprintf("%d.jpg", n), Width: 64, Height: 64}
	}
	_, err = db.AddItems(t.Context(), w.tenant, items)
	w.must(err)
	w.must(db.Tasks(t.Context(), w.tenant, func(one akhra.Task) error { w.tasks = append(w.tasks, one); return nil }))
	w.restart()
	return w
}

func settings(overlap, most int) akhra.Settings {
	s := akhra.DefaultSettings()
	s.Overlap, s.Cap, s.Pilot = overlap, most, 0
	return s
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// restart forgets the room, as the end of the process does.
func (w *world) restart() { w.room = consensus.New(w.db, slog.New(slog.DiscardHandler)) }

// answer is what a person says of a task; the class counts from 0.
func (w *world) answer(who, task, class int) akhra.Annotation {
	w.Helper()
	return w.send(who, task, akhra.Annotation{Answer: akhra.AnswerClass, Class: w.labels.Classes[class].ID})
}

// send stores any answer of a person, who leases the task when she has not.
func (w *world) send(who, task int, a akhra.Annotation) akhra.Annotation {
	w.Helper()
	held := w.hold(who, task)
	a.ID, a.Assignment, a.Task = akhra.AnnotationID(w.db.NewID()), held.ID, held.Task
	verdicts, err := w.db.Submit(w.Context(), w.tenant, w.people[who], []akhra.Annotation{a})
	w.must(err)
	if verdicts[0].Outcome != akhra.Stored {
		w.Fatalf("%+v was not stored: %+v", a, verdicts[0])
	}
	return a
}

// hold leases a task to a person beside those she has open again.
func (w *world) hold(who, task int) akhra.Assignment {
	w.Helper()
	at, one := hold{task, who}, w.tasks[task]
	if _, ok := w.held[at]; !ok {
		got, err := w.db.Lease(w.Context(), w.tenant, w.people[who], len(w.tasks)+1, 1_800_000_000_000, []akhra.Slot{{Task: one.ID, Item: one.Item}})
		w.must(err)
		for _, a := range got {
			if a.Task == one.ID {
				w.held[at] = a
			}
		}
	}
	return w.held[at]
}

// undo takes an answer back.
func (w *world) undo(who, task int, given akhra.Annotation) akhra.Annotation {
	w.Helper()
	return w.send(who, task, akhra.Annotation{Answer: akhra.AnswerUndo, Replaces: given.ID})
}

// events are those after a place in the log.
func (w *world) events(after akhra.Seq) []akhra.Event {
	w.Helper()
	events, err := w.db.Events(w.Context(), w.tenant.Org, after, 100_000)
	w.must(err)
	return events
}

// follow gives the room what it has not seen, as one batch, and fits when that
// is due.
func (w *world) follow() {
	w.Helper()
	if events := w.events(w.seen); len(events) > 0 {
		w.apply(events)
		w.seen = events[len(events)-1].Seq
	}
}

func (w *world) apply(events []akhra.Event) {
	w.Helper()
	w.must(w.room.Apply(w.Context(), events))
	for w.room.Due(w.tenant) {
		w.must(w.room.Fit(w.Context(), w.tenant))
	}
}

// of is the stored consensus of a task, empty when there is none.
func (w *world) of(task int) (c akhra.Consensus) {
	w.Helper()
	w.must(w.db.Consensus(w.Context(), w.tenant, []akhra.TaskID{w.tasks[task].ID}, func(one akhra.Consensus) error { c = one; return nil }))
	return c
}

// all is the stored consensus of every task.
func (w *world) all() map[akhra.TaskID]akhra.Consensus {
	w.Helper()
	rows := map[akhra.TaskID]akhra.Consensus{}
	w.must(w.db.AllConsensus(w.Context(), w.tenant, func(c akhra.Consensus) error { rows[c.Task] = c; return nil }))
	return rows
}

// says swaps in a model that says this of the tasks.
func (w *world) says(out map[int][]float64) {
	w.Helper()
	w.model++
	var rows []akhra.Prediction
	for task, p := range out {
		rows = append(rows, akhra.Prediction{Item: w.tasks[task].Item, Version: w.model, Probabilities: p, OutOfFold: true})
	}
	m := akhra.Model{Version: w.model, LabelSet: w.labels.Version, Temperature: 1, Taught: len(rows)}
	w.must(w.db.SwapModel(w.Context(), w.tenant, m, rows, nil))
}

// class is the place of a class in the label set, -1 for none.
func (w *world) class(id akhra.ClassID) int {
	for k, c := range w.labels.Classes {
		if c.ID == id {
			return k
		}
	}
	return -1
}
