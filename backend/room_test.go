package backend_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backend"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/store"
)

type world struct {
	t     *testing.T
	dir   string
	db    *store.DB
	blobs *blob.Store
	org   akhra.OrgID
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir()}
	var err error
	w.db, err = store.Open(t.Context(), w.dir, store.Options{})
	w.must(err)
	t.Cleanup(func() { _ = w.db.Close() })
	w.blobs, err = blob.Open(filepath.Join(w.dir, "blobs"))
	w.must(err)
	org, err := w.db.EnsureOrg(t.Context(), "Akhra")
	w.must(err)
	w.org = org.ID
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) room() *backend.Room { return backend.New(w.db, w.blobs) }

func (w *world) file(path string) []byte {
	w.t.Helper()
	b, err := os.ReadFile(path)
	w.must(err)
	return b
}

func (w *world) backbone(name string) akhra.Backbone {
	b := akhra.Backbone{Org: w.org, Name: name, Input: akhra.DefaultBackboneInput()}
	b.Input.Side = 64
	return b
}

func picture(seed uint64, w, h int) image.Image {
	chance := rand.New(rand.NewPCG(seed, 1))
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = byte(chance.IntN(256))
	}
	return p
}

func TestRoom_Add(t *testing.T) {
	t.Parallel()
	t.Run("OpensAgainAfterARestart", func(t *testing.T) {
		w := newWorld(t)
		added, err := w.room().Add(t.Context(), w.backbone("small"), w.file("testdata/small.onnx"))
		w.must(err)
		if added.Dim != 24 || len(added.Blob) != 64 || len(added.Check) != 24 {
			t.Fatalf("%+v", added)
		}
		n, err := w.room().Open(t.Context(), w.org, "small")
		w.must(err)
		rows, err := n.Embed(t.Context(), []image.Image{picture(1, 90, 40), picture(2, 64, 64)})
		w.must(err)
		for _, row := range rows {
			length := 0.0
			for _, v := range row {
				length += float64(v) * float64(v)
			}
			if len(row) != 24 || math.Abs(length-1) > 1e-5 {
				t.Fatalf("%d values, squared length %v", len(row), length)
			}
		}
		if slices.Equal(rows[0], rows[1]) {
			t.Fatal("two pictures have the same features")
		}
	})
	t.Run("TheSameAgainIsNoConflictAnotherIs", func(t *testing.T) {
		w := newWorld(t)
		file := w.file("testdata/small.onnx")
		for range 2 {
			_, err := w.room().Add(t.Context(), w.backbone("small"), file)
			w.must(err)
		}
		other := w.backbone("small")
		other.Input.Side = 96
		if _, err := w.room().Add(t.Context(), other, file); akhra.CodeOf(err) != akhra.Conflict {
			t.Fatalf("fed in another way: %v", err)
		}
	})
	t.Run("RefusesWithTheReason", func(t *testing.T) {
		w := newWorld(t)
		small := w.file("testdata/small.onnx")
		tiny, long := w.backbone("tiny"), w.backbone("Big Name")
		tiny.Input.Side = 8
		for _, c := range []struct {
			b    akhra.Backbone
			file []byte
			want string
		}{
			{w.backbone("a"), bytes.ReplaceAll(small, []byte("Relu"), []byte("Gelu")), `The network a cannot be used: the operator Gelu of the node "relu" is not among those that run here.`},
			{w.backbone("b"), w.file("testdata/silent.onnx"), "the same number everywhere"},
			{w.backbone("c"), []byte("GIF89a"), "is no ONNX model"},
			{w.backbone("d"), w.file("../onnx/testdata/operators/relu.onnx"), `takes the shape [2 9]`},
			{tiny, small, "between 32 and 1024"},
			{long, small, "small letters"},
		} {
			if _, err := w.room().Add(t.Context(), c.b, c.file); akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.b.Name, err, c.want)
			}
		}
		if all, err := w.db.Backbones(t.Context(), w.org); err != nil || len(all) != 0 {
			t.Fatalf("%d kept, %v", len(all), err)
		}
	})
}

