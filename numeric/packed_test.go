package numeric

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// kernelSets are those that this processor runs.
func kernelSets() []kernelSet {
	var sets []kernelSet
	for set := plain; set <= kernels; set++ {
		sets = append(sets, set)
	}
	return sets
}

func TestProductIsTheProductOnEveryKernel(t *testing.T) {
	t.Parallel()
	for _, set := range kernelSets() {
		t.Run(fmt.Sprint(set), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { checkProduct(t, set) })
		})
	}
}

// checkProduct compares a product of overlapping rows of b with the sums in float64,
// and looks that nothing beside the columns is written.
func checkProduct(t *rapid.T, set kernelSet) {
	rows, inner := rapid.IntRange(1, 14).Draw(t, "rows"), rapid.IntRange(1, 40).Draw(t, "inner")
	cols, ldd := rapid.IntRange(0, 140).Draw(t, "cols"), rapid.IntRange(0, 3).Draw(t, "gap")
	ldd += cols
	a, b, bias := randomMatrix(rows, inner, 1), randomMatrix(1, cols+200, 2).Data, randomMatrix(1, rows, 3).Data
	at := rapid.SliceOfN(rapid.IntRange(0, 200), inner, inner).Draw(t, "at")
	limit := rapid.SampledFrom([]Range{Unlimited(), {0, 6}, {-1, 1}}).Draw(t, "limit")
	dst := make([]float32, rows*ldd+1)
	Pack(a, bias).product(set, dst, ldd, b, at, cols, limit)
	for i := range rows {
		for j := range ldd {
			want := 0.0
			if j < cols {
				want = float64(bias[i])
				for k, from := range at {
					want += float64(a.Row(i)[k]) * float64(b[from+j])
				}
				want = min(max(want, float64(limit.Low)), float64(limit.High))
			}
			if math.Abs(float64(dst[i*ldd+j])-want) > 1e-4 {
				t.Fatalf("value %d,%d is %v, want %v", i, j, dst[i*ldd+j], want)
			}
		}
	}
	if dst[rows*ldd] != 0 {
		t.Fatal("a value after the last row was written")
	}
}

func TestTapsAreTheSumOnEveryKernel(t *testing.T) {
	t.Parallel()
	for _, set := range kernelSets() {
		t.Run(fmt.Sprint(set), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { checkTaps(t, set) })
		})
	}
}

func checkTaps(t *rapid.T, set kernelSet) {
	n, count := rapid.IntRange(0, 150).Draw(t, "n"), rapid.IntRange(1, 26).Draw(t, "taps")
	src, weights := randomMatrix(1, n+300, 4).Data, randomMatrix(1, count, 5).Data
	at := rapid.SliceOfN(rapid.IntRange(0, 300), count, count).Draw(t, "at")
	limit := rapid.SampledFrom([]Range{Unlimited(), {0, 6}}).Draw(t, "limit")
	dst := make([]float32, n+1)
	taps(set, dst[:n], src, at, weights, .25, limit)
	for x := range n {
		want := .25
		for k, from := range at {
			want += float64(weights[k]) * float64(src[from+x])
		}
		want = min(max(want, float64(limit.Low)), float64(limit.High))
		if math.Abs(float64(dst[x])-want) > 1e-4 {
			t.Fatalf("value %d is %v, want %v", x, dst[x], want)
		}
	}
	if dst[n] != 0 {
		t.Fatal("a value after the last was written")
	}
}

func TestWhatIsNoNumberStaysSoOnEveryKernel(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	for _, set := range kernelSets() {
		var dst [1]float32
		Pack(&Matrix{1, 1, []float32{1}}, nil).product(set, dst[:], 1, []float32{nan}, []int{0}, 1, Range{0, 6})
		if dst[0] == dst[0] {
			t.Errorf("set %d: a product became %v", set, dst[0])
		}
		taps(set, dst[:], []float32{nan}, []int{0}, []float32{1}, 0, Range{0, 6})
		if dst[0] == dst[0] {
			t.Errorf("set %d: a sum became %v", set, dst[0])
		}
	}
}

func TestProductsAndTapsRefuseShapesThatDoNotFit(t *testing.T) {
	t.Parallel()
	p := Pack(NewMatrix(2, 3), nil)
	for name, call := range map[string]func(){
		"RowOfBTooShort":   func() { p.Product(make([]float32, 8), 4, make([]float32, 5), []int{0, 1, 2}, 4, Unlimited()) },
		"DestinationShort": func() { p.Product(make([]float32, 7), 4, make([]float32, 9), []int{0, 1, 2}, 4, Unlimited()) },
		"RowMissing":       func() { p.Product(make([]float32, 8), 4, make([]float32, 9), []int{0, 1}, 4, Unlimited()) },
		"TapOutside":       func() { Taps(make([]float32, 4), make([]float32, 5), []int{2}, []float32{1}, 0, Unlimited()) },
		"TapBefore":        func() { Taps(make([]float32, 4), make([]float32, 5), []int{-1}, []float32{1}, 0, Unlimited()) },
		"WeightMissing":    func() { Taps(make([]float32, 4), make([]float32, 5), []int{0, 1}, []float32{1}, 0, Unlimited()) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Fatal("accepted")
				}
			}()
			call()
		})
	}
}

// MB/s reads as MFLOP/s.
func BenchmarkProduct(b *testing.B) {
	for _, set := range kernelSets() {
		for _, shape := range []struct{ rows, inner, cols int }{{48, 8, 12544}, {24, 144, 784}, {336, 56, 49}, {1280, 112, 49}, {1280, 112, 16}} {
			b.Run(fmt.Sprintf("%d/%dx%dx%d", set, shape.rows, shape.inner, shape.cols), func(b *testing.B) {
				p, x := Pack(randomMatrix(shape.rows, shape.inner, 1), nil), randomMatrix(shape.inner, shape.cols, 2)
				at, dst := make([]int, shape.inner), make([]float32, shape.rows*shape.cols)
				for k := range at {
					at[k] = k * shape.cols
				}
				b.SetBytes(int64(2 * shape.rows * shape.inner * shape.cols))
				for b.Loop() {
					p.product(set, dst, shape.cols, x.Data, at, shape.cols, Range{0, 6})
				}
			})
		}
	}
}

func BenchmarkTaps(b *testing.B) {
	for _, set := range kernelSets() {
		b.Run(fmt.Sprint(set), func(b *testing.B) {
			src, weights := randomMatrix(1, 114*114, 1).Data, randomMatrix(1, 9, 2).Data
			at, dst := []int{0, 1, 2, 114, 115, 116, 228, 229, 230}, make([]float32, 112*114-2)
			b.SetBytes(int64(2 * len(at) * len(dst)))
			for b.Loop() {
				taps(set, dst, src, at, weights, 0, Range{0, 6})
			}
		})
	}
}
