package model_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backend"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/model"
	"akhra.dev/akhra/numeric"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// paint is a picture of one class: waves of another kind and colour each.
func paint(class int, seed uint64, side int) *image.RGBA {
	dice := rand.New(rand.NewPCG(seed, uint64(class)))
	p := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			p.SetRGBA(x, y, color.RGBA{byte(40*class + dice.IntN(60)), byte((x*(class+1)*8)&255) / 2, byte(y*class) / 2, 255})
		}
	}
	return p
}

func thumbOf(p *image.RGBA) []byte {
	thumb := make([]byte, 0, embed.ThumbBytes)
	for y := range 64 {
		for x := range 64 {
			c := p.RGBAAt(x*p.Rect.Dx()/64, y*p.Rect.Dy()/64)
			thumb = append(thumb, c.R, c.G, c.B)
		}
	}
	return thumb
}

func open(b akhra.Backbone, file []byte) (model.Embedder, error) {
	n, err := backend.Open(b, file)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// networkOf is a network as the platform hands it over, checked by running it.
func networkOf(t testing.TB, path string, input akhra.BackboneInput) model.Network {
	t.Helper()
	file, err := os.ReadFile(path)
	must(t, err)
	var kept akhra.Backbone
	room := backend.New(keeper{&kept}, keeper{&kept})
	kept, err = room.Add(t.Context(), akhra.Backbone{Org: "o", Name: "net", Input: input}, file)
	must(t, err)
	return model.Network{Name: kept.Name, SHA256: kept.Blob, Dim: kept.Dim, Input: input, Check: kept.Check, File: file}
}

// keeper keeps one network in memory.
type keeper struct{ b *akhra.Backbone }

func (k keeper) AddBackbone(_ context.Context, b akhra.Backbone) error { *k.b = b; return nil }
func (k keeper) Backbone(context.Context, akhra.OrgID, string) (akhra.Backbone, error) {
	return *k.b, nil
}
func (keeper) Get(context.Context, string) ([]byte, error) { return nil, nil }
func (keeper) PutBytes(_ context.Context, body []byte) (string, error) {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

// teach makes a model of three classes, a fourth of which nothing is known, from forty
// pictures.
func teach(t testing.TB, builtin bool, networks ...model.Network) *model.File {
	t.Helper()
	const n, classes = 40, 3
	f := &model.File{About: model.About{Project: "Leaves", Version: 7, Taught: n, Created: 1_700_000_000_000, Temperature: 1.3, Limit: .99, Networks: networks}}
	for k := range classes + 1 {
		f.Classes = append(f.Classes, model.Class{ID: akhra.ClassID(strings.Repeat("a", k+1)), Name: "class " + string(rune('0'+k))})
	}
	var thumbs [][]byte
	blocks := make([]embed.Block, len(networks))
	every := make([][][]float32, n) // features by picture and network
	y, w := make([]int, n), make([]float64, n)
	for b, one := range networks {
		blocks[b] = embed.Block{Name: one.Name, Rows: numeric.NewMatrix(n, one.Dim)}
		e, err := open(one.Backbone(), one.File)
		must(t, err)
		for i := range n {
			rows, err := e.Embed(t.Context(), []image.Image{paint(i%classes, uint64(i), 64)})
			must(t, err)
			copy(blocks[b].Rows.Row(i), rows[0])
			every[i] = append(every[i], rows[0])
		}
	}
	for i := range n {
		y[i], w[i] = i%classes, 1
		thumbs = append(thumbs, thumbOf(paint(i%classes, uint64(i), 64)))
	}
	fitted := thumbs
	if !builtin {
		fitted = nil
	}
	var err error
	f.Recipe, err = embed.FitBlocks(fitted, blocks, 1)
	must(t, err)
	x := numeric.NewMatrix(n, f.Recipe.Dim())
	for i := range n {
		f.Recipe.Vector(thumbs[i], x.Row(i), every[i]...)
	}
	f.Head, err = learn.Fit(x, y, w, classes+1, learn.FitOptions{C: 3})
	must(t, err)
	return f
}

func written(t testing.TB, f *model.File) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

func small(t testing.TB, mirror bool) model.Network {
	input := akhra.DefaultBackboneInput()
	input.Side, input.Mirror = 64, mirror
	return networkOf(t, "../backend/testdata/small.onnx", input)
}

func TestFile_WhatIsReadTellsWhatWasWritten(t *testing.T) {
	t.Parallel()
	f := teach(t, true, small(t, true))
	f.Certificate = json.RawMessage(`{"n":300,"errors":9}`)
	got, err := model.Read(written(t, f))
	must(t, err)
	if got.Project != "Leaves" || got.Version != 7 || !slices.Equal(got.Classes, f.Classes) || string(got.Certificate) != string(f.Certificate) {
		t.Fatalf("%+v", got.About)
	}
	before, err := f.Predictor(open)
	must(t, err)
	after, err := got.Predictor(open)
	must(t, err)
	right := 0
	for i := range 12 {
		p := paint(i%3, uint64(1000+i), 64)
		want, err := before.Probabilities(t.Context(), thumbOf(p), p)
		must(t, err)
		said, err := after.Probabilities(t.Context(), thumbOf(p), p)
		must(t, err)
		sum := 0.0
		for k := range want {
			sum += said[k]
			if math.Abs(want[k]-said[k]) > 1e-6 || said[k] > f.Limit+1e-12 {
				t.Fatalf("picture %d: %v, want %v", i, said, want)
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("the probabilities add up to %v", sum)
		}
		if slices.Index(said, slices.Max(said)) == i%3 {
			right++
		}
	}
	if right < 11 {
		t.Fatalf("%d of 12 new pictures are told right", right)
	}
}

func TestRead_RefusesWithTheReason(t *testing.T) {
	t.Parallel()
	whole := written(t, teach(t, false, small(t, false)))
	changed := func(change func(f *model.File)) []byte {
		f, err := model.Read(whole)
		must(t, err)
		change(f)
		return written(t, f)
	}
	flipped := slices.Clone(whole)
	flipped[len(flipped)-9] ^= 1
	newer := slices.Clone(whole)
	binary.LittleEndian.PutUint32(newer[8:], 2)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "no taught model"},
		{"another file", []byte("GIF89a and more than sixteen bytes"), "no taught model"},
		{"a later format", newer, "has the format 2"},
		{"cut", whole[:len(whole)-1], "cut short"},
		{"more behind", append(slices.Clone(whole), 0), "too long"},
		{"one bit", flipped, `"network:net" was changed`},
		{"another network", changed(func(f *model.File) { f.Networks[0].File = []byte("other") }), "not the one it was taught with"},
		{"no network", changed(func(f *model.File) { f.Networks = nil }), "reads 1 networks and it holds 0"},
		{"fewer classes", changed(func(f *model.File) { f.Classes = f.Classes[:3] }), "tells 4 classes"},
		{"no temperature", changed(func(f *model.File) { f.Temperature = 0 }), "temperature is 0"},
		{"no number", changed(func(f *model.File) { f.Head.W[3] = math.Inf(1) }), "a weight is no number"},
	} {
		if _, err := model.Read(c.file); akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// survives reads a file that may hold anything: that ends with a model or a sentence,
// and a model that was read tells or says why not.
func survives(t *testing.T, b []byte) {
	t.Helper()
	m, err := model.Read(b)
	if err != nil {
		if akhra.CodeOf(err) != akhra.Invalid {
			t.Fatalf("%v", err)
		}
		return
	}
	p, err := m.Predictor(open)
	if err != nil {
		return
	}
	picture := paint(1, 1, 64)
	_, _ = p.Probabilities(t.Context(), thumbOf(picture), picture) // a sentence is as good
}

func FuzzRead(f *testing.F) {
	whole := written(f, teach(f, false, small(f, false)))
	f.Add(whole)
	f.Add(whole[:100])
	f.Add([]byte("AKHRAMDL\x01\x00\x00\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		survives(t, b)
		survives(t, summed(b))
	})
}

// TestRead_SurvivesDamageBehindTheSums: bytes are changed and the sums made right again.
func TestRead_SurvivesDamageBehindTheSums(t *testing.T) {
	t.Parallel()
	whole := written(t, teach(t, false, small(t, false)))
	dice := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		b := slices.Clone(whole)
		for range 1 + dice.IntN(3) {
			b[dice.IntN(len(b))] = byte(dice.IntN(256))
		}
		if dice.IntN(4) == 0 {
			b[16+dice.IntN(300)] = byte(dice.IntN(256))
		}
		survives(t, summed(b))
	}
}

// summed puts right sums into a file, so that fuzzing gets behind them.
func summed(b []byte) []byte {
	b = slices.Clone(b)
	for at := 16; at < len(b); {
		at += 1 + int(b[at])
		if at+40 > len(b) {
			return b
		}
		size := binary.LittleEndian.Uint64(b[at:])
		if size > uint64(len(b)-at-40) {
			return b
		}
		body := b[at+40 : at+40+int(size)]
		sum := sha256.Sum256(body)
		copy(b[at+8:], sum[:])
		at += 40 + int(size)
	}
	return b
}
