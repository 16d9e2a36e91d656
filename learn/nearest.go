package learn

import (
	"cmp"
	"math"
	"slices"

	"akhra.dev/akhra/numeric"
)

const searchBlock = 8192 // rows one core looks through at a time

// Hit is a row that a search found, and its cosine with what was sought.
type Hit struct {
	Row    int
	Cosine float32
}

// Nearest returns the n rows most like q by cosine, the likest first. Rows of
// another length than q are passed over; a row of zeros is like nothing; equally
// like rows come in order of index. It uses every core; a search is bound by
// memory: 1,000,000 rows of 256 values are 1 GB.
func Nearest(rows [][]float32, q []float32, n int) []Hit {
	n = max(0, min(n, len(rows)))
	unit := slices.Clone(q)
	if size := numeric.Dot(q, q); size > 0 {
		numeric.Scale(float32(1/math.Sqrt(float64(size))), unit)
	}
	blocks := make([][]Hit, (len(rows)+searchBlock-1)/searchBlock)
	numeric.Share(len(blocks), func(b int) {
		best := Lowest[Hit]{Most: n, By: later}
		for i := b * searchBlock; i < min((b+1)*searchBlock, len(rows)); i++ {
			if len(rows[i]) == len(unit) {
				best.Add(Hit{i, cosine(rows[i], unit)})
			}
		}
		blocks[b] = best.List()
	})
	all := Lowest[Hit]{Most: n, By: later}
	for _, found := range blocks {
		for _, h := range found {
			all.Add(h)
		}
	}
	return all.List()
}

// cosine is that of the angle between a row and a vector of length 1.
func cosine(row, unit []float32) float32 {
	size := numeric.Dot(row, row)
	if size <= 0 {
		return 0
	}
	return numeric.Dot(row, unit) / float32(math.Sqrt(float64(size)))
}

// later orders the likest first, then by row.
func later(a, b Hit) int { return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), cmp.Compare(a.Row, b.Row)) }
