package learn

import "slices"

// steps is how many thresholds lie between accepting nothing and everything.
const steps = 20

// NothingAccepted is a threshold above every margin.
const NothingAccepted = 2.0

// Audited is one audit item: the margin of the model's say, and who would
// deliver a wrong class of it, the model and people by the ordinary rule. An
// item of which the model says nothing, or which is people's to decide, has a
// margin below 0.
type Audited struct {
	Margin                  float64
	ModelWrong, PeopleWrong bool
}

// Delivered is the outcome of testing a whole delivery.
type Delivered struct {
	Passed    bool
	Threshold float64 // margin from which the model decides; NothingAccepted when people decide all
	Wrong     int     // audit items that would be delivered wrong at Threshold
	Bound     float64 // upper bound of the share wrong among all delivered
}

// CertifyDelivered finds the laxest threshold at which "at most eps of the
// delivered classes are wrong" holds with confidence 1-delta: at a threshold
// the model decides the items above it and people the others. Thresholds are
// quantiles of the pool's margins in steps of a twentieth, fixed before the
// audit's answers are looked at, and are tested from accepting nothing on
// (fixed-sequence testing: Angelopoulos et al. 2021). When even that fails,
// Wrong and Bound are those of people alone. O(pool log pool).
func CertifyDelivered(pool []float64, audit []Audited, eps, delta float64) Delivered {
	thresholds := Thresholds(pool)
	wrong := make([]int, len(thresholds))
	for s, t := range thresholds {
		for _, a := range audit {
			if a.Margin >= t && a.ModelWrong || a.Margin < t && a.PeopleWrong {
				wrong[s]++
			}
		}
	}
	last := FixedSequence(wrong, len(audit), eps, delta)
	at := max(0, last)
	return Delivered{Passed: last >= 0, Threshold: thresholds[at], Wrong: wrong[at], Bound: UpperBound(wrong[at], len(audit), delta)}
}

// Thresholds are the margins to test, strictest first: none accepted, then the
// quantiles of the pool in steps of a twentieth.
func Thresholds(pool []float64) []float64 {
	list := []float64{NothingAccepted}
	sorted := slices.Sorted(slices.Values(pool))
	for s := 1; s <= steps && len(sorted) > 0; s++ {
		list = append(list, sorted[len(sorted)-max(1, s*len(sorted)/steps)])
	}
	return list
}

// Explored is one item that was asked by chance alone: the margin of a say that
// did not know its answer, whether that say was wrong, and how likely an item of
// that margin is one that nobody was asked about otherwise.
type Explored struct {
	Margin float64
	Wrong  bool
	Weight float64
}

// Unasked is one item that nobody was asked about: the margin of the model's
// say, and its claimed chance to be wrong, 1 minus the likeliest probability.
type Unasked struct {
	Margin, Wrong float64
}

// claimed is how many explored items the model's own claim weighs as much as.
const claimed = 150

// ForecastThreshold guesses the threshold that an audit of n items would
// certify among all items, without touching the audit: from the model's claims
// of the unasked, corrected by the items asked by chance. It is a guess to time
// the look by and promises nothing.
func ForecastThreshold(pool []Unasked, explored []Explored, all, n int, eps, delta float64) float64 {
	margins := make([]float64, len(pool))
	for i, u := range pool {
		margins[i] = u.Margin
	}
	best, allowed := NothingAccepted, float64(Allowed(n, eps, delta))
	for _, t := range Thresholds(margins) {
		claim, seen := 0.0, 0.0
		for _, u := range pool {
			if u.Margin >= t {
				claim += u.Wrong
			}
		}
		for _, e := range explored {
			if e.Margin >= t && e.Wrong {
				seen += e.Weight
			}
		}
		wrong := (seen + claimed*claim/float64(max(1, all))) / float64(len(explored)+claimed)
		if wrong*float64(n) > allowed {
			break
		}
		best = t
	}
	return best
}
