package onnx

import (
	"fmt"

	"akhra.dev/akhra/numeric"
)

// conv is a convolution in two dimensions, with batch normalisation and a range
// absorbed. Weights are laid out as group x out, in, row, column.
type conv struct {
	window  window
	groups  int
	in, out int // channels of one group
	weights []float32
	bias    []float32 // one a channel of the output
	limit   numeric.Range
	limited bool
	packed  []*numeric.Packed // one a group; nil for one channel in a group
}

func buildConv(n *node) operator {
	w := n.weights(1, 4)
	c := &conv{window: readWindow(n, w.shape[2:]), groups: n.integer("group", 1), in: w.shape[1], limit: numeric.Unlimited()}
	if c.groups < 1 || w.shape[0]%c.groups != 0 {
		n.wrong("has %d channels in %d groups", w.shape[0], c.groups)
		return c
	}
	if c.window.size != [2]int(w.shape[2:]) {
		n.wrong("has a window of %v and weights for %v", c.window.size, w.shape[2:])
	}
	c.out = w.shape[0] / c.groups
	c.weights = append(c.weights, w.floats...)
	c.bias = make([]float32, w.shape[0])
	if n.given(2) {
		if b := n.weights(2, 1); len(b.floats) == len(c.bias) {
			copy(c.bias, b.floats)
		} else {
			n.wrong("has %d bias values for %d channels", len(b.floats), len(c.bias))
		}
	}
	return c
}

// absorb takes a following range or batch normalisation into weights, bias and limit.
func (c *conv) absorb(next operator) bool {
	switch next := next.(type) {
	case *clip:
		if c.limited {
			return false
		}
		c.limit, c.limited = next.limit, true
		return true
	case *batchNorm:
		if c.limited || len(next.scale) != len(c.bias) {
			return false
		}
		each := len(c.weights) / len(c.bias)
		for k, s := range next.scale {
			numeric.Scale(s, c.weights[k*each:(k+1)*each])
			c.bias[k] = c.bias[k]*s + next.shift[k]
		}
		return true
	}
	return false
}

func (c *conv) pack() {
	if c.in == 1 {
		return
	}
	inner := len(c.weights) / len(c.bias)
	for g := range c.groups {
		from, to := g*c.out, (g+1)*c.out
		a := &numeric.Matrix{Rows: c.out, Cols: inner, Data: c.weights[from*inner : to*inner]}
		c.packed = append(c.packed, numeric.Pack(a, c.bias[from:to]))
	}
	c.weights = nil
}

// plan lays every picture into a frame and multiplies the weights with its shifted
// views: no unrolled copy of the picture is made.
func (c *conv) plan(in [][]int) (plan, error) {
	x := in[0]
	if len(x) != 4 || x[1] != c.groups*c.in {
		return plan{}, fmt.Errorf("takes pictures of %d channels, not the shape %v", c.groups*c.in, x)
	}
	pads, out, err := c.window.place(x[2], x[3])
	if err != nil {
		return plan{}, err
	}
	f := newFrame(x[2], x[3], pads, c.window.stride, out)
	if f.size() > maxElements || f.run() > maxElements {
		return plan{}, fmt.Errorf("needs too much memory for a picture of %d x %d", x[2], x[3])
	}
	p := plan{shape: []int{x[0], c.groups * c.out, out[0], out[1]}}
	inner := c.in * c.window.size[0] * c.window.size[1]
	p.work = float64(x[0]) * float64(c.groups*c.out) * float64(inner) * float64(f.run())
	channels, planes := 1, 1
	if c.packed != nil {
		channels, planes = c.in, c.out
	}
	frames := 0
	if !f.plain {
		frames = channels * f.size()
	}
	p.scratch = frames
	if f.cols != f.outW {
		p.scratch += planes * f.run()
	}
	at := c.views(f, channels)
	p.run = func(in []Tensor, out, scratch []float32) {
		c.run(f, at, x[0], in[0].Data, out, scratch[:frames], scratch[frames:])
	}
	return p, nil
}

// views are where the weights of one group find their pixels in its frames.
func (c *conv) views(f frame, channels int) []int {
	at := make([]int, 0, channels*c.window.size[0]*c.window.size[1])
	for channel := range channels {
		for y := range c.window.size[0] {
			for x := range c.window.size[1] {
				at = append(at, channel*f.size()+f.at(y*c.window.dilation[0], x*c.window.dilation[1]))
			}
		}
	}
	return at
}

func (c *conv) run(f frame, at []int, pictures int, x, out, frames, wide []float32) {
	clear(frames)
	from, to := c.in*f.h*f.w, c.out*f.outH*f.outW // values of one group
	for i := range pictures * c.groups {
		src := x[i*from : (i+1)*from]
		if !f.plain {
			for channel := range c.in {
				f.fill(frames[channel*f.size():], src[channel*f.h*f.w:])
			}
			src = frames
		}
		c.group(f, at, i%c.groups, src, out[i*to:(i+1)*to], wide)
	}
}

// group computes the channels of one group from its frames.
func (c *conv) group(f frame, at []int, g int, src, out, wide []float32) {
	plane, run := f.outH*f.outW, f.run()
	direct := f.cols == f.outW
	if c.packed != nil {
		if direct {
			c.packed[g].Product(out, plane, src, at, run, c.limit)
			return
		}
		c.packed[g].Product(wide, run, src, at, run, c.limit)
		for k := range c.out {
			f.gather(out[k*plane:], wide[k*run:])
		}
		return
	}
	for k := range c.out {
		channel := g*c.out + k
		weights := c.weights[channel*len(at) : (channel+1)*len(at)]
		if direct {
			numeric.Taps(out[k*plane:(k+1)*plane], src, at, weights, c.bias[channel], c.limit)
			continue
		}
		numeric.Taps(wide[:run], src, at, weights, c.bias[channel], c.limit)
		f.gather(out[k*plane:], wide)
	}
}
