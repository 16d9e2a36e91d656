package embed

import (
	"math"

	"akhra.dev/akhra/numeric"
)

// scratch is the working memory of one picture: about a megabyte.
type scratch struct {
	grey     [side * side]float32
	picture  [small * small * 3]float32
	patches  *numeric.Matrix // strip*places x patchSize
	white    *numeric.Matrix
	scores   *numeric.Matrix // strip*places x centres
	features []float32
}

func newScratch() *scratch {
	const rows = strip * places
	return &scratch{
		patches: numeric.NewMatrix(rows, patchSize), white: numeric.NewMatrix(rows, patchSize),
		scores: numeric.NewMatrix(rows, codes), features: make([]float32, max(patchesOut, hogSize+colourSize)),
	}
}

// codesOf writes the square roots of the mean codes in each quadrant into out. The
// code of a patch for a centre is how much nearer it is than the average centre, or 0.
func (p *patcher) codesOf(thumb []byte, s *scratch, out []float32) {
	out = out[:4*p.centres.Rows]
	clear(out)
	shrink(thumb, &s.picture)
	for top := 0; top < places; top += strip {
		p.codeStrip(s, top, min(top+strip, places), out)
	}
	for quadrant := range 4 {
		area := float32(halfLength(quadrant/2) * halfLength(quadrant%2))
		for k := range p.centres.Rows {
			at := quadrant*p.centres.Rows + k
			out[at] = float32(math.Sqrt(float64(out[at] / area)))
		}
	}
}

func halfLength(half int) int {
	if half == 0 {
		return quarter
	}
	return places - quarter
}

// codeStrip adds the codes of the rows of positions from top up to bottom (excluded) to out.
func (p *patcher) codeStrip(s *scratch, top, bottom int, out []float32) {
	rows, k := (bottom-top)*places, p.centres.Rows
	patches, white := s.patches.Slice(0, rows), s.white.Slice(0, rows)
	scores := &numeric.Matrix{Rows: rows, Cols: k, Data: s.scores.Data[:rows*k]}
	for y := top; y < bottom; y++ {
		for x := range places {
			cut(&s.picture, x, y, patches.Row((y-top)*places+x))
		}
	}
	p.whitened(white, patches)
	numeric.MulT(scores, white, p.centres)
	for i := range rows {
		y, x := top+i/places, i%places
		quadrant := 0
		if y >= quarter {
			quadrant += 2
		}
		if x >= quarter {
			quadrant++
		}
		z := white.Row(i)
		activate(scores.Row(i), p.norms, numeric.Dot(z, z), out[quadrant*k:(quadrant+1)*k])
	}
}

// activate turns inner products with the centres into distances and adds the codes to sum.
func activate(products, norms []float32, norm float32, sum []float32) {
	norms, sum = norms[:len(products)], sum[:len(products)]
	var total float32
	for k, v := range products {
		d := float32(math.Sqrt(float64(max(0, norm+norms[k]-2*v))))
		products[k] = d
		total += d
	}
	mean := total / float32(len(products))
	for k, d := range products {
		sum[k] += max(0, mean-d)
	}
}
