package truth_test

import (
	"math"
	"testing"

	"akhra.dev/akhra/truth"
)

func TestTheReliabilityTableCountsEveryKnownTaskOnce(t *testing.T) {
	r := &truth.Result{Tasks: 5, Classes: 2, Posterior: []float64{.95, .05, .97, .03, .35, .65, .5, .5, .9, .1}}
	table := r.Reliability([]int{0, 1, 1, 0, -1}, 1)
	for n, want := range map[int]truth.Bin{5: {1, .5, .5}, 6: {1, .65, 1}, 9: {2, .96, .5}, 0: {}} {
		if got := table[n]; got.Tasks != want.Tasks || math.Abs(got.Claimed-want.Claimed) > 1e-12 || got.Right != want.Right {
			t.Errorf("bin %d is %+v, want %+v", n, got, want)
		}
	}
	if got, want := truth.CalibrationError(table), (0+.35+2*.46)/4; math.Abs(got-want) > 1e-12 {
		t.Errorf("calibration error %g, want %g", got, want)
	}
	if got := truth.CalibrationError(nil); got != 0 {
		t.Errorf("no tasks give a calibration error of %g", got)
	}
}
