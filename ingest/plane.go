package ingest

// plane is one channel of a picture, row by row.
type plane struct {
	w, h, stride int
	pix          []byte
}

func newPlane(w, h int) plane { return plane{w: w, h: h, stride: w, pix: make([]byte, w*h)} }

func (p plane) row(y int) []byte { return p.pix[y*p.stride : y*p.stride+p.w] }

// box averages squares of k by k; those at the right and lower edge average
// what there is of them.
func (p plane) box(k int) plane {
	if k <= 1 {
		return p
	}
	out := newPlane((p.w+k-1)/k, (p.h+k-1)/k)
	sums := make([]uint32, out.w)
	for y := range out.h {
		top, bottom := y*k, min(y*k+k, p.h)
		clear(sums)
		for sy := top; sy < bottom; sy++ {
			addRow(sums, p.row(sy), k)
		}
		divideRow(out.row(y), sums, uint32(bottom-top), p.w, k)
	}
	return out
}

// addRow adds each run of k bytes of a row to its sum.
func addRow(sums []uint32, row []byte, k int) {
	whole := len(row) / k
	if k == 2 {
		for x := range whole {
			pair := row[2*x : 2*x+2 : 2*x+2]
			sums[x] += uint32(pair[0]) + uint32(pair[1])
		}
	} else {
		for x := range whole {
			s := uint32(0)
			for _, v := range row[x*k : x*k+k] {
				s += uint32(v)
			}
			sums[x] += s
		}
	}
	for _, v := range row[whole*k:] {
		sums[whole] += uint32(v)
	}
}

// divideRow turns sums of squares of k by rows into averages.
func divideRow(out []byte, sums []uint32, rows uint32, width, k int) {
	n := rows * uint32(k)
	inverse := (uint64(1)<<32 + uint64(n) - 1) / uint64(n)
	whole := width / k
	for x := range whole {
		out[x] = byte(uint64(sums[x]+n/2) * inverse >> 32)
	}
	if rest := uint32(width-whole*k) * rows; rest > 0 {
		out[whole] = byte((sums[whole] + rest/2) / rest)
	}
}

// turn makes a plane upright by its EXIF orientation.
func (p plane) turn(orient int) plane {
	if orient <= 1 {
		return p
	}
	w, h := p.w, p.h
	if orient >= 5 {
		w, h = h, w
	}
	out := newPlane(w, h)
	for y := range h {
		row := out.row(y)
		for x := range row {
			sx, sy := p.source(x, y, orient)
			row[x] = p.pix[sy*p.stride+sx]
		}
	}
	return out
}

// source is where pixel x, y of the upright picture lies in this one.
func (p plane) source(x, y, orient int) (sx, sy int) {
	switch orient {
	case 2:
		return p.w - 1 - x, y
	case 3:
		return p.w - 1 - x, p.h - 1 - y
	case 4:
		return x, p.h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, p.h - 1 - x
	case 7:
		return p.w - 1 - y, p.h - 1 - x
	case 8:
		return p.w - 1 - y, x
	}
	return x, y
}
