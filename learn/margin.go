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

// Top returns the two likeliest classes and their probabilities, -1 and 0 for
// what there is not; the first of equals comes first.
func Top(p []float64) (first, second int, a, b float64) {
	first, second = -1, -1
	for k, v := range p {
		switch {
		case first < 0 || v > a:
			first, second, a, b = k, first, v, a
		case second < 0 || v > b:
			second, b = k, v
		}
	}
	return first, second, a, b
}
