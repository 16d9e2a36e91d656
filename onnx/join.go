package onnx

import "fmt"

// concat puts tensors one after the other along one side.
type concat struct{ along int }

func buildConcat(n *node) operator {
	if _, ok := n.attributes["axis"]; !ok {
		n.wrong("does not say along which side")
	}
	return concat{n.integer("axis", 0)}
}

func (c concat) plan(in [][]int) (plan, error) {
	along, err := axis(c.along, len(in[0]))
	if err != nil {
		return plan{}, err
	}
	shape := append([]int{}, in[0]...)
	runs := []int{product(in[0][along:])}
	for _, x := range in[1:] {
		for i := range shape {
			if len(x) != len(shape) || i != along && x[i] != shape[i] {
				return plan{}, fmt.Errorf("joins the shapes %v and %v along %d", in[0], x, along)
			}
		}
		shape[along] += x[along]
		runs = append(runs, product(x[along:]))
	}
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	outer := product(shape[:along])
	return plan{shape: shape, run: func(in []Tensor, out, _ []float32) {
		for i := range outer {
			for k, run := range runs {
				copy(out, in[k].Data[i*run:(i+1)*run])
				out = out[run:]
			}
		}
	}}, nil
}

// gather picks parts along one side, by stored places.
type gather struct {
	along  int
	places []int
	shape  []int // of the places
}

func buildGather(n *node) operator {
	g := gather{along: n.integer("axis", 0), places: n.indices(1, "indices")}
	if n.err == nil {
		g.shape = n.stored[1].shape
	}
	return g
}

func (g gather) plan(in [][]int) (plan, error) {
	x := in[0]
	along, err := axis(g.along, len(x))
	if err != nil {
		return plan{}, err
	}
	places := make([]int, len(g.places))
	for i, p := range g.places {
		if places[i], err = axis(p, x[along]); err != nil {
			return plan{}, fmt.Errorf("picks part %d of %d", p, x[along])
		}
	}
	shape := append(append(append([]int{}, x[:along]...), g.shape...), x[along+1:]...)
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	outer, size, run := product(x[:along]), x[along], product(x[along+1:])
	return plan{shape: shape, run: func(in []Tensor, out, _ []float32) {
		for i := range outer {
			for _, p := range places {
				copy(out[:run], in[0].Data[(i*size+p)*run:])
				out = out[run:]
			}
		}
	}}, nil
}

// border adds one value around a tensor.
type border struct {
	before, after []int
	value         float32
}

// buildPad reads the border from attributes before operator set 11, from inputs after.
func buildPad(n *node) operator {
	n.text("mode", "constant", "constant")
	var pads []int
	value := n.float("value", 0)
	if n.opset < 11 {
		pads = n.integers("pads", 0, nil)
	} else {
		pads, value = n.indices(1, "pads"), n.scalar(2, 0)
		if n.given(3) {
			n.wrong("pads chosen sides, which is not run here")
		}
	}
	for _, p := range pads {
		if p < 0 {
			n.wrong("cuts a border off (%v), which is not run here", pads)
		}
	}
	half := len(pads) / 2
	return border{pads[:half], pads[len(pads)-half:], value}
}

func (b border) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(b.before) != len(x) || len(x) == 0 {
		return plan{}, fmt.Errorf("has borders for %d sides of %d", len(b.before), len(x))
	}
	shape := make([]int, len(x))
	for i, d := range x {
		shape[i] = d + b.before[i] + b.after[i]
	}
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	own, outer := steps(x, x), steps(shape, shape)
	first := 0
	for i, step := range outer {
		first += b.before[i] * step
	}
	last := len(x) - 1
	// The walk goes through the rows of the input and tells where they go.
	w := walk{x, own, outer}
	return plan{shape: shape, run: func(in []Tensor, out, _ []float32) {
		for i := range out {
			out[i] = b.value
		}
		w.each(func(_, from, to int) { copy(out[first+to:], in[0].Data[from:from+x[last]]) })
	}}, nil
}
