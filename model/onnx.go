package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/onnx"
)

// Names of what goes into an ONNX file of a model and comes out.
const (
	onnxInput  = "picture"
	onnxOutput = "probabilities"
)

// ONNX returns the model as one ONNX file that other programs run. It takes pictures
// [N,3,side,side], squashed to that side: red, green, blue from 0 to 255; how a picture is
// fed, the mirror image, head and calibration are inside. It gives the probabilities
// [N,classes] that a Predictor gives, to about 1e-5; the names of the classes are in the
// metadata. Only a model that sees with one network and nothing else can be written so.
func (f *File) ONNX() ([]byte, error) {
	switch {
	case f.Recipe.Builtin():
		return nil, akhra.Errorf(akhra.Unavailable, "The project sees its pictures with built-in features, which an ONNX file cannot hold. Take the model file for `akhra predict`, or choose a network alone with `akhra model use onnx:NAME` and teach it by more answers.")
	case len(f.Networks) != 1:
		return nil, akhra.Errorf(akhra.Unavailable, "The project sees its pictures with %d networks, and an ONNX file holds one. Take the model file for `akhra predict`.", len(f.Networks))
	}
	of := f.Networks[0]
	inside, err := takeApart(of.File)
	if err != nil {
		return nil, damaged("%v", err)
	}
	checked, err := onnx.Load(of.File)
	if err != nil {
		return nil, damaged("%v", err)
	}
	pictures := 1
	if shape := checked.Inputs[0].Shape; len(shape) == 4 {
		pictures = shape[0] // 0 where any number goes in
	}
	g := &graph{prefix: "akhra"}
	for bytes.Contains(of.File, []byte(g.prefix)) {
		g.prefix += "_"
	}
	g.port(graphInput, onnxInput, pictures, 3, of.Input.Side, of.Input.Side)
	g.port(graphOutput, onnxOutput, pictures, len(f.Classes))
	g.body = append(g.body.text(graphName, "taught model"), inside.weights...)
	g.calibrate(f, g.scores(f, g.even(g.see(inside, of), of.Dim)))
	return f.wrap(inside, g.body)
}

// wrap makes the file of a graph.
func (f *File) wrap(inside *network, body message) ([]byte, error) {
	ir := inside.ir
	if ir < irLeast {
		ir = irUsual
	}
	classes, err := json.Marshal(f.Names())
	if err != nil {
		return nil, fmt.Errorf("write the classes: %w", err)
	}
	out := message{}.number(modelIR, ir).text(modelProducer, "akhra").bytes(modelGraph, body)
	out = append(out, inside.opsets...)
	for _, m := range [][2]string{{"classes", string(classes)}, {"project", f.Project}, {"version", fmt.Sprint(f.Version)},
		{"input", "red, green, blue, 0 to 255, squashed to the side by bilinear scaling of a copy of 320 pixels on the long side"}} {
		out = out.bytes(modelMetadata, message{}.text(1, m[0]).text(2, strings.ToValidUTF8(m[1], "?")))
	}
	return out, nil
}

// see feeds the picture, and its mirror image if that is declared, to the network.
func (g *graph) see(inside *network, of Network) string {
	mean, scale := make([]float32, 3), make([]float32, 3)
	for c := range 3 {
		mean[c], scale[c] = float32(of.Input.Mean[c]), float32(1/of.Input.Scale[c])
	}
	x := g.node("Sub", []string{onnxInput, g.floats(mean, 1, 3, 1, 1)})
	x = g.node("Mul", []string{x, g.floats(scale, 1, 3, 1, 1)})
	if of.Input.BGR {
		x = g.node("Gather", []string{x, g.ints([]int64{2, 1, 0})}, setting{"axis", 1})
	}
	flat := setting{"axis", 1}
	sum := g.node("Flatten", []string{g.run(inside, x)}, flat)
	if !of.Input.Mirror {
		return sum
	}
	columns := make([]int64, of.Input.Side)
	for i := range columns {
		columns[i] = int64(i)
	}
	slices.Reverse(columns)
	mirrored := g.node("Gather", []string{x, g.ints(columns)}, setting{"axis", 3})
	return g.node("Add", []string{sum, g.node("Flatten", []string{g.run(inside, mirrored)}, flat)})
}

