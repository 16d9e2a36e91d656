package truth

import "math"

// Bin is one row of a reliability table: tasks whose top posterior is alike.
type Bin struct {
	Tasks   int
	Claimed float64 // mean top posterior
	Right   float64 // share of right classes, among tied ones by expectation
}

// bins is how many of equal width a reliability table has.
const bins = 10

// Reliability compares what the posteriors, tempered by rho, claim with what is
// so. Bin n holds the tasks whose top posterior is at least n/10. Truth is
// negative where unknown; empty bins stay, as zeros.
func (r *Result) Reliability(truth []int, rho float64) []Bin {
	table, z := make([]Bin, bins), make([]float64, r.Classes)
	for i, k := range truth {
		if k < 0 {
			continue
		}
		Temper(r.Row(i), rho, z)
		class, _ := Top(z)
		b := &table[min(int(z[class]*bins), bins-1)]
		b.Tasks++
		b.Claimed += z[class]
		b.Right += expectedRight(r.Row(i), k)
	}
	for n := range table {
		b := &table[n]
		b.Claimed /= float64(max(1, b.Tasks))
		b.Right /= float64(max(1, b.Tasks))
	}
	return table
}

// CalibrationError is the expected calibration error of a reliability table:
// the mean over its tasks of |claimed - right| of their bin (M. P. Naeini et
// al., "Obtaining well calibrated probabilities using Bayesian binning", 2015).
func CalibrationError(table []Bin) float64 {
	apart, tasks := 0.0, 0
	for _, b := range table {
		apart += float64(b.Tasks) * math.Abs(b.Claimed-b.Right)
		tasks += b.Tasks
	}
	return apart / float64(max(1, tasks))
}
