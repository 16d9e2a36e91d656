package truth_test

import (
	"math"
	"testing"

	"akhra.dev/akhra/truth"
)

// The accuracies are those of the published notebook of Li, Rubinstein and Cohn
// (docs/TRUTH.md 8.1).
func TestIBCCGivesThePublishedAccuracies(t *testing.T) {
	for set, want := range map[string]float64{"music": 79.00, "sp": 91.50, "product": 93.83, "face": 64.04, "adult": 74.47,
		"bluebird": 88.89, "dog": 83.89, "rte": 92.75, "trec": 70.55, "cf": 88.33} {
		t.Run(set, func(t *testing.T) {
			v, _, real := crowd(t, set)
			share, _ := fit(t, truth.IBCC{}, v).Right(real)
			if math.Abs(100*share-want) > .1 {
				t.Errorf("%.2f %%, want %.2f %%", 100*share, want)
			}
		})
	}
}
