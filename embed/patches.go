package embed

import (
	"math"
	"math/rand/v2"

	"akhra.dev/akhra/numeric"
)

const (
	small      = side / 2            // the picture is averaged to 32 x 32 first
	window     = 6                   // pixels of a patch
	places     = small - window + 1  // 27 positions along each side
	patchSize  = window * window * 3 // 108
	codes      = 400                 // centres
	patchesOut = 4 * codes           // 1,600: one mean a quadrant
	contrast   = 10.0 / (255 * 255)  // added to the variance of a patch
	whitenEps  = .01                 // added to the eigenvalues
	sampled    = 60_000              // patches the centres are fitted on
	batch      = 2048                // of k-means
	passes     = 10                  // of k-means
	strip      = 4                   // rows of positions coded at a time, to stay in the cache
	quarter    = (places + 1) / 2    // positions before this lie in the first half
)

// reach is the length of every centre, as a share of the typical length of a whitened patch.
const reach = .5

// patcher codes a picture by the distances of its patches to centres. Patches are
// whitened along their principal directions: distances there are those of ZCA.
//
// The centres are directions: k-means runs on whitened patches of length 1 and its
// centres are all brought to the same length. On the whitened patches as they are,
// it spends its centres on a few loud patches, and a linear head on the codes is
// right on 59 % of the clothing test photos instead of 70 %.
type patcher struct {
	mean    []float32       // of a normalised patch
	whiten  *numeric.Matrix // patchSize x patchSize
	shift   []float32       // whiten times mean
	centres *numeric.Matrix // codes x patchSize, whitened
	norms   []float32       // squared lengths of the centres
}

// fitPatcher learns the whitening and the centres from random patches of the thumbs.
func fitPatcher(thumbs [][]byte, seed uint64) (*patcher, error) {
	sample := samplePatches(thumbs, seed)
	p := &patcher{}
	turned := sample.Transpose()
	if err := p.fitWhitening(turned); err != nil {
		return nil, err
	}
	white := &numeric.Matrix{Rows: sample.Rows, Cols: patchSize, Data: turned.Data} // its memory is free now
	p.whitened(white, sample)
	length := reach * float32(math.Sqrt(float64(numeric.Dot(white.Data, white.Data))/float64(white.Rows)))
	stretch(white, 1)
	p.centres = numeric.KMeans(white, codes, seed, batch, passes)
	stretch(p.centres, length)
	p.norms = p.centres.SquaredNorms()
	return p, nil
}

// stretch brings every row of m to the given length; a row of nothing stays so.
func stretch(m *numeric.Matrix, length float32) {
	for i, norm := range m.SquaredNorms() {
		numeric.Scale(length/float32(math.Sqrt(float64(norm)+1e-9)), m.Row(i))
	}
}

func samplePatches(thumbs [][]byte, seed uint64) *numeric.Matrix {
	chance := rand.New(rand.NewPCG(seed, 0x70617463))
	each := (sampled + len(thumbs) - 1) / len(thumbs)
	each = min(each, places*places)
	sample := numeric.NewMatrix(each*len(thumbs), patchSize)
	var picture [small * small * 3]float32
	for i, thumb := range thumbs {
		shrink(thumb, &picture)
		for j := range each {
			cut(&picture, chance.IntN(places), chance.IntN(places), sample.Row(i*each+j))
		}
	}
	return sample
}

// fitWhitening learns the whitening from patches, one a column, which it centres.
func (p *patcher) fitWhitening(turned *numeric.Matrix) error {
	p.mean = make([]float32, patchSize)
	for j := range p.mean {
		row, sum := turned.Row(j), 0.0
		for _, v := range row {
			sum += float64(v)
		}
		p.mean[j] = float32(sum / float64(turned.Cols))
		for i := range row {
			row[i] -= p.mean[j]
		}
	}
	covariance := numeric.NewMatrix(patchSize, patchSize)
	numeric.MulT(covariance, turned, turned)
	numeric.Scale(1/float32(turned.Cols), covariance.Data)
	values, vectors, err := numeric.EigenSym(covariance)
	if err != nil {
		return err
	}
	p.whiten = numeric.NewMatrix(patchSize, patchSize)
	for k, value := range values {
		scale := 1 / math.Sqrt(max(value, 0)+whitenEps)
		for j := range patchSize {
			p.whiten.Row(k)[j] = float32(scale * vectors.At(j, k))
		}
	}
	p.settle()
	return nil
}

// settle computes what follows from mean and whiten.
func (p *patcher) settle() {
	p.shift = make([]float32, patchSize)
	for k := range p.shift {
		p.shift[k] = numeric.Dot(p.whiten.Row(k), p.mean)
	}
}

// whitened writes the whitened rows of patches into white.
func (p *patcher) whitened(white, patches *numeric.Matrix) {
	numeric.MulT(white, patches, p.whiten)
	for i := range white.Rows {
		row := white.Row(i)
		for k, s := range p.shift {
			row[k] -= s
		}
	}
}

// shrink averages two by two pixels, to values in 0..1.
func shrink(thumb []byte, picture *[small * small * 3]float32) {
	for y := range small {
		upper, lower := thumb[2*y*side*3:][:side*3], thumb[(2*y+1)*side*3:][:side*3]
		out := picture[y*small*3:][:small*3]
		for x := range small {
			for c := range 3 {
				at := 6*x + c
				sum := int(upper[at]) + int(upper[at+3]) + int(lower[at]) + int(lower[at+3])
				out[3*x+c] = float32(sum) * (1.0 / (4 * 255))
			}
		}
	}
}

// cut writes the patch at (x, y), evened out in brightness and contrast, into out.
func cut(picture *[small * small * 3]float32, x, y int, out []float32) {
	out = out[:patchSize]
	var sum, squares float32
	for dy := range window {
		row := picture[((y+dy)*small+x)*3:][:window*3]
		copy(out[dy*window*3:], row)
		for _, v := range row {
			sum += v
			squares += v * v
		}
	}
	mean := sum / patchSize
	variance := max(0, squares/patchSize-mean*mean)
	scale := float32(1 / math.Sqrt(float64(variance)+contrast))
	for i, v := range out {
		out[i] = (v - mean) * scale
	}
}
