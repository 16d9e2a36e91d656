package truth

// fixedCount stands behind each row of a matrix that is not learnt: beside it
// what answers tell does not move it.
const fixedCount = 1e6

// fixed tells whether an annotator's matrix is not learnt.
func (s Settings) fixed(annotator int) bool { return s.Fixed != nil && s.Fixed[annotator] != nil }

// fix puts the matrices that are not learnt in the place of what was counted.
func (e *em) fix() {
	for j, m := range e.Fixed {
		for at, p := range m {
			e.mu[(j*e.k+at%e.k)*e.k+at/e.k] = fixedCount * p
		}
	}
}

func meanDiagonal(matrix []float64, classes int) (mean float64) {
	for k := range classes {
		mean += matrix[k*classes+k] / float64(classes)
	}
	return mean
}

// Fix gives an annotator, met or not, a matrix with truth as row that answers
// do not move.
func (o *Online) Fix(annotator int, matrix []float64) {
	o.meet(annotator)
	m, k := &o.known, o.k
	for at, p := range matrix {
		to := (annotator*k+at%k)*k + at/k
		m.mu[to] = fixedCount * p
		m.logMu[to] = logCount(m.mu[to])
	}
	for row := annotator * k; row < (annotator+1)*k; row++ {
		m.weight[row] = fixedCount
		m.logWeight[row] = logCount(fixedCount)
	}
}

// Confirming is the matrix of who was shown a class and named it: where that
// class is wrong she does so as often as accepts says, so that her answer makes
// it 1/accepts times as likely against each other one. P(l|k) is d where l = k
// and d accepts elsewhere, d = 1/(1 + (K-1) accepts). What chose the class that
// was shown is not counted again: that is the prior's (docs/TRUTH.md 3.8).
func Confirming(classes int, accepts float64) []float64 {
	d := 1 / (1 + float64(classes-1)*accepts)
	matrix := make([]float64, classes*classes)
	for at := range matrix {
		if matrix[at] = d * accepts; at/classes == at%classes {
			matrix[at] = d
		}
	}
	return matrix
}
