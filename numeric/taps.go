package numeric

import "fmt"

// Taps sets dst(x) to bias plus the sum over t of weights(t) times src(at(t)+x),
// brought into limit: a filter of any shape over rows that lie in src one after
// the other. It panics when a tap reaches outside src.
func Taps(dst, src []float32, at []int, weights []float32, bias float32, limit Range) {
	taps(kernels, dst, src, at, weights, bias, limit)
}

func taps(set kernelSet, dst, src []float32, at []int, weights []float32, bias float32, limit Range) {
	if len(dst) == 0 {
		return
	}
	if len(at) == 0 || len(at) != len(weights) {
		panic(fmt.Sprintf("numeric: %d taps and %d weights", len(at), len(weights)))
	}
	for _, from := range at {
		_ = src[from : from+len(dst)]
	}
	w := filter{dst: &dst[0], src: &src[0], at: &at[0], weights: &weights[0], taps: len(at), n: len(dst), bias: bias, limit: limit}
	switch set {
	case avx512:
		tapsAVX512(&w)
	case avx2:
		tapsAVX2(&w)
	default:
		tapsGo(dst, src, at, weights, bias, limit)
	}
}

// filter is one call of a kernel. The assembly reads the fields by their place.
type filter struct {
	dst, src *float32
	at       *int
	weights  *float32
	taps, n  int
	bias     float32
	limit    Range
}

// tapsGo takes three taps in one pass over dst, so that each of its values is
// loaded and stored a third as often.
func tapsGo(dst, src []float32, at []int, weights []float32, bias float32, limit Range) {
	for x := range dst {
		dst[x] = bias
	}
	for ; len(at) >= 3; at, weights = at[3:], weights[3:] {
		s0, s1, s2 := src[at[0]:][:len(dst)], src[at[1]:][:len(dst)], src[at[2]:][:len(dst)]
		w0, w1, w2 := weights[0], weights[1], weights[2]
		for x, v := range dst {
			dst[x] = v + w0*s0[x] + w1*s1[x] + w2*s2[x]
		}
	}
	for t, from := range at {
		w := weights[t]
		for x, v := range src[from:][:len(dst)] {
			dst[x] += w * v
		}
	}
	for x, v := range dst {
		dst[x] = min(max(v, limit.Low), limit.High)
	}
}
