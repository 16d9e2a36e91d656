package onnx

import (
	"fmt"
	"slices"

	"akhra.dev/akhra/numeric"
)

// dense multiplies the rows of its input with stored weights.
type dense struct {
	weights *numeric.Matrix // one row for each value of the output
	bias    []float32
	flat    bool // the input is one matrix
}

func (d *dense) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(x) == 0 || x[len(x)-1] != d.weights.Cols || d.flat && len(x) != 2 {
		return plan{}, fmt.Errorf("takes rows of %d values, not the shape %v", d.weights.Cols, x)
	}
	rows := product(x[:len(x)-1])
	shape := append(append([]int{}, x[:len(x)-1]...), d.weights.Rows)
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	return plan{shape: shape, work: float64(rows) * float64(len(d.weights.Data)), run: func(in []Tensor, out, _ []float32) {
		to := &numeric.Matrix{Rows: rows, Cols: d.weights.Rows, Data: out}
		numeric.MulT(to, &numeric.Matrix{Rows: rows, Cols: d.weights.Cols, Data: in[0].Data}, d.weights)
		for i := range rows {
			if d.bias != nil {
				numeric.Axpy(1, d.bias, to.Row(i))
			}
		}
	}}, nil
}

// buildGemm reads alpha*x*w + beta*bias.
func buildGemm(n *node) operator {
	n.flag("transA")
	d := &dense{weights: storedRows(n, n.integer("transB", 0) != 0), flat: true}
	numeric.Scale(n.float("alpha", 1), d.weights.Data)
	if !n.given(2) {
		return d
	}
	bias := n.weights(2, -1)
	d.bias = make([]float32, d.weights.Rows)
	if len(bias.floats) != 1 && (len(bias.floats) != len(d.bias) || bias.shape[len(bias.shape)-1] != len(d.bias)) {
		n.wrong("adds a bias of the shape %v to rows of %d values", bias.shape, len(d.bias))
		return d
	}
	for k := range d.bias {
		d.bias[k] = n.float("beta", 1) * bias.floats[k%len(bias.floats)]
	}
	return d
}

// storedRows is a copy of the stored matrix that is input 1, one row a value of the output.
func storedRows(n *node, turned bool) *numeric.Matrix {
	w := n.weights(1, 2)
	m := &numeric.Matrix{Rows: w.shape[0], Cols: w.shape[1], Data: w.floats}
	if turned {
		m.Data = append([]float32(nil), w.floats...)
		return m
	}
	return m.Transpose()
}

func buildMatMul(n *node) operator {
	if n.stored[0] == nil && n.stored[1] != nil {
		return &dense{weights: storedRows(n, false)}
	}
	return matMul{}
}

// matMul is the product of matrices that are both computed; sides before the last
// two must be the same.
type matMul struct{}

func (matMul) plan(in [][]int) (plan, error) {
	a, b := in[0], in[1]
	last := len(a) - 2
	if last < 0 || len(b) != len(a) || a[last+1] != b[last] || !slices.Equal(a[:last], b[:last]) {
		return plan{}, fmt.Errorf("multiplies the shapes %v and %v", a, b)
	}
	rows, inner, cols, many := a[last], b[last], b[last+1], product(a[:last])
	shape := append(append([]int{}, a[:last+1]...), cols)
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	return plan{shape: shape, work: float64(product(a)) * float64(cols), run: func(in []Tensor, out, _ []float32) {
		for i := range many {
			left := &numeric.Matrix{Rows: rows, Cols: inner, Data: in[0].Data[i*rows*inner : (i+1)*rows*inner]}
			right := &numeric.Matrix{Rows: inner, Cols: cols, Data: in[1].Data[i*inner*cols : (i+1)*inner*cols]}
			to := &numeric.Matrix{Rows: rows, Cols: cols, Data: out[i*rows*cols : (i+1)*rows*cols]}
			numeric.MulT(to, left, right.Transpose())
		}
	}}, nil
}
