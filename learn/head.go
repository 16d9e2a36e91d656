package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"akhra.dev/akhra/numeric"
)

// absent is the probability of a class the head never saw, before all are made to sum to 1.
const absent = 1e-3

// Head is a multinomial logistic model over vectors of Dim values.
type Head struct {
	Classes, Dim int
	W            []float64 // Classes x (Dim+1), row-major, the bias last
	Seen         []bool    // the class had training rows
}

// Probabilities writes the probability of every class at x into out (Classes
// values). A class without training rows gets a thousandth, then all are
// renormalised; a head without any training rows says the same for all.
func (h *Head) Probabilities(x []float32, out []float64) {
	for k := range h.Classes {
		if h.Seen[k] {
			out[k] = h.score(k, x)
		}
	}
	h.finish(out)
}

const scoreBlock = 4096 // rows one core scores at a time

// ProbabilitiesOf is Probabilities of every row of x, by products of many rows,
// on every core.
func (h *Head) ProbabilitiesOf(x *numeric.Matrix) [][]float64 {
	weights := h.weights32()
	flat := make([]float64, x.Rows*h.Classes)
	all := make([][]float64, x.Rows)
	numeric.Share((x.Rows+scoreBlock-1)/scoreBlock, func(b int) {
		low, high := b*scoreBlock, min((b+1)*scoreBlock, x.Rows)
		scores := numeric.NewMatrix(high-low, h.Classes)
		numeric.MulT(scores, x.Slice(low, high), weights)
		for i := low; i < high; i++ {
			all[i] = flat[i*h.Classes : (i+1)*h.Classes : (i+1)*h.Classes]
			for k, s := range scores.Row(i - low) {
				all[i][k] = float64(s) + h.W[k*(h.Dim+1)+h.Dim]
			}
			h.finish(all[i])
		}
	})
	return all
}

func (h *Head) score(k int, x []float32) float64 {
	w := h.W[k*(h.Dim+1) : (k+1)*(h.Dim+1)]
	x = x[:h.Dim]
	var s0, s1 float64
	i := 0
	for ; i+1 < len(x); i += 2 {
		s0 += w[i] * float64(x[i])
		s1 += w[i+1] * float64(x[i+1])
	}
	if i < len(x) {
		s0 += w[i] * float64(x[i])
	}
	return s0 + s1 + w[h.Dim]
}

// finish turns the scores of the seen classes into probabilities of all.
func (h *Head) finish(out []float64) {
	top, seen := math.Inf(-1), 0
	for k, s := range out[:h.Classes] {
		if h.Seen[k] {
			top, seen = max(top, s), seen+1
		}
	}
	if seen == 0 {
		for k := range out[:h.Classes] {
			out[k] = 1 / float64(h.Classes)
		}
		return
	}
	sum := 0.0
	for k := range out[:h.Classes] {
		if h.Seen[k] {
			out[k] = math.Exp(out[k] - top)
			sum += out[k]
		}
	}
	whole := 1 + absent*float64(h.Classes-seen)
	for k := range out[:h.Classes] {
		if h.Seen[k] {
			out[k] /= sum * whole
		} else {
			out[k] = absent / whole
		}
	}
}

// weights32 returns the weights without the bias.
func (h *Head) weights32() *numeric.Matrix {
	m := numeric.NewMatrix(h.Classes, h.Dim)
	for k := range h.Classes {
		for i, v := range h.W[k*(h.Dim+1) : k*(h.Dim+1)+h.Dim] {
			m.Data[k*h.Dim+i] = float32(v)
		}
	}
	return m
}

const headFormat = 1

// MarshalBinary writes the head, its weights as float32.
func (h *Head) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 9+h.Classes+4*len(h.W))
	b = append(b, headFormat)
	b = binary.LittleEndian.AppendUint32(b, uint32(h.Classes))
	b = binary.LittleEndian.AppendUint32(b, uint32(h.Dim))
	for _, s := range h.Seen {
		if s {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	for _, w := range h.W {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(w)))
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (h *Head) UnmarshalBinary(b []byte) error {
	if len(b) < 9 {
		return errors.New("learn: head is cut short")
	}
	if b[0] != headFormat {
		return fmt.Errorf("learn: head has unknown format %d", b[0])
	}
	classes := int(binary.LittleEndian.Uint32(b[1:]))
	dim := int(binary.LittleEndian.Uint32(b[5:]))
	b = b[9:]
	if uint64(len(b)) != uint64(classes)+4*uint64(classes)*(uint64(dim)+1) {
		return errors.New("learn: head has a wrong length")
	}
	*h = Head{Classes: classes, Dim: dim, Seen: make([]bool, classes), W: make([]float64, classes*(dim+1))}
	for k := range h.Seen {
		h.Seen[k] = b[k] == 1
	}
	for i := range h.W {
		h.W[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[classes+4*i:])))
	}
	return nil
}
