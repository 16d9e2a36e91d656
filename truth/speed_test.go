package truth_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

// BenchmarkRecorded goes from the recorded answers in memory, ids still to be
// numbered, to posteriors. Run it with GOMAXPROCS=1 and compare the processor
// time, the least of all rounds: other programs do not count into it.
func BenchmarkRecorded(b *testing.B) {
	for _, set := range slices.Sorted(maps.Keys(bars)) {
		for _, name := range []string{"bds", "auto", "glad"} {
			benchmarkRecorded(b, set, name)
		}
	}
}

func benchmarkRecorded(b *testing.B, set, name string) {
	b.Run(set+"/"+name, func(b *testing.B) {
		m, _ := truth.Named(name, truth.Settings{})
		rows := table(b, filepath.Join(recorded(b, set), "answers.csv"))
		rounds, least := 0, math.Inf(1)
		for b.Loop() {
			began := processorTime()
			var tasks, people, classes ids
			list := make([]truth.Vote, len(rows))
			for n, row := range rows {
				list[n] = truth.Vote{Task: tasks.number(row[0]), Annotator: people.number(row[1]), Class: classes.number(row[2])}
			}
			rounds = fit(b, m, votes(b, len(tasks), len(people), len(classes), list)).Iterations
			least = math.Min(least, processorTime()-began)
		}
		b.ReportMetric(float64(rounds), "rounds")
		b.ReportMetric(least, "cpu-ms")
	})
}

// processorTime is what the process has used, in milliseconds.
func processorTime() float64 {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}

func TestAFitIsTheSameToTheLastBitOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	list, _ := planted(20_000, 50, 4, 100_000) // enough for many chunks
	v := votes(t, 20_000, 50, 4, list)
	for name, m := range methods(truth.Settings{}) {
		runtime.GOMAXPROCS(1)
		alone := fit(t, m, v)
		runtime.GOMAXPROCS(4)
		if many := fit(t, m, v); !reflect.DeepEqual(alone, many) {
			t.Errorf("%s: one processor and four do not find the same", name)
		}
	}
}

func TestTheWalkForTwoClassesFindsWhatTheWalkForManyFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, annotators, _, list := drawn(t)
		for i := range list {
			list[i].Class %= 2
		}
		v := votes(t, tasks, annotators, 2, list)
		none := truth.Settings{Prior: make([][]float64, tasks)} // priors, but none given
		for name, m := range map[string][2]method{
			"bds": {truth.BackedOff{}, truth.BackedOff{Settings: none}}, "ibcc": {truth.IBCC{}, truth.IBCC{Settings: none}},
			"one-coin": {truth.OneCoin{}, truth.OneCoin{Settings: none}},
		} {
			two, many := fit(t, m[0], v), fit(t, m[1], v)
			for at, z := range two.Posterior {
				if math.Abs(z-many.Posterior[at]) > 1e-9 || two.Iterations != many.Iterations {
					t.Fatalf("%s: task %d is %v after %d rounds, or %v after %d", name, at/2, two.Row(at/2), two.Iterations, many.Row(at/2), many.Iterations)
				}
			}
		}
	})
}

func TestManyAnswersToOneTaskStayNumbers(t *testing.T) {
	list := make([]truth.Vote, 10_000)
	for n := range list {
		list[n] = truth.Vote{Annotator: n % 3, Class: n % 3 / 2} // two annotators always say class 0
	}
	for name, m := range methods(truth.Settings{}) {
		r := fit(t, m, votes(t, 1, 3, 3, list))
		if class, tied := r.Best(0); class != 0 || tied || math.Abs(r.Row(0)[0]+r.Row(0)[1]-1) > 1e-9 {
			t.Errorf("%s: %v", name, r.Row(0))
		}
		for _, f := range r.Objective {
			if math.IsInf(f, 0) || math.IsNaN(f) {
				t.Errorf("%s: objective %v", name, r.Objective)
			}
		}
	}
}

// Thirty answers against thirty weigh the same, though each alone rules a class
// out and all of one kind come first.
func TestManySharpAnswersAreWeighedInAnyOrder(t *testing.T) {
	for _, classes := range []int{2, 3} {
		sure := make([]float64, classes*classes)
		for k := range classes {
			sure[k*classes+k] = 1e17
		}
		list := make([]truth.Vote, 60)
		for n := range list {
			list[n] = truth.Vote{Class: n / 30}
		}
		for name, m := range methods(truth.Settings{Rounds: 1, History: [][]float64{sure}}) {
			if r := fit(t, m, votes(t, 1, 1, classes, list)); math.Abs(r.Row(0)[0]-r.Row(0)[1]) > 1e-6 || r.Row(0)[0] < .4 {
				t.Errorf("%s, %d classes: %v", name, classes, r.Row(0))
			}
		}
	}
}

// BenchmarkMillion fits a million planted answers, sorting included. The
// resident memory is the most the process ever had, its answers included.
func BenchmarkMillion(b *testing.B) {
	list, _ := planted(100_000, 1000, 10, 1_000_000)
	for _, name := range []string{"majority", "ds", "bds"} {
		b.Run(name, func(b *testing.B) {
			least := math.Inf(1)
			for b.Loop() {
				began := processorTime()
				fit(b, methods(truth.Settings{})[name], votes(b, 100_000, 1000, 10, list))
				least = math.Min(least, processorTime()-began)
			}
			b.ReportMetric(least, "cpu-ms")
			b.ReportMetric(resident(), "MB-resident")
		})
	}
}

// resident is the most memory the process had, in MB; 0 where the system does
// not tell.
func resident() (mb float64) {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if kb, found := strings.CutPrefix(line, "VmHWM:"); found {
			_, _ = fmt.Sscan(kb, &mb)
		}
	}
	return mb / 1000
}
