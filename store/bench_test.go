package store_test

import (
	"fmt"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// BenchmarkSubmit stores answers one by one from 64 goroutines, each durable
// before the next; the time per answer is that of the whole crowd.
func BenchmarkSubmit(b *testing.B) {
	db, err := store.Open(b.Context(), b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	tenant, class := benchProject(b, db)
	open := make(chan akhra.Assignment, b.N+200)
	for batch := 0; len(open) < b.N; batch++ {
		lease(b, db, tenant, batch, open)
	}
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			a := <-open
			v, err := db.Submit(b.Context(), tenant, a.Annotator, []akhra.Annotation{{ID: akhra.AnnotationID(db.NewID()), Assignment: a.ID, Task: a.Task,
				Answer: akhra.AnswerClass, Class: class, TookMillis: 1500}})
			if err != nil || v[0].Outcome != akhra.Stored {
				b.Fatal(v, err)
			}
		}
	})
}

func benchProject(b *testing.B, db *store.DB) (akhra.Tenant, akhra.ClassID) {
	org, err := db.EnsureOrg(b.Context(), "Bench")
	if err != nil {
		b.Fatal(err)
	}
	t := akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(db.NewID())}
	l := akhra.LabelSet{ID: akhra.LabelSetID(db.NewID()), Version: 1, Classes: []akhra.Class{{ID: akhra.ClassID(db.NewID()), Name: "a"}, {ID: akhra.ClassID(db.NewID()), Name: "b"}}}
	p := akhra.Project{ID: t.Project, Org: t.Org, Name: "Bench", Question: "?", LabelSet: l.ID, Settings: akhra.DefaultSettings(), Created: akhra.MillisOf(time.Now())}
	if err := db.AddProject(b.Context(), t, p, l); err != nil {
		b.Fatal(err)
	}
	return t, l.Classes[0].ID
}

// lease adds 200 pictures and leases them all to one new person.
func lease(b *testing.B, db *store.DB, t akhra.Tenant, batch int, open chan<- akhra.Assignment) {
	items := make([]akhra.Item, 200)
	for i := range items {
		items[i] = akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: fmt.Sprintf("%064d", batch*len(items)+i), Name: "a.jpg", Width: 4, Height: 3}
	}
	who := akhra.User{ID: akhra.UserID(db.NewID()), Org: t.Org, Name: "P", Login: fmt.Sprint("p", batch), Role: akhra.Annotator}
	if err := db.AddUser(b.Context(), who); err != nil {
		b.Fatal(err)
	}
	if _, err := db.AddItems(b.Context(), t, items); err != nil {
		b.Fatal(err)
	}
	places := make([]akhra.Slot, 0, len(items))
	if err := db.Tasks(b.Context(), t, func(one akhra.Task) error {
		places = append(places, akhra.Slot{Task: one.ID, Item: one.Item})
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	got, err := db.Lease(b.Context(), t, who.ID, len(items), akhra.MillisOf(time.Now().Add(time.Hour)), places[len(places)-len(items):])
	if err != nil {
		b.Fatal(err)
	}
	for _, a := range got {
		open <- a
	}
}
