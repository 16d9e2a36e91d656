package numeric

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

const (
	spare    = 32   // directions kept beyond those asked for
	sweeps   = 3    // of the subspace iteration
	rankTail = 1e-8 // variance, as a share of the largest, below which a direction is noise
)

// PCA returns the mean of the rows of x and their dims principal directions, the
// largest variance first, as the rows of basis; fewer when the rank is lower, but
// one at least. It iterates on a random subspace of fixed seed, so the last few
// directions are close rather than exact and the same x gives the same bytes. It
// needs about as much memory again as x.
func PCA(x *Matrix, dims int) (mean []float32, basis *Matrix, err error) {
	if x.Rows == 0 || x.Cols == 0 || dims < 1 {
		return nil, nil, fmt.Errorf("numeric: %d principal directions of %dx%d values", dims, x.Rows, x.Cols)
	}
	mean = columnMeans(x)
	centred := x.Transpose()
	for j, m := range mean {
		row := centred.Row(j)
		for i := range row {
			row[i] -= m
		}
	}
	span := iterate(x, mean, centred, min(dims+spare, x.Rows, x.Cols))
	values, turn, err := spread(x, mean, span)
	if err != nil {
		return nil, nil, err
	}
	basis = NewMatrix(rank(values, min(dims, span.Rows)), x.Cols)
	for i := range basis.Rows {
		for j := range span.Rows {
			Axpy(float32(turn.At(j, len(values)-1-i)), span.Row(j), basis.Row(i))
		}
		point(basis.Row(i))
	}
	return mean, basis, nil
}

func columnMeans(x *Matrix) []float32 {
	sums := make([]float64, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			sums[j] += float64(v)
		}
	}
	mean := make([]float32, x.Cols)
	for j, s := range sums {
		mean[j] = float32(s / float64(x.Rows))
	}
	return mean
}

// iterate returns orthonormal rows that span nearly the leading directions.
func iterate(x *Matrix, mean []float32, centred *Matrix, size int) *Matrix {
	chance := rand.New(rand.NewPCG(1, 2))
	span := NewMatrix(size, x.Cols)
	for i := range span.Data {
		span.Data[i] = float32(chance.NormFloat64())
	}
	orthonormalise(span)
	for range sweeps {
		MulT(span, project(x, mean, span), centred)
		orthonormalise(span)
	}
	return span
}

// project returns the coordinates of every centred row of x along span, one row a direction.
func project(x *Matrix, mean []float32, span *Matrix) *Matrix {
	along := NewMatrix(span.Rows, x.Rows)
	MulT(along, span, x)
	for i := range along.Rows {
		shift := Dot(span.Row(i), mean)
		row := along.Row(i)
		for j := range row {
			row[j] -= shift
		}
	}
	return along
}

// spread returns the variances within span, smallest first, and the rotation to them.
func spread(x *Matrix, mean []float32, span *Matrix) ([]float64, *mat.Dense, error) {
	along := project(x, mean, span)
	n := span.Rows
	gram := NewMatrix(n, n)
	MulT(gram, along, along)
	return EigenSym(gram)
}

// EigenSym returns the eigenvalues of the symmetric matrix s, smallest first, and
// its eigenvectors as columns in that order. It reads the upper half only.
func EigenSym(s *Matrix) ([]float64, *mat.Dense, error) {
	sym := mat.NewSymDense(s.Rows, nil)
	for i := range s.Rows {
		for j := i; j < s.Cols; j++ {
			sym.SetSym(i, j, float64(s.Row(i)[j]))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, true) {
		return nil, nil, errors.New("numeric: eigenvalues did not converge")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	return eigen.Values(nil), &vectors, nil
}

// rank counts the leading values that are more than noise, from 1 to most.
func rank(ascending []float64, most int) int {
	last := len(ascending) - 1
	n := 1
	for n < most && ascending[last-n] > rankTail*ascending[last] {
		n++
	}
	return n
}

// orthonormalise makes the rows of m orthonormal, by Gram and Schmidt, each done twice.
func orthonormalise(m *Matrix) {
	for i := range m.Rows {
		row := m.Row(i)
		size := normalise(row)
		for range 2 {
			for j := range i {
				Axpy(-Dot(row, m.Row(j)), m.Row(j), row)
			}
			if left := normalise(row); left < 1e-5 {
				size = 0
			}
		}
		if size == 0 {
			replace(m, i)
		}
	}
}

// replace puts the first axis that is free of the earlier rows in place of a vanished row.
func replace(m *Matrix, i int) {
	row := m.Row(i)
	for axis := range m.Cols {
		clear(row)
		row[(axis+i)%m.Cols] = 1
		for range 2 {
			for j := range i {
				Axpy(-Dot(row, m.Row(j)), m.Row(j), row)
			}
		}
		if normalise(row) > .01 {
			return
		}
	}
}

// normalise scales row to length 1 and returns its length before.
func normalise(row []float32) float64 {
	size := math.Sqrt(float64(Dot(row, row)))
	if size > 1e-30 {
		Scale(float32(1/size), row)
		return size
	}
	return 0
}

// point turns row so that its largest component is positive.
func point(row []float32) {
	top := 0
	for j, v := range row {
		if math.Abs(float64(v)) > math.Abs(float64(row[top])) {
			top = j
		}
	}
	if row[top] < 0 {
		Scale(-1, row)
	}
}
