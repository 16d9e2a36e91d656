package sample_test

import (
	"image"
	"image/draw"
	"testing"

	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/numeric"
	"akhra.dev/akhra/sample"
	xdraw "golang.org/x/image/draw"
)

// TestAHeadLearnsThemFromAFewDozenTags draws 300 pictures and teaches the
// first ones; the demo is to show a learning curve, neither flat nor a wall.
func TestAHeadLearnsThemFromAFewDozenTags(t *testing.T) {
	if testing.Short() {
		t.Skip("draws 300 pictures")
	}
	const all, test = 300, 100
	thumbs, classes := make([][]byte, all), make([]int, all)
	for n := range all {
		p := sample.Draw(1, n)
		thumbs[n], classes[n] = squash(p.RGBA), p.Class
	}
	recipe, err := embed.Fit(thumbs, 1)
	if err != nil {
		t.Fatal(err)
	}
	x := numeric.NewMatrix(all, recipe.Dim())
	for n := range thumbs {
		recipe.Vector(thumbs[n], x.Row(n))
	}
	right := map[int]float64{}
	for _, taught := range []int{25, 50, 100, 200} {
		right[taught] = accuracy(t, x, classes, taught, all-test)
	}
	t.Logf("right of held-out pictures by number taught: %v", right)
	if right[25] > 0.97 || right[100] < 0.7 || right[200] < 0.8 {
		t.Errorf("%v: pictures are too easy or too hard for a demo", right)
	}
}

// accuracy teaches the first pictures and asks those from a place on.
func accuracy(t *testing.T, x *numeric.Matrix, classes []int, taught, from int) float64 {
	t.Helper()
	few := &numeric.Matrix{Rows: taught, Cols: x.Cols, Data: x.Data[:taught*x.Cols]}
	weights := make([]float64, taught)
	for i := range weights {
		weights[i] = 1
	}
	head, err := learn.Fit(few, classes[:taught], weights, len(sample.Classes()), learn.FitOptions{C: 30})
	if err != nil {
		t.Fatal(err)
	}
	right, p := 0, make([]float64, len(sample.Classes()))
	for n := from; n < x.Rows; n++ {
		head.Probabilities(x.Row(n), p)
		best := 0
		for c := range p {
			if p[c] > p[best] {
				best = c
			}
		}
		if best == classes[n] {
			right++
		}
	}
	return float64(right) / float64(x.Rows-from)
}

func squash(img image.Image) []byte {
	small := image.NewRGBA(image.Rect(0, 0, 64, 64))
	xdraw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	out := make([]byte, 0, embed.ThumbBytes)
	for i := 0; i < len(small.Pix); i += 4 {
		out = append(out, small.Pix[i], small.Pix[i+1], small.Pix[i+2])
	}
	return out
}
