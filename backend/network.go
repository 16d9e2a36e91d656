package backend

import (
	"context"
	"fmt"
	"image"
	"math"
	"slices"
	"sync"

	"golang.org/x/image/draw"

	"akhra.dev/akhra"
	"akhra.dev/akhra/numeric"
	"akhra.dev/akhra/onnx"
)

// Network turns pictures into features by a trained network in this process. It is
// safe for concurrent use; each call that runs beside others takes its own memory.
type Network struct {
	name     string
	input    akhra.BackboneInput
	model    *onnx.Model
	dim      int
	sessions sync.Pool // of *session
}

// session is the working memory of one picture.
type session struct {
	run     *onnx.Session
	picture *image.RGBA
	values  []float32
	sum     []float32
}

// load checks a file and how pictures are fed to it.
func load(name string, input akhra.BackboneInput, file []byte) (*Network, error) {
	model, err := onnx.Load(file)
	if err != nil {
		return nil, unfit(name, err)
	}
	n := &Network{name: name, input: input, model: model}
	s, err := n.session()
	if err != nil {
		return nil, unfit(name, err)
	}
	out := s.run.Outputs()[0]
	if len(out.Shape) == 0 || out.Shape[0] != 1 {
		return nil, unfit(name, fmt.Errorf("its first output has the shape %v, not one list of numbers for a picture", out.Shape))
	}
	n.dim, s.sum = len(out.Data), make([]float32, len(out.Data))
	if n.dim < 2 || n.dim > maxDim {
		return nil, unfit(name, fmt.Errorf("it gives %d numbers for a picture: from 2 to %d are taken", n.dim, maxDim))
	}
	n.sessions.Put(s)
	return n, nil
}

// maxDim limits the numbers of one picture, for thousands of them are held at once.
const maxDim = 8192

// unfit is the sentence about a file that cannot be used.
func unfit(name string, err error) error {
	return akhra.InvalidField("file", "The network %s cannot be used: %v.", name, err)
}

func (n *Network) session() (*session, error) {
	side := n.input.Side
	run, err := n.model.Session([]int{1, 3, side, side})
	if err != nil {
		return nil, err
	}
	return &session{run: run, picture: image.NewRGBA(image.Rect(0, 0, side, side)), values: make([]float32, 3*side*side), sum: make([]float32, n.dim)}, nil
}

// Name is what the network is called in a project's embedder.
func (n *Network) Name() string { return n.name }

// Dim is how many features a picture gets.
func (n *Network) Dim() int { return n.dim }

// Embed returns the features of each picture, one after the other on the calling
// goroutine: the signed square roots of the network's numbers, brought to length 1.
// A picture that gives no numbers (0, or not finite) gets zeros.
func (n *Network) Embed(ctx context.Context, pictures []image.Image) ([][]float32, error) {
	s, ok := n.sessions.Get().(*session)
	if !ok {
		var err error
		if s, err = n.session(); err != nil {
			return nil, fmt.Errorf("run network %s: %w", n.name, err)
		}
	}
	defer n.sessions.Put(s)
	rows := make([][]float32, len(pictures))
	for i, picture := range pictures {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		raw, err := n.raw(s, picture)
		if err != nil {
			return nil, fmt.Errorf("run network %s: %w", n.name, err)
		}
		rows[i] = evened(raw)
	}
	return rows, nil
}

// raw is what the network gives of a picture, and of its mirror image if that is
// declared, added up; it lies in the memory of s.
func (n *Network) raw(s *session, picture image.Image) ([]float32, error) {
	draw.BiLinear.Scale(s.picture, s.picture.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	n.feed(s)
	clear(s.sum)
	if err := s.add(); err != nil || !n.input.Mirror {
		return s.sum, err
	}
	for from := 0; from < len(s.values); from += n.input.Side {
		slices.Reverse(s.values[from : from+n.input.Side])
	}
	return s.sum, s.add()
}

// feed turns the squashed picture into the values that the network takes.
func (n *Network) feed(s *session) {
	plane := n.input.Side * n.input.Side
	for c := range 3 {
		mean, scale := float32(n.input.Mean[c]), float32(1/n.input.Scale[c])
		at := c
		if n.input.BGR {
			at = 2 - c
		}
		out := s.values[at*plane : (at+1)*plane]
		for i := range out {
			out[i] = (float32(s.picture.Pix[4*i+c]) - mean) * scale
		}
	}
}

// add runs the network and adds what it gives to the sum.
func (s *session) add() error {
	out, err := s.run.Run(s.values)
	if err == nil {
		numeric.Axpy(1, out[0].Data, s.sum)
	}
	return err
}

// evened takes signed square roots and brings them to length 1, so that a few loud
// features do not drown the rest.
func evened(raw []float32) []float32 {
	row := make([]float32, len(raw))
	for i, v := range raw {
		row[i] = float32(math.Copysign(math.Sqrt(math.Abs(float64(v))), float64(v)))
	}
	length := math.Sqrt(float64(numeric.Dot(row, row)))
	if !(length > 1e-20) || math.IsInf(length, 0) {
		return make([]float32, len(raw))
	}
	numeric.Scale(float32(1/length), row)
	return row
}
