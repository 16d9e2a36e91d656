package onnx

import (
	"math"

	"akhra.dev/akhra/numeric"
)

// unary is a function of one value, applied to every one.
type unary func(v float32) float32

func (u unary) plan(in [][]int) (plan, error) {
	return elementwise(in, func(out, in []float32) {
		for i, v := range in {
			out[i] = u(v)
		}
	})
}

var (
	sigmoid   = unary(func(v float32) float32 { return float32(1 / (1 + math.Exp(-float64(v)))) })
	tangent   = unary(func(v float32) float32 { return float32(math.Tanh(float64(v))) })
	hardSwish = unary(func(v float32) float32 { return v * min(max(v/6+.5, 0), 1) })
)

func buildHardSigmoid(n *node) operator {
	alpha, beta := n.float("alpha", .2), n.float("beta", .5)
	return unary(func(v float32) float32 { return min(max(alpha*v+beta, 0), 1) })
}

func buildLeakyRelu(n *node) operator {
	alpha := n.float("alpha", .01)
	return unary(func(v float32) float32 {
		if v < 0 {
			return alpha * v
		}
		return v
	})
}

// clip brings every value into a range.
type clip struct{ limit numeric.Range }

func buildRelu(*node) operator {
	return &clip{numeric.Range{Low: 0, High: numeric.Unlimited().High}}
}

// buildClip reads the bounds from attributes before operator set 11, from inputs after.
func buildClip(n *node) operator {
	all := numeric.Unlimited()
	if n.opset < 11 {
		return &clip{numeric.Range{Low: n.float("min", all.Low), High: n.float("max", all.High)}}
	}
	return &clip{numeric.Range{Low: n.scalar(1, all.Low), High: n.scalar(2, all.High)}}
}

func (c *clip) plan(in [][]int) (plan, error) {
	return elementwise(in, func(out, in []float32) {
		for i, v := range in {
			out[i] = min(max(v, c.limit.Low), c.limit.High)
		}
	})
}
