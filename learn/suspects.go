package learn

import (
	"cmp"
	"slices"
)

// Suspects returns the items whose consensus may be wrong, the likeliest first
// (confident learning). p holds the out-of-fold probabilities, consensus the class
// of every item, -1 for none. An item is suspect when some other class reaches the
// mean probability which the items of that class give it, and is likelier than the
// item's own; it is ordered by how far its own class is behind the likeliest.
func Suspects(p [][]float64, consensus []int) []int {
	threshold, count := thresholds(p, consensus)
	var found []int
	behind := make([]float64, len(p))
	for i, g := range consensus {
		if g < 0 {
			continue
		}
		behind[i] = p[i][g] - p[i][best(p[i])]
		for k, v := range p[i] {
			if k != g && count[k] > 0 && v >= threshold[k] && v > p[i][g] {
				found = append(found, i)
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(behind[a], behind[b]) })
	return found
}

// thresholds returns the mean own probability and the number of items of every class.
func thresholds(p [][]float64, consensus []int) (mean []float64, count []int) {
	for i, g := range consensus {
		for len(mean) < len(p[i]) {
			mean, count = append(mean, 0), append(count, 0)
		}
		if g >= 0 {
			mean[g] += p[i][g]
			count[g]++
		}
	}
	for k, n := range count {
		if n > 0 {
			mean[k] /= float64(n)
		}
	}
	return mean, count
}
