package embed

import (
	"bytes"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// scene draws a thumb of a few random coloured boxes over noise.
func scene(chance *rand.Rand) []byte {
	thumb := make([]byte, ThumbBytes)
	for i := range thumb {
		thumb[i] = byte(100 + chance.IntN(20))
	}
	for range 6 {
		x, y, w, h := chance.IntN(side), chance.IntN(side), chance.IntN(30), chance.IntN(30)
		colour := [3]byte{byte(chance.IntN(256)), byte(chance.IntN(256)), byte(chance.IntN(256))}
		for py := y; py < min(y+h, side); py++ {
			for px := x; px < min(x+w, side); px++ {
				copy(thumb[(py*side+px)*3:], colour[:])
			}
		}
	}
	return thumb
}

func scenes(n int, seed uint64) [][]byte {
	chance := rand.New(rand.NewPCG(seed, 5))
	all := make([][]byte, n)
	for i := range all {
		all[i] = scene(chance)
	}
	return all
}

func mustFit(t testing.TB, thumbs [][]byte) *Recipe {
	t.Helper()
	r, err := Fit(thumbs, 1)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSizesAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	if hogSize != 1764 || colourSize != 288 || patchesOut != 1600 {
		t.Fatalf("outlines %d, colours %d, patches %d", hogSize, colourSize, patchesOut)
	}
}

func TestVectorsHaveMeanZeroAndUnitEnergy(t *testing.T) {
	t.Parallel()
	thumbs := scenes(120, 1)
	r := mustFit(t, thumbs)
	mean, energy, out := make([]float64, r.Dim()), 0.0, make([]float32, r.Dim())
	for _, thumb := range thumbs {
		r.Vector(thumb, out)
		for k, v := range out {
			mean[k] += float64(v) / float64(len(thumbs))
			energy += float64(v) * float64(v) / float64(len(thumbs))
		}
	}
	if math.Abs(energy-1) > 1e-3 {
		t.Errorf("mean squared length %v", energy)
	}
	for k, v := range mean {
		if math.Abs(v) > 1e-3 {
			t.Errorf("mean of value %d is %v", k, v)
		}
	}
}

func TestTheSameThumbsAndSeedGiveTheSameRecipe(t *testing.T) {
	t.Parallel()
	thumbs := scenes(40, 2)
	a, _ := mustFit(t, thumbs).MarshalBinary()
	b, _ := mustFit(t, thumbs).MarshalBinary()
	if !bytes.Equal(a, b) {
		t.Fatal("two recipes differ")
	}
}

func TestAStoredRecipeGivesTheSameVectors(t *testing.T) {
	t.Parallel()
	thumbs := scenes(30, 3)
	r := mustFit(t, thumbs)
	b, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Recipe
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	want, got := make([]float32, r.Dim()), make([]float32, back.Dim())
	for _, thumb := range thumbs {
		r.Vector(thumb, want)
		back.Vector(thumb, got)
		if !slices.Equal(got, want) {
			t.Fatal("a vector changed")
		}
	}
	for _, n := range []int{0, 1, 8, 500, len(b) / 2, len(b) - 1} {
		if (&Recipe{}).UnmarshalBinary(b[:n]) == nil {
			t.Errorf("a recipe cut to %d bytes was read", n)
		}
	}
}

func TestAnyPictureGivesFiniteNumbers(t *testing.T) {
	t.Parallel()
	r := mustFit(t, scenes(20, 4))
	out := make([]float32, r.Dim())
	rapid.Check(t, func(t *rapid.T) {
		tone := rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "bytes")
		r.Vector(bytes.Repeat(tone, ThumbBytes/len(tone)+1)[:ThumbBytes], out)
		for k, v := range out {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("value %d is %v", k, v)
			}
		}
	})
}

func TestAFewOrEqualPicturesAreEnough(t *testing.T) {
	t.Parallel()
	blank := make([]byte, ThumbBytes)
	for name, thumbs := range map[string][][]byte{
		"one": scenes(1, 5), "two": scenes(2, 5), "one blank": {blank}, "equal": {blank, blank, blank},
	} {
		r := mustFit(t, thumbs)
		if r.Dim() < 2 {
			t.Errorf("%s: %d values", name, r.Dim())
		}
		out := make([]float32, r.Dim())
		r.Vector(thumbs[0], out)
		for _, v := range out {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Errorf("%s: %v", name, v)
			}
		}
	}
	if _, err := Fit(nil, 1); err == nil {
		t.Error("no pictures were accepted")
	}
	if _, err := Fit([][]byte{make([]byte, 5)}, 1); err == nil {
		t.Error("a short thumb was accepted")
	}
}

func TestVectorIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	thumbs := scenes(16, 6)
	r := mustFit(t, thumbs)
	alone := make([][]float32, len(thumbs))
	for i, thumb := range thumbs {
		alone[i] = make([]float32, r.Dim())
		r.Vector(thumb, alone[i])
	}
	var wait sync.WaitGroup
	for i, thumb := range thumbs {
		wait.Go(func() {
			out := make([]float32, r.Dim())
			r.Vector(thumb, out)
			if !slices.Equal(out, alone[i]) {
				t.Errorf("vector %d differs", i)
			}
		})
	}
	wait.Wait()
}

func TestFitStaysWithinItsMemory(t *testing.T) {
	thumbs := scenes(3000, 7)
	began, peak := time.Now(), peakWhile(func() { mustFit(t, thumbs) })
	t.Logf("3,000 thumbs took %v and %d MB", time.Since(began), peak>>20)
	if peak > 150<<20 {
		t.Errorf("%d MB in use at once, the bound is 150", peak>>20)
	}
}

// peakWhile returns how far the live heap grew while work ran, sampled often.
func peakWhile(work func()) uint64 {
	runtime.GC()
	var start, now runtime.MemStats
	runtime.ReadMemStats(&start)
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapInuse-min(now.HeapInuse, start.HeapInuse))
			}
		}
	}()
	work()
	close(done)
	return <-peak
}

// BenchmarkVector is bounded by 12 ms a picture on one core.
func BenchmarkVector(b *testing.B) {
	thumbs := scenes(300, 8)
	r := mustFit(b, thumbs)
	out := make([]float32, r.Dim())
	before := processorTime()
	for i := 0; b.Loop(); i++ {
		r.Vector(thumbs[i%len(thumbs)], out)
	}
	b.ReportMetric((processorTime()-before)/float64(b.N), "cpu-ms/op")
}

// processorTime is what the process has used, in milliseconds: on a shared machine it
// tells more than the clock.
func processorTime() float64 {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}

// BenchmarkFit is bounded by 15 s for 3,000 thumbs on two cores.
func BenchmarkFit(b *testing.B) {
	thumbs := scenes(3000, 9)
	for b.Loop() {
		mustFit(b, thumbs)
	}
}
