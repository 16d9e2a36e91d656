package onnx

import "fmt"

// pairing is a function of two values, applied to every pair; sizes of 1 are
// repeated as the other tensor needs (ONNX, "Broadcasting").
type pairing func(a, b float32) float32

func paired(f pairing) func(*node) operator {
	return func(*node) operator { return f }
}

func (f pairing) plan(in [][]int) (plan, error) {
	rank := max(len(in[0]), len(in[1]))
	a, b := stretched(in[0], rank), stretched(in[1], rank)
	shape := make([]int, rank)
	for i := range shape {
		shape[i] = max(a[i], b[i])
		if a[i] != shape[i] && a[i] != 1 || b[i] != shape[i] && b[i] != 1 {
			return plan{}, fmt.Errorf("pairs the shapes %v and %v", in[0], in[1])
		}
	}
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	w := newWalk(shape, steps(a, shape), steps(b, shape))
	return plan{shape: shape, work: float64(product(shape)), run: func(in []Tensor, out, _ []float32) {
		f.run(w, in[0].Data, in[1].Data, out)
	}}, nil
}

// run takes the innermost size in one loop, where both step by 0 or 1.
func (f pairing) run(w walk, a, b, out []float32) {
	n, stepA, stepB := w.inner()
	w.each(func(at, fromA, fromB int) {
		row, x, y := out[at:at+n], a[fromA:], b[fromB:]
		switch {
		case stepA == 1 && stepB == 1:
			for i := range row {
				row[i] = f(x[i], y[i])
			}
		case stepA == 1:
			for i := range row {
				row[i] = f(x[i], y[0])
			}
		case stepB == 1:
			for i := range row {
				row[i] = f(x[0], y[i])
			}
		default:
			for i := range row {
				row[i] = f(x[0], y[0])
			}
		}
	})
}

// stretched puts sizes of 1 before a shape.
func stretched(shape []int, rank int) []int {
	out := make([]int, rank)
	for i := range out {
		out[i] = 1
	}
	copy(out[rank-len(shape):], shape)
	return out
}

// steps returns how far apart neighbours along each side of a tensor lie, 0 where its
// only value is repeated.
func steps(own, shape []int) []int {
	out, step := make([]int, len(own)), 1
	for i := len(own) - 1; i >= 0; i-- {
		if own[i] > 1 || shape[i] == 1 {
			out[i] = step
		}
		step *= own[i]
	}
	return out
}

// walk goes through a tensor in order and tells where in two others the values lie.
type walk struct{ shape, a, b []int }

// newWalk joins sides that lie one after the other in both, so that the innermost is long.
func newWalk(shape, a, b []int) walk {
	w := walk{[]int{1}, []int{1}, []int{1}}
	for i := len(shape) - 1; i >= 0; i-- {
		n := w.shape[0]
		if shape[i] == 1 {
			continue
		}
		if n == 1 && len(w.shape) == 1 {
			w = walk{[]int{shape[i]}, []int{a[i]}, []int{b[i]}}
			continue
		}
		if a[i] == n*w.a[0] && b[i] == n*w.b[0] {
			w.shape[0] *= shape[i]
			continue
		}
		w.shape = append([]int{shape[i]}, w.shape...)
		w.a, w.b = append([]int{a[i]}, w.a...), append([]int{b[i]}, w.b...)
	}
	return w
}

// inner is the length of the innermost side and the steps along it.
func (w walk) inner() (n, stepA, stepB int) {
	last := len(w.shape) - 1
	return w.shape[last], w.a[last], w.b[last]
}

// each calls visit for every run along the innermost side.
func (w walk) each(visit func(at, a, b int)) {
	var index [maxRank]int
	last, at, a, b := len(w.shape)-1, 0, 0, 0
	for {
		visit(at, a, b)
		at += w.shape[last]
		side := last - 1
		for ; side >= 0; side-- {
			index[side]++
			a, b = a+w.a[side], b+w.b[side]
			if index[side] < w.shape[side] {
				break
			}
			a, b = a-index[side]*w.a[side], b-index[side]*w.b[side]
			index[side] = 0
		}
		if side < 0 {
			return
		}
	}
}
