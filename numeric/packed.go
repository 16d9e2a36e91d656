package numeric

import (
	"fmt"
	"math"
)

const packRows = 4 // rows of a Packed that lie side by side

// Range is where results are brought into: below Low becomes Low, above High becomes High.
type Range struct{ Low, High float32 }

// Unlimited is the range that changes nothing.
func Unlimited() Range {
	return Range{float32(math.Inf(-1)), float32(math.Inf(1))}
}

// Packed is the left matrix of many products, in the order in which the kernels
// read it. It never changes and is safe for concurrent use.
type Packed struct {
	Rows, Inner int
	data        []float32 // strips of packRows rows, column by column; zeros below the last row
	bias        []float32 // one value a row, zeros below the last
}

// Pack orders a for products; bias is added to every value of its row, nil is none.
// It panics when a is empty or bias has another length than a has rows.
func Pack(a *Matrix, bias []float32) *Packed {
	if a.Rows < 1 || a.Cols < 1 || bias != nil && len(bias) != a.Rows {
		panic(fmt.Sprintf("numeric: Pack of %dx%d with %d bias values", a.Rows, a.Cols, len(bias)))
	}
	strips := (a.Rows + packRows - 1) / packRows
	p := &Packed{Rows: a.Rows, Inner: a.Cols, data: make([]float32, strips*packRows*a.Cols), bias: make([]float32, strips*packRows)}
	copy(p.bias, bias)
	for i := range a.Rows {
		strip := p.data[i/packRows*packRows*a.Cols:]
		for k, v := range a.Row(i) {
			strip[k*packRows+i%packRows] = v
		}
	}
	return p
}

// Product sets cols values of each row of dst, rows being ldd values apart, to p
// times b plus the bias, brought into limit. Row k of b starts at b[at[k]]; rows may
// overlap, so a convolution is the product of its weights with shifted views of one
// picture. It runs on the calling goroutine and panics when the shapes do not fit.
func (p *Packed) Product(dst []float32, ldd int, b []float32, at []int, cols int, limit Range) {
	p.product(kernels, dst, ldd, b, at, cols, limit)
}

func (p *Packed) product(set kernelSet, dst []float32, ldd int, b []float32, at []int, cols int, limit Range) {
	if cols < 1 {
		return
	}
	if len(at) != p.Inner || ldd < cols || len(dst) < (p.Rows-1)*ldd+cols {
		panic(fmt.Sprintf("numeric: Product of %dx%d with %d rows of %d, %d apart, into %d values", p.Rows, p.Inner, len(at), cols, ldd, len(dst)))
	}
	for _, from := range at {
		_ = b[from : from+cols]
	}
	w := product{bias: &p.bias[0], at: &at[0], rows: p.Rows, inner: p.Inner, ldd: ldd, limit: limit}
	width := set.panelWidth()
	for left := 0; left < cols; left += width {
		w.a, w.b, w.dst, w.cols = &p.data[0], &b[left], &dst[left], min(width, cols-left)
		switch set {
		case avx512:
			productAVX512(&w)
		case avx2:
			productAVX2(&w)
		default:
			p.panelGo(dst[left:], ldd, b[left:], at, w.cols, limit)
		}
	}
}

// product is one call of a kernel: at most as many columns as it takes, of all rows.
// The assembly reads the fields by their place.
type product struct {
	a, bias, b *float32
	at         *int
	dst        *float32
	rows       int
	inner      int
	ldd, cols  int
	limit      Range
}

// panelGo is the plain form of the kernels. Two columns at a time go through four
// rows: eight sums, as many as stay in registers.
func (p *Packed) panelGo(dst []float32, ldd int, b []float32, at []int, cols int, limit Range) {
	var sums [packRows][2]float32
	for top := 0; top < p.Rows; top += packRows {
		a := p.data[top*p.Inner : (top+packRows)*p.Inner]
		for j := 0; j < cols; j += 2 {
			pair := min(2, cols-j)
			if pair == 2 {
				stripGo(a, b[j:], at, &sums)
			} else {
				lastGo(a, b[j:], at, &sums)
			}
			for r := range min(packRows, p.Rows-top) {
				row, bias := dst[(top+r)*ldd+j:], p.bias[top+r]
				for c := range pair {
					row[c] = min(max(sums[r][c]+bias, limit.Low), limit.High)
				}
			}
		}
	}
}

func stripGo(a, b []float32, at []int, sums *[packRows][2]float32) {
	var s00, s01, s10, s11, s20, s21, s30, s31 float32
	for k, from := range at {
		w, v := a[k*packRows:k*packRows+packRows:k*packRows+packRows], b[from:from+2:from+2]
		v0, v1 := v[0], v[1]
		s00 += w[0] * v0
		s01 += w[0] * v1
		s10 += w[1] * v0
		s11 += w[1] * v1
		s20 += w[2] * v0
		s21 += w[2] * v1
		s30 += w[3] * v0
		s31 += w[3] * v1
	}
	*sums = [packRows][2]float32{{s00, s01}, {s10, s11}, {s20, s21}, {s30, s31}}
}

// lastGo does a single column.
func lastGo(a, b []float32, at []int, sums *[packRows][2]float32) {
	*sums = [packRows][2]float32{}
	for k, from := range at {
		w, v := a[k*packRows:k*packRows+packRows], b[from]
		for r := range packRows {
			sums[r][0] += w[r] * v
		}
	}
}
