package embed

import "math"

const (
	hues, saturations, values = 8, 3, 3
	colourBins                = hues * saturations * values
	colourSize                = 4 * colourBins // 288: one histogram a quadrant
)

// colour writes the square roots of the shares of hue, saturation and value bins in each quadrant into out.
func colour(thumb []byte, out []float32) {
	var counts [colourSize]int
	for y := range side {
		for x := range side {
			p := thumb[(y*side+x)*3:]
			quadrant := y/(side/2)*2 + x/(side/2)
			counts[quadrant*colourBins+colourBin(int(p[0]), int(p[1]), int(p[2]))]++
		}
	}
	for i, c := range counts {
		out[i] = float32(math.Sqrt(float64(c) / (side * side / 4)))
	}
}

// colourBin places a pixel in the histogram.
func colourBin(r, g, b int) int {
	top, low := max(r, g, b), min(r, g, b)
	span := top - low
	value := min(values-1, top*values/255)
	if span == 0 {
		return value
	}
	saturation := min(saturations-1, span*saturations/top)
	var sixth int // hue, in sixths of the circle times span
	switch top {
	case r:
		sixth = g - b
		if sixth < 0 {
			sixth += 6 * span
		}
	case g:
		sixth = 2*span + b - r
	default:
		sixth = 4*span + r - g
	}
	hue := min(hues-1, sixth*hues/(6*span))
	return (hue*saturations+saturation)*values + value
}
