package numeric

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	tileA = 4 // rows of a in one register tile
	tileB = 3 // rows of b in one register tile

	panelInner = 1024    // inner length of one pass: four rows of it stay in the first cache
	panelB     = 192     // rows of b in one pass: with panelInner they stay in the second cache
	unitRows   = 64      // rows of a one worker takes at a time; a multiple of tileA
	shareFrom  = 1 << 26 // multiplications from which the work is shared among cores
)

// MulT sets dst to a times the transpose of b: dst(i, j) is the inner product of
// row i of a and row j of b. Small products (under 67 million multiplications)
// run on the calling goroutine alone; larger ones use every core. The result does
// not depend on the number of cores. It panics when the shapes do not fit.
func MulT(dst, a, b *Matrix) {
	if a.Cols != b.Cols || dst.Rows != a.Rows || dst.Cols != b.Rows {
		panic(fmt.Sprintf("numeric: MulT of %dx%d and %dx%d into %dx%d", a.Rows, a.Cols, b.Rows, b.Cols, dst.Rows, dst.Cols))
	}
	workers := min(runtime.GOMAXPROCS(0), (a.Rows+unitRows-1)/unitRows)
	if workers < 2 || a.Rows*b.Rows*a.Cols < shareFrom {
		mulRows(dst, a, b)
		return
	}
	Share((a.Rows+unitRows-1)/unitRows, func(unit int) {
		low, high := unit*unitRows, min((unit+1)*unitRows, a.Rows)
		mulRows(dst.Slice(low, high), a.Slice(low, high), b)
	})
}

// Share calls work once for each of n units, on as many goroutines as there are
// cores, and returns when all are done. Units must not write to shared memory.
func Share(n int, work func(unit int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for unit := next.Add(1) - 1; unit < int64(n); unit = next.Add(1) - 1 {
				work(int(unit))
			}
		})
	}
	wait.Wait()
}

func mulRows(dst, a, b *Matrix) {
	clear(dst.Data[:dst.Rows*dst.Cols])
	for from := 0; from < a.Cols; from += panelInner {
		to := min(from+panelInner, a.Cols)
		for left := 0; left < b.Rows; left += panelB {
			mulPanel(dst, a, b, from, to, left, min(left+panelB, b.Rows))
		}
	}
}

// mulPanel adds to columns left..right of dst the products over inner indices from..to.
func mulPanel(dst, a, b *Matrix, from, to, left, right int) {
	fullA := a.Rows - a.Rows%tileA
	fullB := right - (right-left)%tileB
	var out [tileA * tileB]float32
	for i := 0; i < fullA; i += tileA {
		for j := left; j < fullB; j += tileB {
			tile(a.Data[i*a.Cols+from:], a.Cols, b.Data[j*b.Cols+from:], b.Cols, to-from, &out)
			for r := range tileA {
				row := dst.Data[(i+r)*dst.Cols+j:]
				row = row[:tileB]
				row[0] += out[r]
				row[1] += out[tileA+r]
				row[2] += out[2*tileA+r]
			}
		}
		mulEdge(dst, a, b, from, to, i, i+tileA, fullB, right)
	}
	mulEdge(dst, a, b, from, to, fullA, a.Rows, left, right)
}

// mulEdge does what is left beside the full tiles, one inner product at a time.
func mulEdge(dst, a, b *Matrix, from, to, top, bottom, left, right int) {
	for i := top; i < bottom; i++ {
		row := a.Row(i)[from:to]
		for j := left; j < right; j++ {
			dst.Data[i*dst.Cols+j] += Dot(row, b.Row(j)[from:to])
		}
	}
}

// tile sets out[c*tileA+r] to the inner product over n values of row r of a and
// row c of b, rows being lda and ldb values apart.
func tile(a []float32, lda int, b []float32, ldb, n int, out *[tileA * tileB]float32) {
	_, _ = a[(tileA-1)*lda+n-1], b[(tileB-1)*ldb+n-1]
	if useAssembly {
		tileAVX(&a[0], lda, &b[0], ldb, n, out)
		return
	}
	tileGo(a, lda, b, ldb, n, out)
}

func tileGo(a []float32, lda int, b []float32, ldb, n int, out *[tileA * tileB]float32) {
	a0, a1, a2, a3 := a[:n], a[lda:lda+n], a[2*lda:2*lda+n], a[3*lda:3*lda+n]
	for c := range tileB {
		bc := b[c*ldb : c*ldb+n]
		var s0, s1, s2, s3 float32
		for i, v := range bc {
			s0 += v * a0[i]
			s1 += v * a1[i]
			s2 += v * a2[i]
			s3 += v * a3[i]
		}
		out[c*tileA], out[c*tileA+1], out[c*tileA+2], out[c*tileA+3] = s0, s1, s2, s3
	}
}
