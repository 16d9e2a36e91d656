package numeric

import (
	"math"
	"math/rand/v2"
)

// KMeans returns k centres of the rows of x (fewer when x has fewer rows), by
// minibatch k-means: every pass walks the rows in a new random order, batch rows
// at a time, and moves the nearest centre of a row towards it by 1/(rows it has
// won so far). A centre that won nothing in a pass restarts at a random row.
func KMeans(x *Matrix, k int, seed uint64, batch, passes int) *Matrix {
	k, batch = min(k, x.Rows), max(1, min(batch, x.Rows))
	chance := rand.New(rand.NewPCG(seed, 0x6b6d65616e73))
	order := chance.Perm(x.Rows)
	centres := NewMatrix(k, x.Cols)
	for c := range k {
		copy(centres.Row(c), x.Row(order[c]))
	}
	if k == 0 {
		return centres
	}
	won := make([]int, k)
	rows, scores := NewMatrix(batch, x.Cols), NewMatrix(batch, k)
	for range passes {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		before := append([]int(nil), won...)
		for low := 0; low < len(order); low += batch {
			step(centres, won, x, order[low:min(low+batch, len(order))], rows, scores)
		}
		for c := range won {
			if won[c] == before[c] {
				copy(centres.Row(c), x.Row(order[chance.IntN(len(order))]))
				won[c] = 1
			}
		}
	}
	return centres
}

// step assigns the chosen rows of x to their nearest centres, then moves these.
func step(centres *Matrix, won []int, x *Matrix, chosen []int, rows, scores *Matrix) {
	rows, scores = rows.Slice(0, len(chosen)), scores.Slice(0, len(chosen))
	for i, r := range chosen {
		copy(rows.Row(i), x.Row(r))
	}
	nearest := assign(rows, centres, scores)
	for i, c := range nearest {
		won[c]++
		rate := 1 / float32(won[c])
		centre := centres.Row(c)
		Scale(1-rate, centre)
		Axpy(rate, rows.Row(i), centre)
	}
}

// Assign returns the index of the nearest centre of every row of x, the first of equals.
func Assign(x, centres *Matrix) []int {
	const unit = 2048
	nearest := make([]int, 0, x.Rows)
	scores := NewMatrix(min(unit, x.Rows), centres.Rows)
	for low := 0; low < x.Rows; low += unit {
		part := x.Slice(low, min(low+unit, x.Rows))
		nearest = append(nearest, assign(part, centres, scores.Slice(0, part.Rows))...)
	}
	return nearest
}

func assign(rows, centres, scores *Matrix) []int {
	MulT(scores, rows, centres)
	half := centres.SquaredNorms()
	Scale(.5, half)
	nearest := make([]int, rows.Rows)
	for i := range nearest {
		best := float32(math.Inf(-1))
		for c, s := range scores.Row(i) {
			if s -= half[c]; s > best {
				best, nearest[i] = s, c
			}
		}
	}
	return nearest
}
