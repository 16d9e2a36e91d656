package api_test

import (
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra/api/work"
	"akhra.dev/akhra/store/storetest"
)

// BenchmarkPeople asks over HTTP for what is told of the people of a project of
// a million answers by fifty people, on as many pictures. "once" is the first
// look at a folder of before figures were kept; the others are from a server
// that was started anew and has read what it reads at a start, the slowest of
// twenty.
func BenchmarkPeople(b *testing.B) {
	dir := b.TempDir()
	w, err := storetest.Crowd(b.Context(), dir, 1_000_000)
	if err != nil {
		b.Fatal(err)
	}
	project := "/api/projects/" + string(w.Project)
	b.Run("once", func(b *testing.B) {
		ask := startLooked(b, dir, w)
		_, took := ask(project+"/skills", nil)
		b.ReportMetric(took.Seconds(), "s/look")
		b.ReportMetric(0, "ns/op")
	})
	ask := startLooked(b, dir, w)
	b.Run("restarted", func(b *testing.B) {
		var page work.SkillPage
		_, took := ask(project+"/skills", &page)
		if g := page.Whole; g.Answers != 1_000_000 || g.Agreement.Of != 1_000_000 || len(page.People) != 30 {
			b.Fatalf("told %+v of %d people", g, len(page.People))
		}
		b.ReportMetric(float64(took.Milliseconds()), "ms/look")
		b.ReportMetric(0, "ns/op")
	})
	for ready := false; !ready; time.Sleep(50 * time.Millisecond) {
		ready, _ = ask("/readyz", nil)
	}
	for _, path := range []string{"/skills", "/skills?cursor=30", "/people.csv", "/progress", "/classes", ""} {
		b.Run("project"+path, func(b *testing.B) {
			var looks []time.Duration
			for range 21 {
				_, took := ask(project+path, nil)
				looks = append(looks, took)
			}
			b.ReportMetric(float64(looks[0].Milliseconds()), "ms/first")
			b.ReportMetric(float64(slices.Max(looks[1:]).Milliseconds()), "ms/slowest")
			b.ReportMetric(0, "ns/op")
		})
	}
}
