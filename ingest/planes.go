package ingest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
)

// quality of the JPEGs that are kept: every byte of them goes over somebody's
// slow line.
const quality = 77

// planes is a picture as brightness and two colour planes, as JPEG keeps it,
// so that a photograph is never turned into red, green, blue and back. A grey
// picture has no colour planes. Colour may be coarser than brightness.
type planes struct {
	y, cb, cr plane
	grey      bool
}

func (p planes) each(f func(plane) plane) planes {
	p.y = f(p.y)
	if !p.grey {
		p.cb, p.cr = f(p.cb), f(p.cr)
	}
	return p
}

// planesOf reads a decoded picture, averaging squares of k by k pixels on the
// way: a big one is never held twice.
func planesOf(img image.Image, k int) planes {
	switch img := img.(type) {
	case *image.YCbCr:
		return ycbcrPlanes(img).each(func(p plane) plane { return p.box(k) })
	case *image.Gray:
		b := img.Bounds()
		return planes{y: plane{b.Dx(), b.Dy(), img.Stride, img.Pix[img.PixOffset(b.Min.X, b.Min.Y):]}.box(k), grey: true}
	}
	return colourPlanes(img, k)
}

func ycbcrPlanes(img *image.YCbCr) planes {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	sx, sy := 1, 1
	switch img.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		sx = 2
	case image.YCbCrSubsampleRatio420:
		sx, sy = 2, 2
	case image.YCbCrSubsampleRatio440:
		sy = 2
	case image.YCbCrSubsampleRatio411:
		sx = 4
	case image.YCbCrSubsampleRatio410:
		sx, sy = 4, 2
	}
	cw, ch := (w+sx-1)/sx, (h+sy-1)/sy
	y, c := img.YOffset(b.Min.X, b.Min.Y), img.COffset(b.Min.X, b.Min.Y)
	return planes{y: plane{w, h, img.YStride, img.Y[y:]},
		cb: plane{cw, ch, img.CStride, img.Cb[c:]}, cr: plane{cw, ch, img.CStride, img.Cr[c:]}}
}

// colourPlanes reads any picture row by row over white.
func colourPlanes(img image.Image, k int) planes {
	b := img.Bounds()
	w, h := (b.Dx()+k-1)/k, (b.Dy()+k-1)/k
	out := planes{y: newPlane(w, h), cb: newPlane(w, h), cr: newPlane(w, h)}
	read := rowReader(img)
	var line, sums [3][]byte
	var totals [3][]uint32
	for c := range 3 {
		line[c], sums[c], totals[c] = make([]byte, b.Dx()), make([]byte, w), make([]uint32, w)
	}
	for y := range h {
		top, bottom := y*k, min(y*k+k, b.Dy())
		for c := range totals {
			clear(totals[c])
		}
		for sy := top; sy < bottom; sy++ {
			read(b.Min.Y+sy, line[0], line[1], line[2])
			for c := range totals {
				addRow(totals[c], line[c], k)
			}
		}
		for c := range totals {
			divideRow(sums[c], totals[c], uint32(bottom-top), b.Dx(), k)
		}
		luma, blue, red := out.y.row(y), out.cb.row(y), out.cr.row(y)
		for x := range luma {
			luma[x], blue[x], red[x] = color.RGBToYCbCr(sums[0][x], sums[1][x], sums[2][x])
		}
	}
	return out
}

// fit shrinks to a long side of at most side pixels; it never enlarges.
func (p planes) fit(side int) planes {
	long, short := max(p.y.w, p.y.h), min(p.y.w, p.y.h)
	if long <= side {
		return p
	}
	w, h := side, max(1, (short*side+long/2)/long)
	if p.y.h > p.y.w {
		w, h = h, w
	}
	k := long / side
	cw, ch := (w+1)/2, (h+1)/2
	p.y = p.y.box(k).resample(w, h, smooth)
	if !p.grey {
		ck := max(1, min(p.cb.w/cw, p.cb.h/ch))
		p.cb, p.cr = p.cb.box(ck).resample(cw, ch, smooth), p.cr.box(ck).resample(cw, ch, smooth)
	}
	return p
}

// turn makes the picture upright.
func (p planes) turn(orient int) planes {
	return p.each(func(p plane) plane { return p.turn(orient) })
}

// encode writes a JPEG without any metadata.
func (p planes) encode() ([]byte, error) {
	var out bytes.Buffer
	var img image.Image
	bounds := image.Rect(0, 0, p.y.w, p.y.h)
	if p.grey {
		img = &image.Gray{Pix: p.y.pix, Stride: p.y.stride, Rect: bounds}
	} else {
		cw, ch := (p.y.w+1)/2, (p.y.h+1)/2
		cb, cr := p.cb.resample(cw, ch, area), p.cr.resample(cw, ch, area)
		img = &image.YCbCr{Y: p.y.pix, YStride: p.y.stride, Cb: cb.pix, Cr: cr.pix, CStride: cb.stride,
			SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: bounds}
	}
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

const thumbSide = 64

// squash makes the 64 by 64 red, green, blue bytes that embedders read.
func (p planes) squash() []byte {
	p = p.each(func(p plane) plane { return p.resample(thumbSide, thumbSide, area) })
	out := make([]byte, 0, thumbSide*thumbSide*3)
	for y := range thumbSide {
		for x, luma := range p.y.row(y) {
			if p.grey {
				out = append(out, luma, luma, luma)
				continue
			}
			r, g, b := color.YCbCrToRGB(luma, p.cb.row(y)[x], p.cr.row(y)[x])
			out = append(out, r, g, b)
		}
	}
	return out
}
