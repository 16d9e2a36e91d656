package onnx

import "fmt"

// globalMean is the mean of every plane, its sizes kept as 1.
type globalMean struct{}

func (globalMean) plan(in [][]int) (plan, error) {
	if len(in[0]) < 3 {
		return plan{}, fmt.Errorf("takes pictures, not the shape %v", in[0])
	}
	return mean{from: 2, keep: true}.plan(in)
}

// mean is the mean over all sides from one on.
type mean struct {
	from int
	keep bool // their sizes stay, as 1
}

// buildReduceMean takes the sides from an attribute before operator set 18, from an
// input after. They must be the last ones, as in the pools at the end of a network.
func buildReduceMean(n *node) operator {
	n.flag("noop_with_empty_axes")
	axes := n.integers("axes", 0, nil)
	if n.opset >= 18 && n.given(1) {
		axes = n.indices(1, "axes")
	}
	if len(axes) == 0 {
		n.wrong("does not say over which sides to take the mean")
	}
	return reduceMean{axes, n.integer("keepdims", 1) != 0}
}

type reduceMean struct {
	axes []int
	keep bool
}

func (r reduceMean) plan(in [][]int) (plan, error) {
	rank := len(in[0])
	taken := make([]bool, rank)
	for _, a := range r.axes {
		side, err := axis(a, rank)
		if err != nil {
			return plan{}, err
		}
		taken[side] = true
	}
	from := rank
	for from > 0 && taken[from-1] {
		from--
	}
	for _, t := range taken[:from] {
		if t {
			return plan{}, fmt.Errorf("takes the mean over %v of %d sides: only the last ones are run here", r.axes, rank)
		}
	}
	return mean{from, r.keep}.plan(in)
}

func (m mean) plan(in [][]int) (plan, error) {
	x := in[0]
	shape := append([]int{}, x[:m.from]...)
	for range x[m.from:] {
		if m.keep {
			shape = append(shape, 1)
		}
	}
	size := product(x[m.from:])
	return plan{shape: shape, work: float64(product(x)), run: func(in []Tensor, out, _ []float32) {
		for i := range out {
			sum := 0.0
			for _, v := range in[0].Data[i*size : (i+1)*size] {
				sum += float64(v)
			}
			out[i] = float32(sum / float64(size))
		}
	}}, nil
}
