package onnx

import (
	"fmt"
	"math"
)

// batchNorm is a scale and a shift for each channel.
type batchNorm struct{ scale, shift []float32 }

func buildBatchNorm(n *node) operator {
	n.flag("training_mode")
	if n.integer("spatial", 1) != 1 {
		n.wrong("normalises every pixel by itself, which is not run here")
	}
	eps := float64(n.float("epsilon", 1e-5))
	var w [4][]float32 // scale, shift, mean, variance
	for i := range w {
		w[i] = n.weights(i+1, 1).floats
		if len(w[i]) != len(w[0]) {
			n.wrong("has %d and %d values for its channels", len(w[0]), len(w[i]))
			return &batchNorm{}
		}
	}
	b := &batchNorm{make([]float32, len(w[0])), make([]float32, len(w[0]))}
	for k := range b.scale {
		s := float64(w[0][k]) / math.Sqrt(float64(w[3][k])+eps)
		b.scale[k], b.shift[k] = float32(s), float32(float64(w[1][k])-s*float64(w[2][k]))
	}
	return b
}

func (b *batchNorm) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(x) < 2 || x[1] != len(b.scale) {
		return plan{}, fmt.Errorf("takes %d channels, not the shape %v", len(b.scale), x)
	}
	each := product(x[2:])
	return elementwise(in, func(out, in []float32) {
		for i := 0; i*each < len(in); i++ {
			scale, shift := b.scale[i%x[1]], b.shift[i%x[1]]
			to := out[i*each : (i+1)*each]
			for j, v := range in[i*each : (i+1)*each] {
				to[j] = v*scale + shift
			}
		}
	})
}

// softmax turns values along one side into shares of 1; before operator set 13,
// along that side and all after it.
type softmax struct {
	along int
	rest  bool
}

func buildSoftmax(n *node) operator {
	if n.opset < 13 {
		return softmax{n.integer("axis", 1), true}
	}
	return softmax{n.integer("axis", -1), false}
}

func (s softmax) plan(in [][]int) (plan, error) {
	x := in[0]
	along, err := axis(s.along, len(x))
	if err != nil {
		return plan{}, err
	}
	outer, size, step := product(x[:along]), x[along], product(x[along+1:])
	if s.rest {
		size, step = size*step, 1
	}
	return elementwise(in, func(out, in []float32) {
		for i := range outer {
			for j := range step {
				from := i*size*step + j
				shares(out[from:], in[from:], size, step)
			}
		}
	})
}

// shares is softmax of size values that lie step apart (with the largest taken off
// first, so that nothing overflows).
func shares(out, in []float32, size, step int) {
	top := in[0]
	for k := range size {
		top = max(top, in[k*step])
	}
	sum := 0.0
	for k := range size {
		e := math.Exp(float64(in[k*step] - top))
		out[k*step] = float32(e)
		sum += e
	}
	for k := range size {
		out[k*step] = float32(float64(out[k*step]) / sum)
	}
}
