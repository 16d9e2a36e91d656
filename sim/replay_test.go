package sim

import (
	"os"
	"path/filepath"
	"testing"
)

// replays are the recorded crowds and what asking until sure must reach on
// average over ten orders (docs/TRUTH.md 7, a tempered posterior of .95).
var replays = []struct {
	set            string
	right, answers float64 // percent; per item
}{
	{"dog", 82.5, 5.8}, {"rte", 92.0, 6.3}, {"possent", 95.0, 7.2}, {"sp_amt", 93.8, 3.9}, {"cf_amt", 84.0, 5.8},
}

// asked replays a recorded crowd in some orders: the mean share of right
// classes in percent and the mean answers per item at the end.
func asked(t testing.TB, set string, orders int) (right, answers float64) {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "data", "crowd", set)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the recorded answers are not here: ", err)
	}
	for seed := range orders {
		o := Options{Answers: filepath.Join(dir, "answers.csv"), Labels: filepath.Join(dir, "truth.csv"), Seed: uint64(seed + 1)}
		r, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		last := r.Points[len(r.Points)-1]
		right += 100 * last.LabelAccuracy / float64(orders)
		answers += last.AnswersPerItem / float64(orders)
	}
	return right, answers
}

// One order may be a point below the mean of ten.
func TestAskingUntilSureComesNearItsBars(t *testing.T) {
	for _, bar := range replays {
		t.Run(bar.set, func(t *testing.T) {
			t.Parallel()
			right, answers := asked(t, bar.set, 1)
			if t.Logf("%.2f %% @ %.2f", right, answers); right < bar.right-1 || answers > bar.answers+.1 {
				t.Errorf("%.2f %% @ %.2f, the mean must reach %.1f %% @ %.1f", right, answers, bar.right, bar.answers)
			}
		})
	}
}

// BenchmarkAskingUntilSure measures the bars: ten orders of each crowd.
func BenchmarkAskingUntilSure(b *testing.B) {
	for _, bar := range replays {
		b.Run(bar.set, func(b *testing.B) {
			for b.Loop() {
				right, answers := asked(b, bar.set, 10)
				b.ReportMetric(right, "%right")
				b.ReportMetric(answers, "answers/item")
				if right < bar.right || answers > bar.answers {
					b.Errorf("%.2f %% @ %.2f, want %.1f %% @ %.1f", right, answers, bar.right, bar.answers)
				}
			}
		})
	}
}
