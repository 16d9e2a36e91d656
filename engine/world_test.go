package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// world is a platform in a temporary folder with a virtual clock.
type world struct {
	t       *testing.T
	dir     string
	millis  atomic.Int64
	chance  *rand.ChaCha8
	db      *store.DB
	blobs   *blob.Store
	e       *engine.Engine
	tenant  akhra.Tenant
	classes []akhra.ClassID
	truth   map[akhra.ItemID]int
	people  []akhra.UserID
}

func newWorld(t *testing.T, settings akhra.Settings, classes, people int) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), chance: rand.NewChaCha8([32]byte{1}), truth: map[akhra.ItemID]int{}}
	w.millis.Store(1_700_000_000_000)
	w.open()
	t.Cleanup(w.close)
	org, err := w.db.EnsureOrg(t.Context(), "Akhra")
	w.must(err)
	w.tenant = akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(w.db.NewID())}
	labels := akhra.LabelSet{ID: akhra.LabelSetID(w.db.NewID()), Version: 1}
	for k := range classes {
		id := akhra.ClassID(w.db.NewID())
		w.classes = append(w.classes, id)
		labels.Classes = append(labels.Classes, akhra.Class{ID: id, Name: fmt.Sprintf("class %d", k)})
	}
	project := akhra.Project{ID: w.tenant.Project, Org: org.ID, Name: "leaves", Question: "What is it?",
		LabelSet: labels.ID, Settings: settings, Created: akhra.MillisOf(w.now())}
	w.must(w.db.AddProject(t.Context(), w.tenant, project, labels))
	for n := range people {
		u := akhra.User{ID: akhra.UserID(w.db.NewID()), Org: org.ID, Name: fmt.Sprintf("P%d", n), Login: fmt.Sprintf("p%d", n),
			Role: akhra.Annotator, Created: akhra.MillisOf(w.now())}
		w.must(w.db.AddUser(t.Context(), u))
		w.people = append(w.people, u.ID)
	}
	return w
}

func (w *world) now() time.Time { return time.UnixMilli(w.millis.Load()) }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// open opens store, blobs and engine, as after a restart.
func (w *world) open() {
	w.t.Helper()
	var err error
	w.db, err = store.Open(context.Background(), w.dir, store.Options{Now: w.now, Chance: w.chance})
	w.must(err)
	w.blobs, err = blob.Open(filepath.Join(w.dir, "blobs"))
	w.must(err)
	w.e = engine.New(engine.Config{DB: w.db, Blobs: w.blobs, Now: w.now, Chance: w.chance})
}

func (w *world) close() {
	if w.db != nil {
		w.must(w.db.Close())
		w.db = nil
	}
}

func (w *world) drain() {
	w.t.Helper()
	w.must(w.e.Drain(w.t.Context()))
}

// pictures adds n pictures: noise in the colour of their class.
func (w *world) pictures(n int) {
	w.t.Helper()
	dice := rand.New(rand.NewPCG(7, uint64(len(w.truth))))
	var items []akhra.Item
	for range n {
		k := dice.IntN(len(w.classes))
		thumb := make([]byte, embed.ThumbBytes)
		for i := range thumb {
			thumb[i] = byte(60 + dice.IntN(80))
			if i%3 == k%3 {
				thumb[i] += byte(60 + 30*(k/3))
			}
		}
		hash, err := w.blobs.PutBytes(w.t.Context(), thumb)
		w.must(err)
		id := akhra.ItemID(w.db.NewID())
		w.truth[id] = k
		items = append(items, akhra.Item{ID: id, Blob: hash, Thumb: hash, Name: string(id) + ".jpg", Width: 64, Height: 64,
			Created: akhra.MillisOf(w.now())})
	}
	_, err := w.db.AddItems(w.t.Context(), w.tenant, items)
	w.must(err)
}

func (w *world) lease(who, n int) []akhra.Assignment {
	w.t.Helper()
	got, err := w.e.Queue.Lease(w.t.Context(), w.tenant, w.people[who], n)
	w.must(err)
	return got
}

// answer sends one answer; class < 0 skips.
func (w *world) answer(who int, a akhra.Assignment, class int) akhra.Annotation {
	w.t.Helper()
	w.millis.Add(1000)
	answer := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: a.ID, Task: a.Task, Answer: akhra.AnswerSkip, Reason: "other"}
	if class >= 0 {
		answer.Answer, answer.Reason, answer.Class = akhra.AnswerClass, "", w.classes[class]
	}
	verdicts, err := w.db.Submit(w.t.Context(), w.tenant, w.people[who], []akhra.Annotation{answer})
	w.must(err)
	if len(verdicts) != 1 || verdicts[0].Outcome != akhra.Stored {
		w.t.Fatalf("answer was not stored: %+v", verdicts)
	}
	return answer
}

// takeBack undoes an answer.
func (w *world) takeBack(who int, said akhra.Annotation) {
	w.t.Helper()
	undo := akhra.Annotation{ID: akhra.AnnotationID(w.db.NewID()), Assignment: said.Assignment, Task: said.Task, Answer: akhra.AnswerUndo, Replaces: said.ID}
	_, err := w.db.Submit(w.t.Context(), w.tenant, w.people[who], []akhra.Annotation{undo})
	w.must(err)
}

// work lets one person answer n tasks truly, draining after each lease.
func (w *world) work(who, n int) {
	w.t.Helper()
	for n > 0 {
		got := w.lease(who, min(n, 20))
		if len(got) == 0 {
			w.t.Fatalf("%d tasks left to do, none to lease", n)
		}
		for _, a := range got {
			w.answer(who, a, w.truth[a.Item])
		}
		n -= len(got)
		w.drain()
	}
}

// finish answers truly until nothing is left to ask, and tells how many answers
// that took.
func (w *world) finish() (given int) {
	w.t.Helper()
	w.drain()
	for {
		got := w.lease(0, 10)
		if len(got) == 0 {
			return given
		}
		for _, a := range got {
			w.answer(0, a, w.truth[a.Item])
		}
		given += len(got)
		w.drain()
	}
}

func settings(overlap, most int) akhra.Settings {
	s := akhra.DefaultSettings()
	s.Overlap, s.Cap, s.Strategy, s.Seed = overlap, most, "margin", 5
	return s
}
