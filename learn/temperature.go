package learn

import "math"

// temperatures are the candidates of Temperature.
var temperatures = [...]float64{.5, .7, 1, 1.3, 1.7, 2.2, 3}

const (
	smallest = 1e-12 // probabilities are kept above this before a logarithm
	bins     = 10    // of the calibration error
)

// Temperature returns the T that makes p (one out-of-fold distribution an item)
// agree best with the posteriors z: the least -sum z log q, where q is p tempered
// by T. It is 1 when there is nothing to fit or when the expected calibration
// error would grow.
func Temperature(p, z [][]float64) float64 {
	if len(p) == 0 || len(p) != len(z) {
		return 1
	}
	best, least := 1.0, crossEntropy(p, z, 1)
	for _, t := range temperatures {
		if loss := crossEntropy(p, z, t); loss < least {
			best, least = t, loss
		}
	}
	if best != 1 && calibrationError(p, z, best) > calibrationError(p, z, 1) {
		return 1
	}
	return best
}

// Temper writes p to the power 1/t, renormalised, into out, which may be p. No
// value of out exceeds limit: what is above goes to the others in proportion. A
// limit outside (0, 1) is none.
func Temper(p []float64, t, limit float64, out []float64) {
	out = out[:len(p)]
	top := 0.0
	for _, v := range p {
		top = max(top, v)
	}
	sum := 0.0
	for k, v := range p {
		out[k] = math.Exp((math.Log(max(v, smallest)) - math.Log(max(top, smallest))) / t)
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
	if limit > 0 && limit < 1 {
		lower(out, max(limit, 1/float64(len(out))))
	}
}

// lower brings the largest value down to limit and spreads the rest.
func lower(p []float64, limit float64) {
	if len(p) < 2 {
		return
	}
	top := best(p)
	if p[top] <= limit {
		return
	}
	others := 0.0
	for k, v := range p {
		if k != top {
			others += v
		}
	}
	for k := range p {
		switch {
		case k == top:
		case others > 0:
			p[k] *= (1 - limit) / others
		default:
			p[k] = (1 - limit) / float64(len(p)-1)
		}
	}
	p[top] = limit
}

func crossEntropy(p, z [][]float64, t float64) float64 {
	loss, q := 0.0, make([]float64, 0, 16)
	for i := range p {
		q = grow(q, len(p[i]))
		Temper(p[i], t, 0, q)
		for k, v := range z[i] {
			if v > 0 {
				loss -= v * math.Log(max(q[k], smallest))
			}
		}
	}
	return loss
}

// calibrationError is the mean gap between confidence and being right, over bins of confidence.
func calibrationError(p, z [][]float64, t float64) float64 {
	var gap [bins]float64
	q := make([]float64, 0, 16)
	for i := range p {
		q = grow(q, len(p[i]))
		Temper(p[i], t, 0, q)
		if len(q) == 0 {
			continue
		}
		k := best(q)
		gap[min(bins-1, int(q[k]*bins))] += q[k] - z[i][k]
	}
	sum := 0.0
	for _, g := range gap {
		sum += math.Abs(g)
	}
	return sum / float64(len(p))
}

func grow(q []float64, n int) []float64 {
	if cap(q) < n {
		return make([]float64, n)
	}
	return q[:n]
}

// best returns the index of the largest value, the first of equals.
func best(p []float64) int {
	top := 0
	for k, v := range p {
		if v > p[top] {
			top = k
		}
	}
	return top
}
