package numeric

import (
	"math"
	"testing"
)

func TestMinimiseFindsTheBottomOfRosenbrocksValley(t *testing.T) {
	t.Parallel()
	evaluations := 0
	x := Minimise(func(x, grad []float64) float64 {
		evaluations++
		a, b := 1-x[0], x[1]-x[0]*x[0]
		grad[0], grad[1] = -2*a-400*x[0]*b, 200*b
		return a*a + 100*b*b
	}, []float64{-1.2, 1}, 200, 1e-8)
	if math.Abs(x[0]-1) > 1e-6 || math.Abs(x[1]-1) > 1e-6 {
		t.Fatalf("ended at %v", x)
	}
	if evaluations > 120 {
		t.Fatalf("%d evaluations", evaluations)
	}
}

func TestMinimiseStaysAtAMinimum(t *testing.T) {
	t.Parallel()
	start := []float64{0, 0}
	x := Minimise(func(x, grad []float64) float64 {
		copy(grad, x)
		return (x[0]*x[0] + x[1]*x[1]) / 2
	}, start, 10, 1e-9)
	if x[0] != 0 || x[1] != 0 {
		t.Fatalf("left the minimum for %v", x)
	}
}
