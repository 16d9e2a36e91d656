package onnx

import (
	"fmt"
	"slices"
)

// reshaped is an operation that gives its input another shape and nothing else.
type reshaped func(in []int) ([]int, error)

func (r reshaped) plan(in [][]int) (plan, error) {
	shape, err := r(in[0])
	if err != nil {
		return plan{}, err
	}
	if n, err := count(shape); err != nil || n != product(in[0]) {
		return plan{}, fmt.Errorf("makes the shape %v of %v", shape, in[0])
	}
	return plan{shape: shape, run: func(in []Tensor, out, _ []float32) { copy(out, in[0].Data) }}, nil
}

func buildFlatten(n *node) operator {
	at := n.integer("axis", 1)
	return reshaped(func(in []int) ([]int, error) {
		if at < -len(in) || at > len(in) {
			return nil, fmt.Errorf("has the axis %d of %d", at, len(in))
		}
		if at < 0 {
			return []int{product(in[:at+len(in)]), product(in[at+len(in):])}, nil
		}
		return []int{product(in[:at]), product(in[at:])}, nil
	})
}

// buildReshape takes -1 for the size that follows from the others and 0 for one that stays.
func buildReshape(n *node) operator {
	n.flag("allowzero")
	sizes := n.indices(1, "shape")
	if len(sizes) > maxRank {
		n.wrong("has %d sizes", len(sizes))
	}
	return reshaped(func(in []int) ([]int, error) {
		shape, open, known := slices.Clone(sizes), -1, 1
		for i, d := range shape {
			switch {
			case d == 0 && i < len(in):
				shape[i] = in[i]
			case d == -1 && open < 0:
				open = i
				continue
			}
			if shape[i] < 1 || shape[i] > product(in)/known {
				return nil, fmt.Errorf("makes the shape %v of %v", sizes, in)
			}
			known *= shape[i]
		}
		if open >= 0 {
			shape[open] = product(in) / known
		}
		return shape, nil
	})
}

// axesOf reads a list of sides: an attribute before operator set 13, an input after.
func axesOf(n *node) []int {
	if n.opset >= 13 && n.given(1) {
		return n.indices(1, "axes")
	}
	return n.integers("axes", 0, nil)
}

func buildSqueeze(n *node) operator {
	axes := axesOf(n)
	return reshaped(func(in []int) ([]int, error) {
		gone := make([]bool, len(in))
		for i, d := range in {
			gone[i] = len(axes) == 0 && d == 1
		}
		for _, a := range axes {
			side, err := axis(a, len(in))
			if err != nil {
				return nil, err
			}
			gone[side] = true
		}
		shape := []int{}
		for i, d := range in {
			if !gone[i] {
				shape = append(shape, d)
			}
		}
		return shape, nil
	})
}

func buildUnsqueeze(n *node) operator {
	axes := axesOf(n)
	if len(axes) > maxRank {
		n.wrong("adds %d sides", len(axes))
	}
	return reshaped(func(in []int) ([]int, error) {
		shape := make([]int, len(in)+len(axes))
		for _, a := range axes {
			side, err := axis(a, len(shape))
			if err != nil {
				return nil, err
			}
			shape[side] = 1
		}
		rest := in
		for i := range shape {
			if shape[i] == 0 && len(rest) > 0 {
				shape[i], rest = rest[0], rest[1:]
			}
		}
		return shape, nil
	})
}

// transpose puts the sides of a tensor into another order.
type transpose struct{ order []int }

func buildTranspose(n *node) operator {
	return transpose{n.integers("perm", 0, nil)}
}

func (t transpose) plan(in [][]int) (plan, error) {
	x, order := in[0], t.order
	if order == nil {
		for i := range x {
			order = append(order, len(x)-1-i)
		}
	}
	sorted := slices.Sorted(slices.Values(order))
	for i, side := range sorted {
		if len(sorted) != len(x) || side != i {
			return plan{}, fmt.Errorf("puts the shape %v into the order %v", x, order)
		}
	}
	if len(order) != len(x) {
		return plan{}, fmt.Errorf("puts the shape %v into the order %v", x, order)
	}
	own := steps(x, x)
	shape, from := make([]int, len(x)), make([]int, len(x))
	for i, side := range order {
		shape[i], from[i] = x[side], own[side]
	}
	w := newWalk(shape, from, from)
	n, step, _ := w.inner()
	return plan{shape: shape, work: float64(product(x)), run: func(in []Tensor, out, _ []float32) {
		w.each(func(at, from, _ int) { spread(out[at:at+n], in[0].Data[from:from+(n-1)*step+1], step) })
	}}, nil
}
