package onnx

import (
	"fmt"
	"math"
)

const resizeSettings = "mode coordinate_transformation_mode nearest_mode cubic_coeff_a exclude_outside " +
	"extrapolation_value antialias keep_aspect_ratio_policy"

// resize makes a picture larger or smaller by repeating its nearest pixels.
type resize struct {
	sizes            []int // one of these two is given
	factors          []float32
	position, nearby string
}

// buildResize reads scales (input 2; input 1 in operator set 10) or sizes (input 3).
func buildResize(n *node) operator {
	n.text("mode", "nearest", "nearest")
	n.flag("antialias")
	n.flag("exclude_outside")
	n.text("keep_aspect_ratio_policy", "stretch", "stretch")
	r := resize{position: n.text("coordinate_transformation_mode", "half_pixel", "asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners"),
		nearby: n.text("nearest_mode", "round_prefer_floor", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil")}
	at := 2
	if n.opset < 11 {
		r.position, r.nearby, at = "asymmetric", "floor", 1
	}
	switch {
	case n.given(at) && n.stored[at] != nil && len(n.stored[at].floats) > 0:
		r.factors = n.stored[at].floats
	case n.given(3):
		r.sizes = n.indices(3, "sizes")
	default:
		n.wrong("needs its scales or sizes stored in the file")
	}
	return r
}

func (r resize) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(x) != 4 || len(r.factors)+len(r.sizes) != 4 {
		return plan{}, fmt.Errorf("takes pictures and 4 scales or sizes, not the shape %v", x)
	}
	shape := append([]int{}, r.sizes...)
	scale := append([]float32{}, r.factors...)
	for i, f := range r.factors {
		if !(f > 0 && f < maxElements) {
			return plan{}, fmt.Errorf("has the scales %v", r.factors)
		}
		shape = append(shape, int(min(float64(f)*float64(x[i]), maxElements+1)))
	}
	for i, d := range r.sizes {
		scale = append(scale, float32(d)/float32(x[i]))
	}
	if _, err := count(shape); err != nil {
		return plan{}, err
	}
	if shape[0] != x[0] || shape[1] != x[1] {
		return plan{}, fmt.Errorf("changes the shape %v to %v: only rows and columns are resized here", x, shape)
	}
	rows, cols := r.sources(x[2], shape[2], scale[2]), r.sources(x[3], shape[3], scale[3])
	planes, from, to := x[0]*x[1], x[2]*x[3], shape[2]*shape[3]
	return plan{shape: shape, run: func(in []Tensor, out, _ []float32) {
		for i := range planes {
			plane, dst := in[0].Data[i*from:(i+1)*from], out[i*to:(i+1)*to]
			for y, row := range rows {
				line := plane[row*x[3] : (row+1)*x[3]]
				for j, col := range cols {
					dst[y*len(cols)+j] = line[col]
				}
			}
		}
	}}, nil
}

// sources tells for each of out places along one side which of in it repeats.
func (r resize) sources(in, out int, scale float32) []int {
	list := make([]int, out)
	for i := range list {
		list[i] = min(max(r.nearest(r.source(float64(i), in, out, float64(scale))), 0), in-1)
	}
	return list
}

// source is the place in the input that the centre of output pixel i falls on.
func (r resize) source(i float64, in, out int, scale float64) float64 {
	switch {
	case r.position == "asymmetric":
		return i / scale
	case r.position == "align_corners":
		if out == 1 {
			return 0
		}
		return i * float64(in-1) / float64(out-1)
	case r.position == "pytorch_half_pixel" && out == 1:
		return 0
	}
	return (i+.5)/scale - .5
}

func (r resize) nearest(v float64) int {
	switch r.nearby {
	case "floor":
		return int(math.Floor(v))
	case "ceil":
		return int(math.Ceil(v))
	case "round_prefer_ceil":
		return int(math.Floor(v + .5))
	}
	return int(math.Ceil(v - .5))
}
