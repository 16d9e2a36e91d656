package learn

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// UpperBound is the largest error rate still likely after k wrong of n: the exact
// one-sided bound of Clopper and Pearson, at or above the truth with probability
// 1-alpha. It is 1 when k = n, also when n is 0.
func UpperBound(k, n int, alpha float64) float64 {
	switch {
	case k >= n:
		return 1
	case k <= 0:
		return 1 - math.Pow(alpha, 1/float64(n))
	}
	return mathext.InvRegIncBeta(float64(k+1), float64(n-k), 1-alpha)
}

// Wilson returns the 95 % score interval of a share of k in n; 0 to 1 when n is 0.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	count := float64(n)
	share := float64(k) / count
	middle := (share + z*z/(2*count)) / (1 + z*z/count)
	half := z / (1 + z*z/count) * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	return max(0, middle-half), min(1, middle+half)
}

// FixedSequence tests thresholds from the strictest to the laxest: wrong[s] of the
// n audit items would be delivered wrong at threshold s. It returns the last s for
// which this and every stricter threshold keeps the error at or below eps with
// confidence 1-delta, or -1 when the strictest already fails. The order is fixed
// beforehand, so delta is not divided among the tests.
func FixedSequence(wrong []int, n int, eps, delta float64) (last int) {
	for s, k := range wrong {
		if UpperBound(k, n, delta) > eps {
			return s - 1
		}
	}
	return len(wrong) - 1
}

// AuditSize is the least number of audit items of which none may be wrong for the
// promise "at most eps wrong, with confidence 1-delta".
func AuditSize(eps, delta float64) int {
	return int(math.Ceil(math.Log(delta) / math.Log(1-eps)))
}

// Allowed is the largest number of wrong audit items of n that still keeps the
// promise "at most eps wrong, with confidence 1-delta"; -1 when not even 0 does.
func Allowed(n int, eps, delta float64) int {
	k := -1
	for k+1 < n && UpperBound(k+1, n, delta) <= eps {
		k++
	}
	return k
}
