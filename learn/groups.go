package learn

import (
	"math"

	"akhra.dev/akhra/numeric"
)

const (
	allPairs     = 50000 // rows up to which every pair is compared; above, those of one k-means cell
	cellSample   = 50000 // rows that cells are made of
	cellPasses   = 5
	leadersBlock = 4096 // rows and leaders compared at a time
	rowsBlock    = 256
)

// Groups finds near-duplicates: it returns for every row its leader, the first
// row whose cosine with it is above limit, itself when there is none. A leader
// leads itself, so that a chain of small changes does not end up in one group.
// It uses every core. Cost: 50,000 rows of 256 values without duplicates are 3.2e11
// multiplications. step, if any, is told how many rows further it is.
func Groups(x *numeric.Matrix, limit float32, seed uint64, step func(rows int)) []int {
	unit := unitRows(x)
	leader := make([]int, x.Rows)
	if x.Rows <= allPairs {
		all := make([]int, x.Rows)
		for i := range all {
			all[i] = i
		}
		lead(unit, all, limit, leader, step)
		return leader
	}
	for _, cell := range cells(unit, seed) {
		lead(unit, cell, limit, leader, step)
	}
	return leader
}

// unitRows copies x with every row brought to length 1; rows of zeros stay.
func unitRows(x *numeric.Matrix) *numeric.Matrix {
	u := numeric.NewMatrix(x.Rows, x.Cols)
	copy(u.Data, x.Data)
	for i, n := range x.SquaredNorms() {
		if n > 0 {
			numeric.Scale(float32(1/math.Sqrt(float64(n))), u.Row(i))
		}
	}
	return u
}

// cells splits rows by k-means, as many ways as the root of their number.
func cells(u *numeric.Matrix, seed uint64) [][]int {
	k := int(math.Sqrt(float64(u.Rows)))
	sample, stride := numeric.NewMatrix(min(cellSample, u.Rows), u.Cols), float64(u.Rows)/float64(min(cellSample, u.Rows))
	for i := range sample.Rows {
		copy(sample.Row(i), u.Row(int(float64(i)*stride)))
	}
	list := make([][]int, k)
	for i, c := range numeric.Assign(u, numeric.KMeans(sample, k, seed, clusterBatch, cellPasses)) {
		list[c] = append(list[c], i)
	}
	return list
}

// lead gives the rows of a list their leaders among them, in order.
func lead(u *numeric.Matrix, rows []int, limit float32, leader []int, step func(rows int)) {
	led := numeric.NewMatrix(len(rows), u.Cols) // the leaders so far
	led.Rows = 0
	var leaders []int
	for low := 0; low < len(rows); low += rowsBlock {
		part := rows[low:min(low+rowsBlock, len(rows))]
		block := numeric.NewMatrix(len(part), u.Cols)
		for i, r := range part {
			leader[r] = -1
			copy(block.Row(i), u.Row(r))
		}
		follow(block, part, led, leaders, limit, leader)
		for i, r := range part {
			if leader[r] >= 0 {
				continue
			}
			if leader[r] = among(block.Row(i), u, part[:i], leader, limit); leader[r] >= 0 {
				continue
			}
			leader[r] = r
			led.Rows++
			copy(led.Row(led.Rows-1), u.Row(r))
			leaders = append(leaders, r)
		}
		if step != nil {
			step(len(part))
		}
	}
}

// follow gives the rows of a block the first of the known leaders they are near to.
func follow(block *numeric.Matrix, part []int, led *numeric.Matrix, leaders []int, limit float32, leader []int) {
	for from := 0; from < led.Rows; from += leadersBlock {
		to := min(from+leadersBlock, led.Rows)
		like := numeric.NewMatrix(block.Rows, to-from)
		numeric.MulT(like, block, led.Slice(from, to))
		for i, r := range part {
			for j, v := range like.Row(i) {
				if leader[r] < 0 && v > limit {
					leader[r] = leaders[from+j]
				}
			}
		}
	}
}

// among is the leader within its own block that a row is near to, -1 for none.
func among(row []float32, u *numeric.Matrix, before []int, leader []int, limit float32) int {
	for _, r := range before {
		if leader[r] == r && numeric.Dot(row, u.Row(r)) > limit {
			return r
		}
	}
	return -1
}
