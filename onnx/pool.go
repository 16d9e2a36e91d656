package onnx

import (
	"fmt"
	"slices"
)

// pool is the largest or the mean value under a window.
type pool struct {
	window   window
	mean     bool
	bordered bool // the border counts in the mean
}

func buildMaxPool(n *node) operator {
	n.flag("storage_order")
	if len(n.out) > 1 && n.out[1] != "" {
		n.wrong("gives the places of its values, which is not run here")
	}
	return buildPool(n, &pool{})
}

func buildAveragePool(n *node) operator {
	return buildPool(n, &pool{mean: true, bordered: n.integer("count_include_pad", 0) != 0})
}

func buildPool(n *node, p *pool) operator {
	p.window = readWindow(n, []int{0, 0})
	p.window.ceil = n.integer("ceil_mode", 0) != 0
	for i := range 2 {
		if p.window.pads[i] >= p.window.reach(i) || p.window.pads[i+2] >= p.window.reach(i) {
			n.wrong("has a border of %v around a window of %v", p.window.pads, p.window.size)
		}
	}
	return p
}

func (p *pool) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(x) != 4 {
		return plan{}, fmt.Errorf("takes pictures, not the shape %v", x)
	}
	pads, out, err := p.window.place(x[2], x[3])
	if err != nil {
		return plan{}, err
	}
	if out[0] > maxElements || out[1] > maxElements {
		return plan{}, fmt.Errorf("has too many positions on a picture of %d x %d", x[2], x[3])
	}
	rows := spans(x[2], out[0], pads[0], pads[2], p.window, 0)
	cols := spans(x[3], out[1], pads[1], pads[3], p.window, 1)
	for _, s := range slices.Concat(rows, cols) {
		if s.from >= s.to {
			return plan{}, fmt.Errorf("has a position outside a picture of %d x %d", x[2], x[3])
		}
	}
	planes := x[0] * x[1]
	return plan{shape: []int{x[0], x[1], out[0], out[1]},
		work: float64(planes) * float64(out[0]*out[1]) * float64(p.window.size[0]*p.window.size[1]),
		run: func(in []Tensor, out, _ []float32) {
			size := len(out) / planes
			for i := range planes {
				p.plane(in[0].Data[i*x[2]*x[3]:], x[3], rows, cols, out[i*size:(i+1)*size])
			}
		}}, nil
}

// span is what one position of a window covers along one side.
type span struct {
	from, to int // pixels of the picture, to excluded
	bordered int // values, the border included
}

func spans(side, out, before, after int, w window, i int) []span {
	list := make([]span, out)
	step := w.dilation[i]
	for k := range list {
		start := k*w.stride[i] - before
		end := start + w.reach(i)
		s := span{from: start, to: min(end, side), bordered: w.size[i]}
		for s.from < 0 {
			s.from += step
		}
		if over := end - side - after; over > 0 {
			s.bordered -= (over + step - 1) / step
		}
		list[k] = s
	}
	return list
}

func (p *pool) plane(x []float32, width int, rows, cols []span, out []float32) {
	for i, row := range rows {
		for j, col := range cols {
			at := i*len(cols) + j
			if p.mean {
				out[at] = p.average(x, width, row, col)
			} else {
				out[at] = p.largest(x, width, row, col)
			}
		}
	}
}

func (p *pool) largest(x []float32, width int, row, col span) float32 {
	top := x[row.from*width+col.from]
	for y := row.from; y < row.to; y += p.window.dilation[0] {
		line := x[y*width : y*width+col.to]
		for j := col.from; j < len(line); j += p.window.dilation[1] {
			top = max(top, line[j])
		}
	}
	return top
}

func (p *pool) average(x []float32, width int, row, col span) float32 {
	sum, n := float32(0), 0
	for y := row.from; y < row.to; y += p.window.dilation[0] {
		line := x[y*width : y*width+col.to]
		for j := col.from; j < len(line); j += p.window.dilation[1] {
			sum += line[j]
			n++
		}
	}
	if p.bordered {
		n = row.bordered * col.bordered
	}
	return sum / float32(n)
}
