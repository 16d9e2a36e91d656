package onnx

import "fmt"

const windowSettings = "auto_pad dilations kernel_shape pads strides"

// window is what slides over a picture in a convolution or a pool. Pairs are row, column.
type window struct {
	size, stride, dilation [2]int
	pads                   [4]int // top, left, bottom, right
	auto                   string
	ceil                   bool // a last window may reach beyond the picture
}

// maxWindow limits sizes, strides and borders of a window.
const maxWindow = 1 << 12

func readWindow(n *node, size []int) window {
	w := window{auto: n.text("auto_pad", "NOTSET", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")}
	w.size = [2]int(n.integers("kernel_shape", 2, size))
	w.stride = [2]int(n.integers("strides", 2, []int{1, 1}))
	w.dilation = [2]int(n.integers("dilations", 2, []int{1, 1}))
	w.pads = [4]int(n.integers("pads", 4, []int{0, 0, 0, 0}))
	for i := range 2 {
		for _, v := range []int{w.size[i], w.stride[i], w.dilation[i]} {
			if v < 1 || v > maxWindow {
				n.wrong("has a window of size %v, stride %v, dilation %v", w.size, w.stride, w.dilation)
			}
		}
	}
	for _, v := range w.pads {
		if v < 0 || v > maxWindow {
			n.wrong("has a border of %v", w.pads)
		}
	}
	return w
}

// reach is how far a window spans along one side.
func (w window) reach(i int) int { return (w.size[i]-1)*w.dilation[i] + 1 }

// place returns the borders and the number of positions for a picture of h x w.
func (w window) place(h, width int) (pads [4]int, out [2]int, err error) {
	pads = w.pads
	for i, side := range [2]int{h, width} {
		switch w.auto {
		case "VALID":
			pads[i], pads[i+2] = 0, 0
		case "SAME_UPPER", "SAME_LOWER":
			want := (side + w.stride[i] - 1) / w.stride[i]
			total := max(0, (want-1)*w.stride[i]+w.reach(i)-side)
			pads[i], pads[i+2] = total/2, total-total/2
			if w.auto == "SAME_LOWER" {
				pads[i], pads[i+2] = pads[i+2], pads[i]
			}
		}
		free := side + pads[i] + pads[i+2] - w.reach(i)
		if free < 0 {
			return pads, out, fmt.Errorf("slides a window of %v over a picture of %d x %d", w.size, h, width)
		}
		out[i] = free/w.stride[i] + 1
		if w.ceil && free%w.stride[i] > 0 && out[i]*w.stride[i] < side+pads[i] {
			out[i]++
		}
	}
	return pads, out, nil
}

// frame is a picture inside its border, cut into one part for each place within a
// stride, so that the pixels under one weight of a window lie one after the other
// for neighbouring positions.
type frame struct {
	h, w       int // of the picture
	top, left  int // border
	stride     [2]int
	rows, cols int  // of one part
	outH, outW int  // positions
	plain      bool // the picture has no border and one part: it is its own frame
}

func newFrame(h, w int, pads [4]int, stride, out [2]int) frame {
	return frame{h: h, w: w, top: pads[0], left: pads[1], stride: stride, outH: out[0], outW: out[1],
		rows: (h + pads[0] + pads[2] + stride[0] - 1) / stride[0], cols: (w + pads[1] + pads[3] + stride[1] - 1) / stride[1],
		plain: pads == [4]int{} && stride == [2]int{1, 1}}
}

func (f frame) part() int { return f.rows * f.cols }
func (f frame) size() int { return f.stride[0] * f.stride[1] * f.part() }

// at is where in the frame the pixel lies that is y rows and x columns into the first window.
func (f frame) at(y, x int) int {
	part := y%f.stride[0]*f.stride[1] + x%f.stride[1]
	return part*f.part() + y/f.stride[0]*f.cols + x/f.stride[1]
}

// run is the length of all positions, those between the rows included.
func (f frame) run() int { return (f.outH-1)*f.cols + f.outW }

// fill copies a picture into a frame whose border is 0.
func (f frame) fill(dst, src []float32) {
	for phase := range f.stride[1] {
		first := (phase + f.stride[1] - f.left%f.stride[1]) % f.stride[1] // column of the picture in this part
		if first >= f.w {
			continue
		}
		start := f.at(0, first+f.left)
		part, row := f.top%f.stride[0], f.top/f.stride[0]
		for y := range f.h {
			at := start + part*f.stride[1]*f.part() + row*f.cols
			spread(dst[at:], src[y*f.w+first:(y+1)*f.w], f.stride[1])
			if part++; part == f.stride[0] {
				part, row = 0, row+1
			}
		}
	}
}

// spread copies every step-th value of row to the front of dst.
func spread(dst, row []float32, step int) {
	switch step {
	case 1:
		copy(dst, row)
	case 2:
		dst = dst[:(len(row)+1)/2]
		for i := range len(row) / 2 {
			dst[i] = row[2*i]
		}
		if len(row)%2 == 1 {
			dst[len(dst)-1] = row[len(row)-1]
		}
	default:
		for i, j := 0, 0; j < len(row); i, j = i+1, j+step {
			dst[i] = row[j]
		}
	}
}

// gather copies the positions out of a run, leaving out what is between the rows.
func (f frame) gather(dst, run []float32) {
	for y := range f.outH {
		copy(dst[y*f.outW:(y+1)*f.outW], run[y*f.cols:])
	}
}
