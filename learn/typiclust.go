package learn

import (
	"math"
	"slices"

	"akhra.dev/akhra/numeric"
)

const (
	clusterBatch  = 2048
	clusterPasses = 10
	neighbours    = 20  // of the typicality
	largeCluster  = 400 // above it the row nearest to the centre stands for the cluster
)

// TypiClust returns n distinct rows of x (all, when there are fewer) to ask about
// first: the rows are clustered n ways and each cluster gives its most typical
// row, the one with the smallest mean distance to its 20 nearest within the
// cluster. Larger clusters come first. Duplicates may leave fewer than n
// clusters: then clusters give their next rows in turn.
func TypiClust(x *numeric.Matrix, n int, seed uint64) []int {
	n = min(n, x.Rows)
	if n <= 0 {
		return nil
	}
	centres := numeric.KMeans(x, n, seed, clusterBatch, clusterPasses)
	members := make([][]int, centres.Rows)
	for i, c := range numeric.Assign(x, centres) {
		members[c] = append(members[c], i)
	}
	for c, rows := range members {
		members[c] = byTypicality(x, rows, centres.Row(c))
	}
	slices.SortStableFunc(members, func(a, b []int) int { return len(b) - len(a) })
	chosen := make([]int, 0, n)
	for turn := 0; len(chosen) < n; turn++ {
		for _, rows := range members {
			if turn < len(rows) && len(chosen) < n {
				chosen = append(chosen, rows[turn])
			}
		}
	}
	return chosen
}

// byTypicality orders the rows of one cluster, the most typical first.
func byTypicality(x *numeric.Matrix, rows []int, centre []float32) []int {
	typical := make(map[int]float64, len(rows))
	for _, i := range rows {
		if len(rows) > largeCluster {
			typical[i] = squared(x.Row(i), centre)
		} else {
			typical[i] = meanNearest(x, rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		switch {
		case typical[a] < typical[b]:
			return -1
		case typical[a] > typical[b]:
			return 1
		}
		return a - b
	})
	return rows
}

// meanNearest is the mean distance of row i to its nearest among rows.
func meanNearest(x *numeric.Matrix, rows []int, i int) float64 {
	distances := make([]float64, 0, len(rows))
	for _, j := range rows {
		if j != i {
			distances = append(distances, math.Sqrt(squared(x.Row(i), x.Row(j))))
		}
	}
	if len(distances) == 0 {
		return 0
	}
	slices.Sort(distances)
	distances = distances[:min(len(distances), neighbours)]
	sum := 0.0
	for _, d := range distances {
		sum += d
	}
	return sum / float64(len(distances))
}

func squared(a, b []float32) float64 {
	return max(0, float64(numeric.Dot(a, a))+float64(numeric.Dot(b, b))-2*float64(numeric.Dot(a, b)))
}
