package embed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"akhra.dev/akhra/numeric"
)

const (
	maxFit  = 3000 // thumbs a recipe is fitted on
	maxDims = 256  // of one block
)

// Recipe turns thumbs into vectors of Dim values. It is fitted to the pictures of
// one project and never changes; its methods are safe for concurrent use.
type Recipe struct {
	patches       *patcher
	shapes, codes reducer
	pool          *sync.Pool // of *scratch
}

// reducer brings one block of features to its principal directions, at unit mean energy.
type reducer struct {
	basis *numeric.Matrix // directions x features, scaled
	shift []float32       // basis times the mean
}

// Fit learns a recipe from thumbs of ThumbBytes each, at most 3,000 of them, chosen
// and treated by seed: the same thumbs and seed give the same recipe. It uses every
// core and under 150 MB.
func Fit(thumbs [][]byte, seed uint64) (*Recipe, error) {
	if len(thumbs) == 0 {
		return nil, fmt.Errorf("embed: fit a recipe on no pictures")
	}
	for i, thumb := range thumbs {
		if len(thumb) != ThumbBytes {
			return nil, fmt.Errorf("embed: thumb %d has %d bytes, not %d", i, len(thumb), ThumbBytes)
		}
	}
	thumbs = choose(thumbs, seed)
	p, err := fitPatcher(thumbs, seed)
	if err != nil {
		return nil, fmt.Errorf("embed: fit patches: %w", err)
	}
	r := &Recipe{patches: p}
	r.ready()
	if r.shapes, err = r.fitReducer(thumbs, hogSize+colourSize, shapesOf); err != nil {
		return nil, fmt.Errorf("embed: fit outlines and colours: %w", err)
	}
	if r.codes, err = r.fitReducer(thumbs, 4*p.centres.Rows, p.codesOf); err != nil {
		return nil, fmt.Errorf("embed: fit codes: %w", err)
	}
	return r, nil
}

// choose returns at most maxFit of the thumbs, at random.
func choose(thumbs [][]byte, seed uint64) [][]byte {
	if len(thumbs) <= maxFit {
		return thumbs
	}
	chosen := make([][]byte, maxFit)
	for i, j := range rand.New(rand.NewPCG(seed, 0x74687562)).Perm(len(thumbs))[:maxFit] {
		chosen[i] = thumbs[j]
	}
	return chosen
}

func (r *Recipe) ready() {
	r.pool = &sync.Pool{New: func() any { return newScratch() }}
}

// fitReducer computes one block of every thumb and its principal directions.
func (r *Recipe) fitReducer(thumbs [][]byte, size int, features func([]byte, *scratch, []float32)) (reducer, error) {
	x := numeric.NewMatrix(len(thumbs), size)
	numeric.Share(len(thumbs), func(i int) {
		s := r.pool.Get().(*scratch)
		features(thumbs[i], s, x.Row(i))
		r.pool.Put(s)
	})
	mean, basis, err := numeric.PCA(x, maxDims)
	if err != nil {
		return reducer{}, err
	}
	along := numeric.NewMatrix(x.Rows, basis.Rows)
	numeric.MulT(along, x, basis)
	d := reducer{basis: basis, shift: make([]float32, basis.Rows)}
	for k := range d.shift {
		d.shift[k] = numeric.Dot(basis.Row(k), mean)
	}
	energy := 0.0
	for i := range along.Rows {
		for k, v := range along.Row(i) {
			energy += float64(v-d.shift[k]) * float64(v-d.shift[k])
		}
	}
	energy /= float64(len(thumbs))
	if energy < 1e-12 {
		energy = 1
	}
	scale := float32(1 / math.Sqrt(2*energy)) // two blocks share the unit of energy
	numeric.Scale(scale, d.basis.Data)
	numeric.Scale(scale, d.shift)
	return d, nil
}

func (d reducer) reduce(features, out []float32) {
	for k := range out {
		out[k] = numeric.Dot(d.basis.Row(k), features) - d.shift[k]
	}
}

// Dim returns the length of a vector: up to 512, less when few pictures were there to fit on.
func (r *Recipe) Dim() int { return r.shapes.basis.Rows + r.codes.basis.Rows }

// Vector writes the vector of a thumb of ThumbBytes into out, Dim values. Over the
// pictures fitted on, vectors have mean 0 and mean squared length 1.
func (r *Recipe) Vector(thumb []byte, out []float32) {
	s := r.pool.Get().(*scratch)
	defer r.pool.Put(s)
	first := r.shapes.basis.Rows
	shapes := s.features[:hogSize+colourSize]
	shapesOf(thumb, s, shapes)
	r.shapes.reduce(shapes, out[:first])
	codes := s.features[:4*r.patches.centres.Rows]
	r.patches.codesOf(thumb, s, codes)
	r.codes.reduce(codes, out[first:r.Dim()])
}

// shapesOf is the block of outlines and colours.
func shapesOf(thumb []byte, s *scratch, out []float32) {
	for i := range s.grey {
		sum := int(thumb[3*i]) + int(thumb[3*i+1]) + int(thumb[3*i+2])
		s.grey[i] = float32(sum) * (1.0 / (3 * 255))
	}
	hog(&s.grey, out[:hogSize])
	colour(thumb, out[hogSize:hogSize+colourSize])
}
