package learn

import "math"

// What one confusion matrix for all people begins with: pseudo-counts on and off
// its diagonal (docs/LEARNING.md 1).
const (
	rightBefore = 4.2
	wrongBefore = 0.2
)

// MarginalTemperature returns the T under which the answers themselves are
// likeliest: the most sum of log sum_k q(k) L(k), where q is p tempered by T and
// likelihood holds L, that of the answers to an item under each class. It does
// not feed a model the posterior it helped to make. 1 when there is nothing to
// fit.
func MarginalTemperature(p, likelihood [][]float64) float64 {
	if len(p) == 0 || len(p) != len(likelihood) {
		return 1
	}
	best, most := 1.0, evidence(p, likelihood, 1)
	for _, t := range temperatures {
		if e := evidence(p, likelihood, t); e > most {
			best, most = t, e
		}
	}
	return best
}

// evidence is the log likelihood of the answers.
func evidence(p, likelihood [][]float64, t float64) float64 {
	sum, q := 0.0, make([]float64, 0, 16)
	for i := range p {
		q = grow(q, len(p[i]))
		Temper(p[i], t, 0, q)
		one := 0.0
		for k, l := range likelihood[i] {
			one += q[k] * l
		}
		sum += math.Log(max(one, smallest))
	}
	return sum
}

// likelihoods are those of the answers to each item under each class, by one
// confusion matrix for all people: what was said where the posterior z is what.
func likelihoods(said [][]int, z [][]float64) [][]float64 {
	if len(z) == 0 {
		return nil
	}
	m := confusion(said, z)
	all := make([][]float64, len(said))
	for i, answers := range said {
		all[i] = make([]float64, len(m))
		for k := range all[i] {
			all[i][k] = 1
			for _, class := range answers {
				if class >= 0 {
					all[i][k] *= m[k][class]
				}
			}
		}
	}
	return all
}

// confusion is the share of every answer, by truth.
func confusion(said [][]int, z [][]float64) [][]float64 {
	m := make([][]float64, len(z[0]))
	for k := range m {
		m[k] = make([]float64, len(m))
		for l := range m[k] {
			m[k][l] = wrongBefore
		}
		m[k][k] = rightBefore
	}
	for i, answers := range said {
		for _, class := range answers {
			for k, share := range z[i] {
				if class >= 0 {
					m[k][class] += share
				}
			}
		}
	}
	for _, row := range m {
		sum := 0.0
		for _, n := range row {
			sum += n
		}
		for l := range row {
			row[l] /= sum
		}
	}
	return m
}
