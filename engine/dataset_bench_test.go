package engine_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// BenchmarkDataset takes a table of an answer to each of 100,000 pictures in
// and freezes them in three forms, over a real store.
func BenchmarkDataset(b *testing.B) {
	const pictures = 100_000
	dir := b.TempDir()
	db, err := store.Open(b.Context(), dir, store.Options{Synchronous: "OFF"})
	must(b, err)
	b.Cleanup(func() { db.Close() })
	blobs, err := blob.Open(dir + "/blobs")
	must(b, err)
	e := engine.New(engine.Config{DB: db, Blobs: blobs})
	org, err := db.EnsureOrg(b.Context(), "Akhra")
	must(b, err)
	t := akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(db.NewID())}
	labels := akhra.LabelSet{ID: akhra.LabelSetID(db.NewID()), Version: 1, Classes: []akhra.Class{
		{ID: akhra.ClassID(db.NewID()), Name: "pest"}, {ID: akhra.ClassID(db.NewID()), Name: "leaf"}}}
	must(b, db.AddProject(b.Context(), t, akhra.Project{ID: t.Project, Org: org.ID, Name: "P", Question: "?", LabelSet: labels.ID, Settings: akhra.DefaultSettings()}, labels))
	var table bytes.Buffer
	table.WriteString("file,annotator,class\n")
	for n := 0; n < pictures; n += 1000 {
		lot := make([]akhra.Item, 1000)
		for i := range lot {
			hash := fmt.Sprintf("%064x", n+i)
			lot[i] = akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: hash, Name: fmt.Sprintf("leaf/%d.jpg", n+i), Width: 9, Height: 9, Variants: [3]string{hash, hash, hash}, Thumb: hash}
			fmt.Fprintf(&table, "%d.jpg,P%d,%s\n", n+i, (n+i)%50, labels.Classes[(n+i)%2].Name)
		}
		_, err := db.AddItems(b.Context(), t, lot)
		must(b, err)
	}
	text := table.Bytes()
	plan := dataset.Plan{As: akhra.RecordedAnswers, Item: 0, Annotator: 1, Class: 2, Probability: -1}
	b.Run("take", func(b *testing.B) {
		for range b.N {
			taken, err := e.Intake.Import(b.Context(), t, bytes.NewReader(text), akhra.Table{Name: "t.csv"}, plan, io.Discard, func(int) {})
			must(b, err)
			if taken.Set+taken.Known != pictures {
				b.Fatalf("%+v", taken)
			}
		}
		b.ReportMetric(float64(pictures)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
	})
	for _, format := range []akhra.Format{akhra.FormatConsensus, akhra.FormatVotes, akhra.FormatJSONL} {
		b.Run(string(format), func(b *testing.B) {
			var most uint64
			for range b.N {
				_, err := e.Dataset.Freeze(b.Context(), t, dataset.Order{Format: format}, func(done int) {
					if done%20_000 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						most = max(most, m.HeapInuse)
					}
				})
				must(b, err)
			}
			b.ReportMetric(float64(most)/1e6, "MB-heap")
		})
	}
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
