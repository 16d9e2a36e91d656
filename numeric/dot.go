package numeric

// Dot returns the inner product of a and the first len(a) values of b.
func Dot(a, b []float32) float32 {
	b = b[:len(a)]
	if useAssembly && len(a) > 0 {
		return dotAVX(&a[0], &b[0], len(a))
	}
	return dotGo(a, b)
}

// Axpy adds alpha times x to y.
func Axpy(alpha float32, x, y []float32) {
	y = y[:len(x)]
	if useAssembly && len(x) > 0 {
		axpyAVX(alpha, &x[0], &y[0], len(x))
		return
	}
	for i, v := range x {
		y[i] += alpha * v
	}
}

// Scale multiplies every value of x by alpha.
func Scale(alpha float32, x []float32) {
	for i := range x {
		x[i] *= alpha
	}
}

func dotGo(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i, v := range a {
		s0 += v * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}
