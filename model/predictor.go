package model

import (
	"context"
	"image"
	"math"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Embedder gives the features of pictures by a trained network; it is safe for
// concurrent use.
type Embedder interface {
	Dim() int
	Embed(ctx context.Context, pictures []image.Image) ([][]float32, error)
}

// Open makes a network ready, or tells why its file cannot be used.
type Open func(b akhra.Backbone, file []byte) (Embedder, error)

// Predictor tells the classes of pictures. It is safe for concurrent use.
type Predictor struct {
	file     *File
	networks []Embedder
}

// Predictor makes the file's model ready to tell.
func (f *File) Predictor(open Open) (*Predictor, error) {
	p := &Predictor{file: f}
	for _, n := range f.Networks {
		e, err := open(n.Backbone(), n.File)
		if err != nil {
			return nil, err
		}
		if e.Dim() != n.Dim {
			return nil, damaged("the network %s gives %d numbers, not %d", n.Name, e.Dim(), n.Dim)
		}
		p.networks = append(p.networks, e)
	}
	return p, nil
}

// NeedsPicture tells whether Probabilities reads more than the thumb.
func (p *Predictor) NeedsPicture() bool { return len(p.networks) > 0 }

// Probabilities are those of every class, in the order of the file, for a picture given
// as its thumb (embed.ThumbBytes) and, where NeedsPicture says so, itself.
func (p *Predictor) Probabilities(ctx context.Context, thumb []byte, picture image.Image) ([]float64, error) {
	var features [][]float32
	for _, n := range p.networks {
		rows, err := n.Embed(ctx, []image.Image{picture})
		if err != nil {
			return nil, err
		}
		features = append(features, rows[0])
	}
	row := make([]float32, p.file.Recipe.Dim())
	p.file.Recipe.Vector(thumb, row, features...)
	out := make([]float64, len(p.file.Classes))
	p.file.Head.Probabilities(row, out)
	learn.Temper(out, p.file.Temperature, p.file.Limit, out)
	for _, v := range out {
		if math.IsNaN(v) {
			return nil, damaged("it gives no number for a picture")
		}
	}
	return out, nil
}
