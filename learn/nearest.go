package learn

import (
	"cmp"
	"math"
	"slices"

	"akhra.dev/akhra/numeric"
)

// Nearest returns the n rows of x most like q by cosine, the likest first, chosen
// among the given rows (nil means all). Equally like rows come in order of index.
func Nearest(x *numeric.Matrix, q []float32, among []int, n int) []int {
	if among == nil {
		among = make([]int, x.Rows)
		for i := range among {
			among[i] = i
		}
	}
	type hit struct {
		row  int
		like float32
	}
	later := func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.row, b.row))
	}
	var kept []hit // in order, at most n
	for _, i := range among {
		row := x.Row(i)
		h := hit{i, 0}
		if size := numeric.Dot(row, row); size > 0 {
			h.like = numeric.Dot(row, q) / float32(math.Sqrt(float64(size)))
		}
		if len(kept) >= n && (n <= 0 || later(kept[n-1], h) <= 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(kept, h, later)
		kept = slices.Insert(kept, at, h)
		kept = kept[:min(len(kept), n)]
	}
	rows := make([]int, len(kept))
	for i, h := range kept {
		rows[i] = h.row
	}
	return rows
}
