package learn

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldsStayAndAreEven(t *testing.T) {
	t.Parallel()
	var count [3]int
	for i := range 3000 {
		count[Fold(fmt.Sprintf("0190-%d", i), 1, 3)]++
	}
	for f, n := range count {
		if n < 900 || n > 1100 {
			t.Errorf("fold %d holds %d of 3000", f, n)
		}
	}
	for key, want := range map[string]int{"a": 2, "b": 0, "0190-7": 0} {
		if got := Fold(key, 1, 3); got != want {
			t.Errorf("%s is in fold %d, was in %d when projects were first trained", key, got, want)
		}
	}
}

func TestTemperKeepsOrderSumAndLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 8).Draw(t, "p")
		sum := 0.0
		for _, v := range p {
			sum += v
		}
		if sum == 0 {
			return
		}
		for k := range p {
			p[k] /= sum
		}
		temperature := rapid.Float64Range(.5, 3).Draw(t, "t")
		q := make([]float64, len(p))
		Temper(p, temperature, .99, q)
		total := 0.0
		for k, v := range q {
			total += v
			if v > .99+1e-12 {
				t.Fatalf("%v is above the limit", v)
			}
			if q[best(p)] < v-1e-12 {
				t.Fatalf("class %d overtook", k)
			}
		}
		if math.Abs(total-1) > 1e-9 {
			t.Fatalf("sum %v", total)
		}
	})
}

func TestTemperKnownAnswers(t *testing.T) {
	t.Parallel()
	p := []float64{.8, .2}
	Temper(p, .5, 0, p)
	if math.Abs(p[0]-.64/.68) > 1e-12 {
		t.Errorf("squared: %v", p)
	}
	q := []float64{1, 0, 0}
	Temper(q, 1, .99, q)
	if q[0] != .99 || math.Abs(q[1]-.005) > 1e-9 {
		t.Errorf("capped: %v", q)
	}
	one := []float64{1}
	if Temper(one, 2, .99, one); one[0] != 1 {
		t.Errorf("a single class is certain: %v", one)
	}
}

func TestTemperatureCoolsTheOverconfident(t *testing.T) {
	t.Parallel()
	var p, z [][]float64
	for i := range 100 {
		p = append(p, []float64{.99, .01})
		if i%5 == 0 {
			z = append(z, []float64{0, 1})
		} else {
			z = append(z, []float64{1, 0})
		}
	}
	if got := Temperature(p, z); got != 3 {
		t.Errorf("right 8 of 10 times at .99: T = %v, want 3", got)
	}
	if got := Temperature(nil, nil); got != 1 {
		t.Errorf("nothing to fit: T = %v", got)
	}
}

func TestMarginKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p    []float64
		want float64
	}{{nil, 0}, {[]float64{1}, 1}, {[]float64{.5, .5}, 0}, {[]float64{.1, .7, .2}, .5}, {[]float64{.7, .2, .1}, .5}} {
		if got := Margin(c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("margin of %v = %v, want %v", c.p, got, c.want)
		}
	}
}
