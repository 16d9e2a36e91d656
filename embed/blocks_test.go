package embed

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra/numeric"
)

// network features of n pictures, their values on very different scales.
func features(n, size int, seed uint64) *numeric.Matrix {
	chance := rand.New(rand.NewPCG(seed, 9))
	m := numeric.NewMatrix(n, size)
	for i := range m.Data {
		m.Data[i] = float32(3 + float64(1+i%size)*chance.NormFloat64())
	}
	return m
}

// TestEveryBlockHasItsShareOfTheEnergy: whatever the scale of its features, a network
// has two thirds of the mean squared length beside the two built-in blocks.
func TestEveryBlockHasItsShareOfTheEnergy(t *testing.T) {
	t.Parallel()
	thumbs, x := scenes(60, 7), features(60, 30, 1)
	r, err := FitBlocks(thumbs, []Block{{"net", x}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	edges := []int{0, r.shapes.basis.Rows, r.shapes.basis.Rows + r.codes.basis.Rows, r.Dim()}
	var energy [3]float64
	out := make([]float32, r.Dim())
	for i, thumb := range thumbs {
		r.Vector(thumb, out, x.Row(i))
		for b := range energy {
			part := out[edges[b]:edges[b+1]]
			energy[b] += float64(numeric.Dot(part, part)) / float64(len(thumbs))
		}
	}
	for b, want := range []float64{1. / 6, 1. / 6, 2. / 3} {
		if math.Abs(energy[b]-want) > 1e-3 {
			t.Errorf("block %d has the energy %v, want %v", b, energy[b], want)
		}
	}
}

func TestARecipeOfNetworksAloneReadsNoThumb(t *testing.T) {
	t.Parallel()
	x, y := features(50, 20, 2), features(50, 300, 3)
	r, err := FitBlocks(nil, []Block{{"a", x}, {"b", y}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if r.Builtin() || !slices.Equal(r.Networks(), []string{"a", "b"}) {
		t.Fatalf("built in %v, networks %v", r.Builtin(), r.Networks())
	}
	b, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Recipe
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	want, got := make([]float32, r.Dim()), make([]float32, back.Dim())
	r.Vector(nil, want, x.Row(7), y.Row(7))
	back.Vector(nil, got, x.Row(7), y.Row(7))
	if !slices.Equal(got, want) || !slices.Equal(back.Networks(), r.Networks()) {
		t.Fatal("the stored recipe gives another vector")
	}
	for n := range min(len(b), 200) {
		if (&Recipe{}).UnmarshalBinary(b[:n]) == nil {
			t.Fatalf("a recipe cut to %d bytes was read", n)
		}
	}
}

func TestBlocksOfOtherPicturesAreRefused(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func() (*Recipe, error){
		"Nothing":    func() (*Recipe, error) { return FitBlocks(nil, nil, 1) },
		"NoRows":     func() (*Recipe, error) { return FitBlocks(nil, []Block{{"a", features(0, 3, 1)}}, 1) },
		"OtherCount": func() (*Recipe, error) { return FitBlocks(scenes(3, 1), []Block{{"a", features(4, 3, 1)}}, 1) },
	} {
		if _, err := call(); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestABuiltInRecipeIsStoredAsItAlwaysWas: data folders hold recipes of format 1.
func TestABuiltInRecipeIsStoredAsItAlwaysWas(t *testing.T) {
	t.Parallel()
	b, err := mustFit(t, scenes(5, 1)).MarshalBinary()
	if err != nil || !bytes.HasPrefix(b, []byte{1, 1, 0, 0, 0, patchSize}) {
		t.Fatalf("%v, %x", err, b[:min(len(b), 6)])
	}
}