func TestRoom_OpenRefusesANetworkThatGivesOtherNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, err := w.room().Add(t.Context(), w.backbone("small"), w.file("testdata/small.onnx"))
	w.must(err)
	b.Name, b.Check = "changed", slices.Clone(b.Check)
	b.Check[3] += .01
	w.must(w.db.AddBackbone(t.Context(), b))
	if _, err := w.room().Open(t.Context(), w.org, "changed"); err == nil {
		t.Fatal("it was opened")
	}
	if _, err := w.room().Open(t.Context(), w.org, "nobody"); akhra.CodeOf(err) != akhra.NotFound {
		t.Fatalf("an unknown name: %v", err)
	}
}

// TestNetwork_EmbedFeedsColoursAsDeclared: swapping red and blue in the picture and in
// the declaration changes nothing; in one of them alone it does.
func TestNetwork_EmbedFeedsColoursAsDeclared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	room, file := w.room(), w.file("testdata/small.onnx")
	rgb, bgr := w.backbone("rgb"), w.backbone("bgr")
	bgr.Input.BGR = true
	var rows [3][]float32
	one := picture(3, 64, 64).(*image.RGBA)
	swapped := image.NewRGBA(one.Rect)
	for y := range 64 {
		for x := range 64 {
			c := one.RGBAAt(x, y)
			c.A = 255
			one.SetRGBA(x, y, c)
			swapped.SetRGBA(x, y, color.RGBA{c.B, c.G, c.R, 255})
		}
	}
	for i, c := range []struct {
		b akhra.Backbone
		p image.Image
	}{{rgb, one}, {bgr, swapped}, {bgr, one}} {
		_, err := room.Add(t.Context(), c.b, file)
		w.must(err)
		n, err := room.Open(t.Context(), w.org, c.b.Name)
		w.must(err)
		got, err := n.Embed(t.Context(), []image.Image{c.p})
		w.must(err)
		rows[i] = got[0]
	}
	if !slices.Equal(rows[0], rows[1]) || slices.Equal(rows[0], rows[2]) {
		t.Fatal("red and blue are not where the declaration says")
	}
}

// TestNetwork_EmbedSeesTheMirrorImageToo: with the mirror a picture and its mirror image
// have the same features, without it they do not.
func TestNetwork_EmbedSeesTheMirrorImageToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	room, file := w.room(), w.file("testdata/small.onnx")
	one := picture(4, 64, 64).(*image.RGBA)
	mirrored := image.NewRGBA(one.Rect)
	for y := range 64 {
		for x := range 64 {
			mirrored.SetRGBA(63-x, y, one.RGBAAt(x, y))
		}
	}
	for _, mirror := range []bool{true, false} {
		b := w.backbone(fmt.Sprint(mirror))
		b.Input.Mirror = mirror
		_, err := room.Add(t.Context(), b, file)
		w.must(err)
		n, err := room.Open(t.Context(), w.org, b.Name)
		w.must(err)
		rows, err := n.Embed(t.Context(), []image.Image{one, mirrored})
		w.must(err)
		off := 0.0
		for i := range rows[0] {
			off = max(off, math.Abs(float64(rows[0][i]-rows[1][i])))
		}
		if same := off < 1e-5; same != mirror {
			t.Errorf("mirror %v: the features differ by %v", mirror, off)
		}
	}
}

func BenchmarkEmbed(b *testing.B) {
	path := filepath.Join("..", "..", "shared", "models", "mobilenetv2_035_224_embed.onnx")
	file, err := os.ReadFile(path)
	if err != nil {
		b.Skipf("the network of the design is not beside this checkout: %v", err)
	}
	db, err := store.Open(b.Context(), b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	blobs, err := blob.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	room := backend.New(db, blobs)
	if _, err := room.Add(b.Context(), akhra.Backbone{Org: "o", Name: "m", Input: akhra.DefaultBackboneInput()}, file); err != nil {
		b.Fatal(err)
	}
	n, err := room.Open(b.Context(), "o", "m")
	if err != nil {
		b.Fatal(err)
	}
	pictures := []image.Image{picture(1, 320, 240)}
	for b.Loop() {
		if _, err := n.Embed(b.Context(), pictures); err != nil {
			b.Fatal(err)
		}
	}
}
