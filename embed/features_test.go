package embed

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestBinFollowsTheAngle(t *testing.T) {
	t.Parallel()
	for degrees := 1; degrees < 360; degrees += 2 {
		if degrees%20 == 0 {
			continue
		}
		sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
		if got, want := bin(float32(cos), float32(sin)), degrees%180/20; got != want {
			t.Errorf("%d degrees: bin %d, want %d", degrees, got, want)
		}
	}
}

func TestOutlinesOfAnUprightEdgePointSideways(t *testing.T) {
	t.Parallel()
	var grey [side * side]float32
	for i := range grey {
		if i%side >= 4 { // the edge runs through the first column of cells
			grey[i] = 1
		}
	}
	out := make([]float32, hogSize)
	hog(&grey, out)
	for i, v := range out {
		firstCells := i/(4*orientations)%(cells-1) == 0 && i%(2*orientations) < orientations
		if lit := firstCells && i%orientations == 0; lit != (v > 0) {
			t.Fatalf("value %d is %v", i, v)
		}
	}
	// Two equal cells in a block: each 1/sqrt 2, clipped to equal values, again 1/sqrt 2, times a half.
	if want := hogShare / math.Sqrt2; math.Abs(float64(out[0])-want) > 1e-3 {
		t.Fatalf("%v, want %v", out[0], want)
	}
}

func TestABlankPictureHasNoOutlines(t *testing.T) {
	t.Parallel()
	out := make([]float32, hogSize)
	hog(&[side * side]float32{}, out)
	for _, v := range out {
		if v != 0 {
			t.Fatalf("%v", v)
		}
	}
}

func TestColourKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                   string
		r, g, b                int
		hue, saturation, value int
	}{
		{"black", 0, 0, 0, 0, 0, 0}, {"white", 255, 255, 255, 0, 0, 2}, {"grey", 128, 128, 128, 0, 0, 1},
		{"red", 255, 0, 0, 0, 2, 2}, {"green", 0, 255, 0, 2, 2, 2}, {"blue", 0, 0, 255, 5, 2, 2},
		{"magenta", 255, 0, 254, 6, 2, 2}, {"rose", 255, 0, 60, 7, 2, 2},
	} {
		want := (c.hue*saturations+c.saturation)*values + c.value
		if got := colourBin(c.r, c.g, c.b); got != want {
			t.Errorf("%s: bin %d, want %d", c.name, got, want)
		}
	}
}

func TestColourSharesOfAQuadrantSumToOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		thumb, out := make([]byte, ThumbBytes), make([]float32, colourSize)
		tone := rapid.SliceOfN(rapid.Byte(), 3, 60).Draw(t, "bytes")
		for i := range thumb {
			thumb[i] = tone[i%len(tone)]
		}
		colour(thumb, out)
		for quadrant := range 4 {
			sum := float32(0)
			for _, v := range out[quadrant*colourBins : (quadrant+1)*colourBins] {
				sum += v * v
			}
			if math.Abs(float64(sum)-1) > 1e-4 {
				t.Fatalf("quadrant %d sums to %v", quadrant, sum)
			}
		}
	})
}

func TestCodesAreTheGainOverTheMeanDistance(t *testing.T) {
	t.Parallel()
	products, sum := []float32{0, 0, 12}, make([]float32, 3)
	// z has squared length 25; the centres 0, 0 and 9: distances 5, 5 and sqrt(25+9-24) = sqrt 10.
	activate(products, []float32{0, 0, 9}, 25, sum)
	want := (10+math.Sqrt(10))/3 - math.Sqrt(10)
	if sum[0] != 0 || sum[1] != 0 || math.Abs(float64(sum[2])-want) > 1e-5 {
		t.Fatalf("%v, want %v last", sum, want)
	}
}
