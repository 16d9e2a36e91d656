package catalogue_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/catalogue"
	"akhra.dev/akhra/store"
	"akhra.dev/akhra/store/storetest"
)

// thinker has an opinion on every picture, as a model would.
type thinker int

func (n thinker) Predictions(_ context.Context, _ akhra.Tenant, fn func(akhra.Prediction)) error {
	for i := range int(n) {
		p := float64(i%100) / 100
		fn(akhra.Prediction{Item: akhra.ItemID(fmt.Sprintf("01900000-0000-7000-8000-%012x", i)), Version: 1, Probabilities: []float64{p, 1 - p}})
	}
	return nil
}

// searches are one of everything the page offers, alone and together.
var searches = map[string]akhra.Search{
	"everything":     {},
	"newest":         {Order: akhra.OrderNewest},
	"name":           {Order: akhra.OrderName},
	"answered":       {Order: akhra.OrderAnswered},
	"class":          {Classes: []akhra.ClassID{"class3"}},
	"thought":        {Thinks: []akhra.ClassID{"class1"}, Order: akhra.OrderName},
	"stage":          {Stages: []akhra.Stage{akhra.StageReview}},
	"doubt":          {Doubts: []akhra.Doubt{akhra.DoubtSome}, Order: akhra.OrderNewest},
	"differ":         {Differ: true},
	"against":        {Against: true},
	"gold":           {Gold: true, Order: akhra.OrderName},
	"annotator":      {Annotators: []akhra.UserID{"person7", "person8"}, Order: akhra.OrderAnswered},
	"batch":          {Batches: []akhra.BatchID{"batch1"}, Order: akhra.OrderName},
	"text":           {Text: "99"},
	"text of nobody": {Text: "nowhere", Order: akhra.OrderName},
	"dates":          {CameFrom: 1_000_000, AnsweredFrom: 2_000_000, AnsweredTo: 400_000_000},
	"all together": {Classes: []akhra.ClassID{"class2", "class4"}, Stages: []akhra.Stage{akhra.StageDone}, Doubts: []akhra.Doubt{akhra.DoubtSome},
		Annotators: []akhra.UserID{"person4", "person14"}, Text: "leaf", Order: akhra.OrderName},
}

// BenchmarkFind tells how long the first rows and the next page of every search
// take, and how long the first look at a project does.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchFind(b, n) })
	}
}

func benchFind(b *testing.B, n int) {
	db, t := filled(b, n)
	room := catalogue.New(db, thinker(n), time.Now)
	began := time.Now()
	if _, err := room.Find(b.Context(), t, akhra.Search{}, "", 60); err != nil {
		b.Fatal(err)
	}
	first := time.Since(began)
	b.Run("first look", func(b *testing.B) { b.ReportMetric(float64(first.Milliseconds()), "ms/read") })
	for name, s := range searches {
		page, err := room.Find(b.Context(), t, s, "", 60)
		if err != nil {
			b.Fatal(err)
		}
		for part, cursor := range map[string]string{"first": "", "next": page.Next} {
			if part == "next" && cursor == "" {
				continue
			}
			b.Run(name+"/"+part, func(b *testing.B) {
				for range b.N {
					if _, err := room.Find(b.Context(), t, s, cursor, 60); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// filled is a store of n pictures.
func filled(b *testing.B, n int) (*store.DB, akhra.Tenant) {
	dir := b.TempDir()
	t, err := storetest.Many(b.Context(), dir, n)
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(b.Context(), dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db, t
}
