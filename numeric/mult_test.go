package numeric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func randomMatrix(rows, cols int, seed uint64) *Matrix {
	chance := rand.New(rand.NewPCG(seed, 1))
	m := NewMatrix(rows, cols)
	for i := range m.Data {
		m.Data[i] = float32(chance.NormFloat64())
	}
	return m
}

func naive(a, b *Matrix) []float64 {
	out := make([]float64, a.Rows*b.Rows)
	for i := range a.Rows {
		for j := range b.Rows {
			for k, v := range a.Row(i) {
				out[i*b.Rows+j] += float64(v) * float64(b.Row(j)[k])
			}
		}
	}
	return out
}

func TestMulTIsTheProductForEveryShape(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(0, 21).Draw(t, "rows"), rapid.IntRange(0, 16).Draw(t, "cols")
		inner := rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(1015, 1060)).Draw(t, "inner")
		a, b := randomMatrix(rows, inner, 1), randomMatrix(cols, inner, 2)
		dst := randomMatrix(rows, cols, 3)
		MulT(dst, a, b)
		for i, want := range naive(a, b) {
			if math.Abs(float64(dst.Data[i])-want) > 2e-4*math.Sqrt(float64(inner)+1) {
				t.Fatalf("%dx%d over %d: value %d is %v, want %v", rows, cols, inner, i, dst.Data[i], want)
			}
		}
	})
}

func TestAssemblyAgreesWithPlainGo(t *testing.T) {
	if !useAssembly {
		t.Skip("this processor runs the plain loops")
	}
	t.Parallel()
	for n := 1; n < 70; n++ {
		a, b := randomMatrix(tileA, n, uint64(n)), randomMatrix(tileB, n, uint64(n)+100)
		var fast, plain [tileA * tileB]float32
		tile(a.Data, n, b.Data, n, n, &fast)
		tileGo(a.Data, n, b.Data, n, n, &plain)
		for i := range fast {
			near(t, fast[i], plain[i])
		}
		near(t, Dot(a.Row(1), b.Row(2)), dotGo(a.Row(1), b.Row(2)))
		y, want := slices.Clone(b.Data), slices.Clone(b.Data)
		Axpy(.5, a.Row(0), y)
		for i, v := range a.Row(0) {
			want[i] += .5 * v
		}
		for i := range y {
			near(t, y[i], want[i])
		}
	}
}

func near(t *testing.T, got, want float32) {
	t.Helper()
	if math.Abs(float64(got-want)) > 1e-4 {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func TestSharedWorkGivesTheSameBytes(t *testing.T) {
	a, b := randomMatrix(517, 700, 1), randomMatrix(250, 700, 2)
	alone, shared := NewMatrix(517, 250), NewMatrix(517, 250)
	mulRows(alone, a, b)
	MulT(shared, a, b)
	if !slices.Equal(alone.Data, shared.Data) {
		t.Fatal("the result depends on how the work is shared")
	}
}

func TestTransposeTurnsRowsIntoColumns(t *testing.T) {
	t.Parallel()
	m := randomMatrix(37, 70, 4)
	turned := m.Transpose()
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			if turned.Row(j)[i] != v {
				t.Fatalf("element %d,%d", i, j)
			}
		}
	}
}

func BenchmarkMulTPatches(b *testing.B) {
	x, c, dst := randomMatrix(729, 108, 1), randomMatrix(400, 108, 2), NewMatrix(729, 400)
	b.SetBytes(2 * 729 * 108 * 400) // MB/s reads as MFLOP/s
	for b.Loop() {
		MulT(dst, x, c)
	}
}

func BenchmarkMulTHead(b *testing.B) {
	x, c, dst := randomMatrix(2000, 512, 1), randomMatrix(10, 512, 2), NewMatrix(2000, 10)
	b.SetBytes(2 * 2000 * 512 * 10)
	for b.Loop() {
		MulT(dst, x, c)
	}
}
