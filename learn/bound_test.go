package learn

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAllowedWrongItemsAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	sizes := []int{100, 200, 300, 500, 1000}
	for delta, want := range map[float64][]int{
		.05: {1, 4, 8, 16, 38}, .1: {1, 5, 9, 18, 40}, .02: {0, 3, 7, 15, 35},
	} {
		for i, n := range sizes {
			if got := Allowed(n, .05, delta); got != want[i] {
				t.Errorf("delta %v, %d items: %d may be wrong, want %d", delta, n, got, want[i])
			}
		}
	}
}

func TestSmallestAuditsAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		eps, delta, rate float64
		want             int
	}{
		{.05, .05, 0, 59}, {.05, .1, 0, 45}, {.05, .05, .005, 93}, {.05, .1, .005, 77}, {.05, .05, .01, 93},
		{.05, .1, .01, 77}, {.05, .05, .02, 181}, {.05, .1, .02, 132}, {.05, .05, .03, 361}, {.05, .1, .03, 258},
		{.03, .05, 0, 99}, {.03, .1, 0, 76}, {.03, .05, .005, 157}, {.03, .1, .005, 129}, {.03, .05, .01, 257},
		{.03, .1, .01, 176}, {.03, .05, .02, 846}, {.03, .1, .02, 590}, {.02, .05, 0, 149}, {.02, .1, 0, 114},
		{.02, .05, .005, 313}, {.02, .1, .005, 194}, {.02, .05, .01, 590}, {.02, .1, .01, 398},
		{.01, .05, 0, 299}, {.01, .1, 0, 230}, {.01, .05, .005, 1182}, {.01, .1, .005, 798},
	} {
		n := 1
		for UpperBound(int(math.Ceil(c.rate*float64(n)-1e-9)), n, c.delta) > c.eps {
			n++
		}
		if n != c.want {
			t.Errorf("eps %v delta %v error %v: %d items, want %d", c.eps, c.delta, c.rate, n, c.want)
		}
		if c.rate == 0 && AuditSize(c.eps, c.delta) != c.want {
			t.Errorf("AuditSize(%v, %v) = %d, want %d", c.eps, c.delta, AuditSize(c.eps, c.delta), c.want)
		}
	}
}

// binomialTail is the probability of at most k successes of n.
func binomialTail(k, n int, p float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(i + 1))
		c, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(a - b - c + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

func TestUpperBoundSolvesTheBinomialTail(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1500).Draw(t, "n")
		k := rapid.IntRange(0, n-1).Draw(t, "k")
		alpha := rapid.SampledFrom([]float64{.01, .02, .05, .1}).Draw(t, "alpha")
		u := UpperBound(k, n, alpha)
		if !(u > float64(k)/float64(n) && u <= 1) {
			t.Fatalf("bound %v of %d in %d", u, k, n)
		}
		if u < 1-1e-9 && math.Abs(binomialTail(k, n, u)-alpha) > 1e-6 {
			t.Fatalf("%d of %d at %v: tail %v, want %v", k, n, u, binomialTail(k, n, u), alpha)
		}
	})
}

func TestUpperBoundAtTheEdges(t *testing.T) {
	t.Parallel()
	if UpperBound(0, 0, .05) != 1 || UpperBound(5, 5, .05) != 1 {
		t.Error("nothing known, or all wrong: the bound is 1")
	}
	if got := UpperBound(0, 59, .05); math.Abs(got-.04950) > 1e-4 {
		t.Errorf("0 of 59: %v", got)
	}
}

func TestWilsonKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{0, 10, 0, .2775}, {5, 10, .2366, .7634}, {10, 10, .7225, 1}, {81, 263, .2553, .3662}, {0, 0, 0, 1}} {
		low, high := Wilson(c.k, c.n)
		if math.Abs(low-c.low) > 1e-4 || math.Abs(high-c.high) > 1e-4 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

func TestFixedSequenceStopsAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wrong []int
		want  int
	}{
		{[]int{0, 3, 9, 10, 2}, 2}, // 9 of 300 pass at delta .1, 10 do not; what follows is not looked at
		{[]int{10, 0}, -1}, {[]int{0, 1}, 1}, {nil, -1},
	} {
		if got := FixedSequence(c.wrong, 300, .05, .1); got != c.want {
			t.Errorf("%v: %d, want %d", c.wrong, got, c.want)
		}
	}
}
