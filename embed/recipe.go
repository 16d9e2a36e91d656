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

// Recipe turns a picture into a vector of Dim values: from its thumb, from the
// features that trained networks give of it, or from both. It is fitted to the pictures
// of one project and never changes; its methods are safe for concurrent use.
type Recipe struct {
	patches       *patcher // nil without the built-in blocks
	shapes, codes reducer
	networks      []network
	pool          *sync.Pool // of *scratch
}

// network is a block of features that are computed elsewhere.
type network struct {
	name string
	reducer
}

// Block holds the features that a network of some name gives, one row a picture.
type Block struct {
	Name string
	Rows *numeric.Matrix
}

// reducer brings one block of features to its principal directions, at a set mean energy.
type reducer struct {
	basis *numeric.Matrix // directions x features, scaled
	shift []float32       // basis times the mean
}

// Fit learns a recipe of the built-in blocks from thumbs of ThumbBytes each, at most
// 3,000 of them, chosen and treated by seed: the same thumbs and seed give the same
// recipe. It uses every core and under 150 MB.
func Fit(thumbs [][]byte, seed uint64) (*Recipe, error) {
	if len(thumbs) == 0 {
		return nil, fmt.Errorf("embed: fit a recipe on no pictures")
	}
	return FitBlocks(thumbs, nil, seed)
}

// networkWeight is how much of the energy of a vector a network has for each part that
// a built-in block has: trained features tell more. With one network beside the
// built-in blocks it has two thirds, and a linear head on 1,000 clothing pictures is
// right on 80.6 % of the others; with equal blocks 80.2, with the network alone 79.1.
const networkWeight = 4

// FitBlocks is Fit with blocks of features beside the built-in ones, or instead of
// them when there are no thumbs. The blocks share the mean squared length 1 of a vector.
func FitBlocks(thumbs [][]byte, blocks []Block, seed uint64) (*Recipe, error) {
	if err := check(thumbs, blocks); err != nil {
		return nil, err
	}
	r := &Recipe{}
	r.ready()
	total := float64(networkWeight * len(blocks))
	if len(thumbs) > 0 {
		total += 2
		if err := r.fitBuiltin(choose(thumbs, seed), seed, 1/total); err != nil {
			return nil, err
		}
	}
	for _, b := range blocks {
		d, err := newReducer(chooseRows(b.Rows, seed), networkWeight/total)
		if err != nil {
			return nil, fmt.Errorf("embed: fit block %s: %w", b.Name, err)
		}
		r.networks = append(r.networks, network{b.Name, d})
	}
	return r, nil
}

func check(thumbs [][]byte, blocks []Block) error {
	for i, thumb := range thumbs {
		if len(thumb) != ThumbBytes {
			return fmt.Errorf("embed: thumb %d has %d bytes, not %d", i, len(thumb), ThumbBytes)
		}
	}
	if len(thumbs)+len(blocks) == 0 {
		return fmt.Errorf("embed: fit a recipe on no pictures")
	}
	for _, b := range blocks {
		if b.Rows.Rows == 0 || len(thumbs) > 0 && b.Rows.Rows != len(thumbs) {
			return fmt.Errorf("embed: block %s has features of %d pictures of %d", b.Name, b.Rows.Rows, len(thumbs))
		}
	}
	return nil
}

func (r *Recipe) fitBuiltin(thumbs [][]byte, seed uint64, share float64) (err error) {
	if r.patches, err = fitPatcher(thumbs, seed); err != nil {
		return fmt.Errorf("embed: fit patches: %w", err)
	}
	if r.shapes, err = newReducer(r.features(thumbs, hogSize+colourSize, shapesOf), share); err != nil {
		return fmt.Errorf("embed: fit outlines and colours: %w", err)
	}
	if r.codes, err = newReducer(r.features(thumbs, 4*r.patches.centres.Rows, r.patches.codesOf), share); err != nil {
		return fmt.Errorf("embed: fit codes: %w", err)
	}
	return nil
}