// even takes signed square roots and brings them to length 1, as backend.Network does.
// Operators are those that every operator set from 7 on has in the same form.
func (g *graph) even(x string, dim int) string {
	above := g.node("Relu", []string{x})
	below := g.node("Relu", []string{g.node("Neg", []string{x})})
	size := g.sum(g.node("Add", []string{above, below}), dim)
	length := g.node("Sqrt", []string{g.atLeast(size, 1e-30)})
	roots := g.node("Sub", []string{g.node("Sqrt", []string{above}), g.node("Sqrt", []string{below})})
	return g.node("Div", []string{roots, length})
}

// scores are those of every class that was taught. The vector in between has the
// precision of binary16, as embed.Recipe gives it.
func (g *graph) scores(f *File, x string) string {
	directions, shift := f.Recipe.Directions(0)
	seen := f.seen()
	dim, rank, n := directions.Cols, directions.Rows, len(seen)
	turned, weights, bias := make([]float32, dim*rank), make([]float32, rank*n), make([]float32, n)
	for r := range rank {
		for j, v := range directions.Row(r) {
			turned[j*rank+r] = v
		}
	}
	for s, k := range seen {
		w := f.Head.W[k*(rank+1) : (k+1)*(rank+1)]
		for r := range rank {
			weights[r*n+s] = float32(w[r])
		}
		bias[s] = float32(w[rank])
	}
	x = g.node("Sub", []string{g.node("MatMul", []string{x, g.floats(turned, dim, rank)}), g.floats(shift, rank)})
	x = g.node("Cast", []string{g.node("Cast", []string{x}, setting{"to", kindHalf})}, setting{"to", kindFloat})
	return g.node("Add", []string{g.node("MatMul", []string{x, g.floats(weights, rank, n)}), g.floats(bias, n)})
}

// seen are the places of the classes with training rows.
func (f *File) seen() []int {
	var seen []int
	for k, s := range f.Head.Seen {
		if s {
			seen = append(seen, k)
		}
	}
	return seen
}

// absent is what learn.Head gives a class it never saw.
const absent = 1e-3

// calibrate turns scores of the taught classes into tempered, limited probabilities of
// all, as learn.Head and learn.Temper do.
func (g *graph) calibrate(f *File, scores string) {
	seen, n := f.seen(), len(f.Classes)
	whole := 1 + absent*float64(n-len(seen))
	places, rest := make([]float32, len(seen)*n), make([]float32, n)
	for k := range rest {
		rest[k] = float32(absent / whole)
	}
	for s, k := range seen {
		places[s*n+k], rest[k] = float32(1/whole), 0
	}
	over := setting{"axis", 1}
	p := g.node("Softmax", []string{scores}, over)
	p = g.node("MatMul", []string{p, g.floats(places, len(seen), n)})
	p = g.atLeast(g.node("Add", []string{p, g.floats(rest, n)}), 1e-12)
	p = g.node("Mul", []string{g.node("Log", []string{p}), g.one(1 / f.Temperature)})
	p = g.node("Softmax", []string{p}, over)

	large := g.node("Cast", []string{g.node("Greater", []string{p, g.one(f.Limit)})}, setting{"to", kindFloat})
	small := g.node("Sub", []string{g.one(1), large})
	others := g.node("Mul", []string{p, small})
	none := g.sum(small, n) // n where nothing is too large, n-1 where something is
	cut := g.node("Sub", []string{g.one(float64(n)), none})
	left := g.node("Div", []string{g.one(1 - f.Limit), g.atLeast(g.sum(others, n), 1e-30)})
	factor := g.node("Add", []string{g.node("Mul", []string{cut, left}), g.node("Sub", []string{g.one(1), cut})})
	g.nodeTo(onnxOutput, "Add", []string{g.node("Mul", []string{others, factor}), g.node("Mul", []string{large, g.one(f.Limit)})})
}

// sum adds up the columns.
func (g *graph) sum(x string, columns int) string {
	return g.node("MatMul", []string{x, g.floats(slices.Repeat([]float32{1}, columns), columns, 1)})
}

// atLeast raises what is smaller than least.
func (g *graph) atLeast(x string, least float64) string {
	over := g.node("Relu", []string{g.node("Sub", []string{x, g.one(least)})})
	return g.node("Add", []string{over, g.one(least)})
}
