package learn

import "math"

// Margin returns the lead of the likeliest class over the next: 0 is utterly
// unsure, 1 is certain. With a single class it is 1, with none 0.
func Margin(p []float64) float64 {
	first, second := math.Inf(-1), 0.0
	for _, v := range p {
		if v > first {
			first, second = v, max(first, 0)
		} else {
			second = max(second, v)
		}
	}
	switch len(p) {
	case 0:
		return 0
	case 1:
		return 1
	}
	return first - second
}
