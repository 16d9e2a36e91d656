package sim

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var seeds = flag.Uint64("seeds", 5, "how many seeds the ladder is measured with")

// ladder are the strategies whose worth is measured: each rung of
// docs/LEARNING.md 4 alone, then what is usual without one of its steps.
var ladder = []string{"random-model", "random-model+leastsure", "random", "margin", "margin+active", "full", "full+marginal", "full+groups"}

// BenchmarkLadder tells how many answers per picture each strategy takes until
// the target, the mean, least and most of the seeds:
//
//	go test ./sim -run '^$' -bench Ladder -benchtime 1x -timeout 3h
func BenchmarkLadder(b *testing.B) {
	for _, set := range []struct {
		name   string
		target float64
		most   float64 // answers per picture to give up at
		o      Options
	}{
		{"clothing", .95, 1, Options{}},
		{"cifar10n", .908, 1.7, Options{Limit: 4000}},
	} {
		folder := filepath.Join("..", "..", "shared", "data", "images", set.name)
		if _, err := os.Stat(folder); err != nil {
			b.Skipf("%s is absent: there is nothing to measure on", folder)
		}
		o := set.o
		o.Images, o.Labels, o.Target, o.Most, o.Cache = folder, filepath.Join(folder, "labels.csv"), set.target, set.most, &Cache{}
		if set.name == "cifar10n" {
			o.Answers = o.Labels
		}
		for _, strategy := range ladder {
			b.Run(set.name+"/"+strategy, func(b *testing.B) { measure(b, o, strategy) })
		}
	}
}

func measure(b *testing.B, o Options, strategy string) {
	o.Strategy = strategy + "-accept" // without an audit
	sum, low, high, never, accuracy := 0.0, o.Most, 0.0, 0.0, 0.0
	for seed := range *seeds {
		o.Seed = seed + 1
		r, err := Run(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		at := o.Most
		if r.ReachedAtL == nil {
			never++
		} else {
			at = *r.ReachedAtL
		}
		sum, low, high = sum+at, min(low, at), max(high, at)
		accuracy += r.Points[len(r.Points)-1].LoopLabelAccuracy
	}
	b.ReportMetric(sum/float64(*seeds), "answers/picture")
	b.ReportMetric(low, "least")
	b.ReportMetric(high, "most")
	b.ReportMetric(never, "never")
	b.ReportMetric(100*accuracy/float64(*seeds), "%right-at-end")
}