// chosen are at most maxFit of n places, at random; nil is all of them.
func chosen(n int, seed uint64) []int {
	if n <= maxFit {
		return nil
	}
	return rand.New(rand.NewPCG(seed, 0x74687562)).Perm(n)[:maxFit]
}

func choose(thumbs [][]byte, seed uint64) [][]byte {
	places := chosen(len(thumbs), seed)
	if places == nil {
		return thumbs
	}
	some := make([][]byte, len(places))
	for i, j := range places {
		some[i] = thumbs[j]
	}
	return some
}

func chooseRows(x *numeric.Matrix, seed uint64) *numeric.Matrix {
	places := chosen(x.Rows, seed)
	if places == nil {
		return x
	}
	some := numeric.NewMatrix(len(places), x.Cols)
	for i, j := range places {
		copy(some.Row(i), x.Row(j))
	}
	return some
}

func (r *Recipe) ready() {
	r.pool = &sync.Pool{New: func() any { return newScratch() }}
}

// features computes one block of every thumb.
func (r *Recipe) features(thumbs [][]byte, size int, of func([]byte, *scratch, []float32)) *numeric.Matrix {
	x := numeric.NewMatrix(len(thumbs), size)
	numeric.Share(len(thumbs), func(i int) {
		s := r.pool.Get().(*scratch)
		of(thumbs[i], s, x.Row(i))
		r.pool.Put(s)
	})
	return x
}

// newReducer finds the principal directions of a block and brings its mean squared
// length to share.
func newReducer(x *numeric.Matrix, share float64) (reducer, error) {
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
	energy /= float64(x.Rows)
	if energy < 1e-12 {
		energy = 1
	}
	scale := float32(math.Sqrt(share / energy))
	numeric.Scale(scale, d.basis.Data)
	numeric.Scale(scale, d.shift)
	return d, nil
}

// reduce writes the reduced features to the front of out and returns what follows.
func (d reducer) reduce(features, out []float32) []float32 {
	for k := range d.basis.Rows {
		out[k] = numeric.Dot(d.basis.Row(k), features) - d.shift[k]
	}
	return out[d.basis.Rows:]
}

// Dim returns the length of a vector: up to 256 a block, less when few pictures were
// there to fit on.
func (r *Recipe) Dim() int {
	n := 0
	if r.patches != nil {
		n = r.shapes.basis.Rows + r.codes.basis.Rows
	}
	for _, b := range r.networks {
		n += b.basis.Rows
	}
	return n
}

// Builtin tells whether the recipe reads thumbs.
func (r *Recipe) Builtin() bool { return r.patches != nil }

// Networks names the blocks whose features Vector takes, in its order.
func (r *Recipe) Networks() []string {
	var names []string
	for _, b := range r.networks {
		names = append(names, b.name)
	}
	return names
}

// Vector writes the vector of a picture into out, Dim values: from its thumb of
// ThumbBytes and the features of each network. Over the pictures fitted on, vectors
// have mean 0 and mean squared length 1. Each value is one that a binary16 holds, so
// that vectors are kept in two bytes a value without loss.
func (r *Recipe) Vector(thumb []byte, out []float32, features ...[]float32) {
	whole := out[:r.Dim()]
	if r.patches != nil {
		out = r.builtin(thumb, out)
	}
	for i, b := range r.networks {
		out = b.reduce(features[i], out)
	}
	numeric.Halve(whole)
}

func (r *Recipe) builtin(thumb []byte, out []float32) []float32 {
	s := r.pool.Get().(*scratch)
	defer r.pool.Put(s)
	shapes := s.features[:hogSize+colourSize]
	shapesOf(thumb, s, shapes)
	out = r.shapes.reduce(shapes, out)
	codes := s.features[:4*r.patches.centres.Rows]
	r.patches.codesOf(thumb, s, codes)
	return r.codes.reduce(codes, out)
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

// Directions returns what the features of network i, in the order of Networks, become:
// directions times features minus shift. Neither may be changed.
func (r *Recipe) Directions(i int) (directions *numeric.Matrix, shift []float32) {
	return r.networks[i].basis, r.networks[i].shift
}
