package store_test

import (
	"fmt"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// BenchmarkGoldFor chooses known answers for one of 50 people in a project of
// 1,000, each of whom was asked half of them.
func BenchmarkGoldFor(b *testing.B) {
	db, err := store.Open(b.Context(), b.TempDir(), store.Options{Synchronous: "OFF"})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const golds, people = 1000, 50
	tenant, class := benchProject(b, db)
	items := make([]akhra.Item, golds)
	known := make([]akhra.Gold, golds)
	for i := range items {
		items[i] = akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: fmt.Sprintf("%064x", i), Name: fmt.Sprint(i), Width: 1, Height: 1}
		known[i] = akhra.Gold{Item: items[i].ID, Class: class, Source: akhra.GoldImport}
	}
	_, err = db.AddItems(b.Context(), tenant, items)
	mustBench(b, err)
	mustBench(b, db.SetGold(b.Context(), tenant, known))
	var hers akhra.UserID
	for range people {
		hers = akhra.UserID(db.NewID())
		slots, err := db.GoldFor(b.Context(), tenant, hers, golds/2)
		mustBench(b, err)
		_, err = db.Lease(b.Context(), tenant, hers, len(slots), akhra.MillisOf(time.Now().Add(time.Hour)), slots)
		mustBench(b, err)
	}
	for b.Loop() {
		if got, err := db.GoldFor(b.Context(), tenant, hers, 2); err != nil || len(got) != 2 {
			b.Fatal(got, err)
		}
	}
}

func mustBench(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
