package ingest

import "math"

const weightBits = 14

// taps are the weights of the source pixels that make one target pixel, from
// the first on; they sum to 1<<weightBits.
type taps struct {
	first   int
	weights []int32
}

// smooth weighs by the Catmull-Rom curve, widened to the step when shrinking.
func smooth(from, to int) []taps {
	step := float64(from) / float64(to)
	wide := max(step, 1)
	return weigh(from, to, 2*wide, func(d float64) float64 {
		d = math.Abs(d) / wide
		switch {
		case d < 1:
			return (1.5*d-2.5)*d*d + 1
		case d < 2:
			return ((-0.5*d+2.5)*d-4)*d + 2
		}
		return 0
	})
}

// area weighs by how much of a source pixel the target pixel covers.
func area(from, to int) []taps {
	half := max(float64(from)/float64(to)/2, 0.5)
	return weigh(from, to, half+0.5, func(d float64) float64 {
		return max(0, min(1, half+0.5-math.Abs(d)))
	})
}

// weigh lays a curve of the given reach over the source for each target pixel.
func weigh(from, to int, reach float64, curve func(distance float64) float64) []taps {
	step := float64(from) / float64(to)
	all := make([]taps, to)
	for i := range all {
		centre := (float64(i)+0.5)*step - 0.5
		first := max(0, int(math.Ceil(centre-reach)))
		last := min(from-1, int(math.Floor(centre+reach)))
		raw, sum := make([]float64, 0, last-first+1), 0.0
		for j := first; j <= last; j++ {
			v := curve(float64(j) - centre)
			raw, sum = append(raw, v), sum+v
		}
		all[i] = taps{first, whole(raw, sum)}
	}
	return all
}

// whole turns weights into integers that sum to exactly one; the largest takes
// what rounding left.
func whole(raw []float64, sum float64) []int32 {
	out, left, largest := make([]int32, len(raw)), int32(1)<<weightBits, 0
	for i, v := range raw {
		out[i] = int32(math.Round(v / sum * (1 << weightBits)))
		left -= out[i]
		if out[i] > out[largest] {
			largest = i
		}
	}
	out[largest] += left
	return out
}

// resample scales a plane by the weights of a curve, first along, then across.
func (p plane) resample(w, h int, curve func(from, to int) []taps) plane {
	if p.w == w && p.h == h {
		return p
	}
	along := newPlane(w, p.h)
	columns := curve(p.w, w)
	for y := range p.h {
		source, row := p.row(y), along.row(y)
		for x := range row {
			t := &columns[x]
			sum := int32(1 << (weightBits - 1))
			window := source[t.first : t.first+len(t.weights)]
			for i, weight := range t.weights {
				sum += weight * int32(window[i])
			}
			row[x] = clamp(sum)
		}
	}
	return along.across(h, curve(p.h, h))
}

func (p plane) across(h int, rows []taps) plane {
	out := newPlane(p.w, h)
	sums := make([]int32, p.w)
	for y, t := range rows {
		for x := range sums {
			sums[x] = 1 << (weightBits - 1)
		}
		for i, weight := range t.weights {
			row := p.row(t.first + i)
			for x, v := range row[:len(sums)] {
				sums[x] += weight * int32(v)
			}
		}
		target := out.row(y)
		for x, sum := range sums {
			target[x] = clamp(sum)
		}
	}
	return out
}

func clamp(sum int32) byte {
	sum >>= weightBits
	if uint32(sum) > 255 {
		if sum < 0 {
			return 0
		}
		return 255
	}
	return byte(sum)
}
