package embed

import "math"

const (
	side         = 64 // pixels of a thumbnail
	cell         = 8  // pixels of a cell of the outline histogram
	cells        = side / cell
	orientations = 9
	hogSize      = (cells - 1) * (cells - 1) * 4 * orientations // 1,764
	hogShare     = .5
	hogEps       = 1e-5
	hogClip      = .2
)

// ThumbBytes is the size of a thumbnail: 64 x 64 pixels of red, green, blue.
const ThumbBytes = side * side * 3

// bounds are the directions between neighbouring orientation bins, at 20, 40, ... 160 degrees.
var bounds = func() (b [orientations - 1]struct{ cos, sin float32 }) {
	for i := range b {
		sin, cos := math.Sincos(math.Pi * float64(i+1) / orientations)
		b[i].cos, b[i].sin = float32(cos), float32(sin)
	}
	return b
}()

// hog writes the histogram of oriented gradients of the grey picture, times a half, into out.
func hog(grey *[side * side]float32, out []float32) {
	var cellSums [cells * cells * orientations]float32
	for y := range side {
		for x := range side {
			var gx, gy float32
			if x > 0 && x < side-1 {
				gx = grey[y*side+x+1] - grey[y*side+x-1]
			}
			if y > 0 && y < side-1 {
				gy = grey[(y+1)*side+x] - grey[(y-1)*side+x]
			}
			if gx == 0 && gy == 0 {
				continue
			}
			size := float32(math.Sqrt(float64(gx*gx + gy*gy)))
			cellSums[((y/cell)*cells+x/cell)*orientations+bin(gx, gy)] += size / (cell * cell)
		}
	}
	for y := range cells - 1 {
		for x := range cells - 1 {
			block(&cellSums, y, x, out[(y*(cells-1)+x)*4*orientations:])
		}
	}
}

// bin returns the unsigned orientation of a gradient in nine bins of 20 degrees.
func bin(gx, gy float32) int {
	if gy < 0 || (gy == 0 && gx < 0) {
		gx, gy = -gx, -gy
	}
	low, high := 0, orientations-1
	for low < high {
		middle := (low + high) / 2
		if gy*bounds[middle].cos >= gx*bounds[middle].sin {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// block normalises two by two cells from (y, x): to length 1, clipped, to length 1 again.
func block(sums *[cells * cells * orientations]float32, y, x int, out []float32) {
	out = out[:4*orientations]
	n := 0
	for dy := range 2 {
		for dx := range 2 {
			at := ((y+dy)*cells + x + dx) * orientations
			n += copy(out[n:], sums[at:at+orientations])
		}
	}
	unit(out)
	for i, v := range out {
		out[i] = min(v, hogClip)
	}
	unit(out)
	for i := range out {
		out[i] *= hogShare
	}
}

func unit(v []float32) {
	sum := float32(hogEps * hogEps)
	for _, x := range v {
		sum += x * x
	}
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i := range v {
		v[i] *= scale
	}
}
