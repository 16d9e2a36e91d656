package numeric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// ramp has rank r: row i is a mix of r fixed random rows with shrinking shares, moved off the origin.
func ramp(rows, cols, r int, seed uint64) *Matrix {
	chance := rand.New(rand.NewPCG(seed, 3))
	parts := randomMatrix(r, cols, seed)
	m := NewMatrix(rows, cols)
	for i := range rows {
		for p := range r {
			Axpy(float32(chance.NormFloat64()/float64(p+1)), parts.Row(p), m.Row(i))
		}
		for j := range cols {
			m.Row(i)[j] += 5
		}
	}
	return m
}

func residual(x *Matrix, mean []float32, basis *Matrix) float64 {
	left := 0.0
	for i := range x.Rows {
		row := slices.Clone(x.Row(i))
		Axpy(-1, mean, row)
		for k := range basis.Rows {
			Axpy(-Dot(row, basis.Row(k)), basis.Row(k), row)
		}
		left += float64(Dot(row, row))
	}
	return left
}

func TestPCAKeepsAllOfALowRank(t *testing.T) {
	t.Parallel()
	x := ramp(90, 120, 7, 1)
	mean, basis, err := PCA(x, 40)
	if err != nil {
		t.Fatal(err)
	}
	if basis.Rows != 7 {
		t.Fatalf("%d directions of rank 7", basis.Rows)
	}
	if left := residual(x, mean, basis); left > 1e-3 {
		t.Fatalf("%g is left over", left)
	}
}

func TestPCALosesNoMoreThanTheExactOne(t *testing.T) {
	t.Parallel()
	x := ramp(200, 150, 140, 2)
	mean, basis, err := PCA(x, 20)
	if err != nil {
		t.Fatal(err)
	}
	for i := range basis.Rows {
		for j := range i + 1 {
			want := 0.0
			if i == j {
				want = 1
			}
			if math.Abs(float64(Dot(basis.Row(i), basis.Row(j)))-want) > 1e-3 {
				t.Fatalf("directions %d and %d are not orthonormal", i, j)
			}
		}
	}
	centred := x.Transpose()
	for j := range centred.Rows {
		for i := range centred.Cols {
			centred.Row(j)[i] -= mean[j]
		}
	}
	cov := NewMatrix(150, 150)
	MulT(cov, centred, centred)
	values, _, err := EigenSym(cov)
	if err != nil {
		t.Fatal(err)
	}
	best := 0.0
	for _, v := range values[:130] {
		best += v
	}
	if left := residual(x, mean, basis); left > 1.01*best {
		t.Fatalf("%g is left over, the exact directions leave %g", left, best)
	}
}

func TestPCAOfOneRowAndOfEqualRowsGivesOneDirection(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{1, 2, 5} {
		x := NewMatrix(rows, 10)
		for i := range x.Data {
			x.Data[i] = float32(i % 10)
		}
		_, basis, err := PCA(x, 4)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range basis.Data {
			if math.IsNaN(float64(v)) {
				t.Fatalf("%d rows: not a number", rows)
			}
		}
		if basis.Rows < 1 {
			t.Fatalf("%d rows: no direction", rows)
		}
	}
	if _, _, err := PCA(NewMatrix(0, 4), 2); err == nil {
		t.Fatal("no rows were accepted")
	}
}

func TestKMeansFindsSeparateGroups(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(9, 9))
	x := NewMatrix(900, 6)
	for i := range x.Rows {
		x.Row(i)[i%6] = 10
		for j := range 6 {
			x.Row(i)[j] += float32(.1 * chance.NormFloat64())
		}
	}
	centres := KMeans(x, 30, 1, 100, 5)
	off := 0.0
	for i, c := range Assign(x, centres) {
		for j, v := range x.Row(i) {
			off = max(off, math.Abs(float64(v-centres.Row(c)[j])))
		}
	}
	if off > 1 {
		t.Fatalf("a row is %g from its centre", off)
	}
	if !slices.Equal(centres.Data, KMeans(x, 30, 1, 100, 5).Data) {
		t.Fatal("the same seed gave other centres")
	}
}

func TestKMeansOfFewRows(t *testing.T) {
	t.Parallel()
	for rows := range 3 {
		if c := KMeans(NewMatrix(rows, 2), 5, 1, 10, 3); c.Rows != rows {
			t.Fatalf("%d centres of %d rows", c.Rows, rows)
		}
	}
}

func BenchmarkPCA(b *testing.B) {
	x := randomMatrix(3000, 2052, 1)
	for b.Loop() {
		if _, _, err := PCA(x, 256); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKMeansPatches(b *testing.B) {
	x := randomMatrix(60000, 108, 1)
	for b.Loop() {
		KMeans(x, 400, 1, 2048, 10)
	}
}
