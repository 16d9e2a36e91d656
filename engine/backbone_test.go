package engine_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
)

// photographs adds n pictures with the variant that networks read.
func (w *world) photographs(n int) {
	w.t.Helper()
	dice := rand.New(rand.NewPCG(8, uint64(len(w.truth))))
	var items []akhra.Item
	for range n {
		k := dice.IntN(len(w.classes))
		picture := image.NewRGBA(image.Rect(0, 0, 64, 64))
		for y := range 64 {
			for x := range 64 {
				picture.SetRGBA(x, y, color.RGBA{byte(40*k + dice.IntN(40)), byte((x*(k+1)*8)&255) / 2, byte(y*k) / 2, 255})
			}
		}
		thumb := make([]byte, 0, embed.ThumbBytes)
		for i := 0; i < len(picture.Pix); i += 4 {
			thumb = append(thumb, picture.Pix[i:i+3]...)
		}
		var variant bytes.Buffer
		w.must(jpeg.Encode(&variant, picture, nil))
		id := akhra.ItemID(w.db.NewID())
		item := akhra.Item{ID: id, Name: string(id) + ".jpg", Width: 64, Height: 64, Created: akhra.MillisOf(w.now())}
		var err error
		item.Thumb, err = w.blobs.PutBytes(w.t.Context(), thumb)
		w.must(err)
		item.Variants[0], err = w.blobs.PutBytes(w.t.Context(), variant.Bytes())
		w.must(err)
		item.Blob = item.Variants[0]
		w.truth[id] = k
		items = append(items, item)
	}
	_, err := w.db.AddItems(w.t.Context(), w.tenant, items)
	w.must(err)
}

func (w *world) dims() int {
	w.t.Helper()
	_, version, err := w.e.Loop.Recipe(w.t.Context(), w.tenant)
	w.must(err)
	_, dim, _, err := w.blobs.ReadVectors(string(w.tenant.Org), string(w.tenant.Project), version)
	w.must(err)
	return dim
}

// TestAProjectTakesAnotherEmbedderWhileItWorks: its pictures get new vectors, the model
// is taught by them, and after a restart both are still there.
func TestAProjectTakesAnotherEmbedderWhileItWorks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, akhra.DefaultSettings(), 3, 1)
	w.photographs(80)
	w.drain()
	w.work(0, 30)
	before := w.dims()
	file, err := os.ReadFile("../backend/testdata/small.onnx")
	w.must(err)
	b := akhra.Backbone{Org: w.tenant.Org, Name: "small", Input: akhra.DefaultBackboneInput(), Created: akhra.MillisOf(w.now())}
	_, err = w.e.Backend.Add(t.Context(), b, file)
	w.must(err)
	project, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	project.Settings.Embedder = "builtin,onnx:small"
	w.must(w.db.UpdateProject(t.Context(), w.tenant, project))
	w.drain()
	after := w.dims()
	if after <= before {
		t.Fatalf("vectors of %d values, before the network %d", after, before)
	}
	says := func() (n int) {
		w.must(w.e.Loop.Says(t.Context(), w.tenant, func(akhra.ItemID, []float64) { n++ }))
		return n
	}
	if n := says(); n != 80 {
		t.Fatalf("the model speaks of %d pictures", n)
	}
	w.close()
	w.open()
	w.drain()
	if n := says(); n != 80 || w.dims() != after {
		t.Fatalf("after a restart the model speaks of %d pictures, vectors have %d values", n, w.dims())
	}
	w.photographs(5)
	w.drain()
	if n := says(); n != 85 {
		t.Fatalf("the model speaks of %d pictures after 5 new ones", n)
	}
}
