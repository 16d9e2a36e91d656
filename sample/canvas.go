package sample

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// canvas fills smooth-edged shapes, scaled from a picture of Width by Height.
type canvas struct {
	scale float64
	img   *image.RGBA
	z     *vector.Rasterizer
	mask  *image.Alpha
}

func newCanvas(scale float64) *canvas {
	w, h := int(Width*scale), int(Height*scale)
	return &canvas{scale: scale, img: image.NewRGBA(image.Rect(0, 0, w, h)), z: vector.NewRasterizer(w, h), mask: image.NewAlpha(image.Rect(0, 0, w, h))}
}

// load puts a closed shape into the rasterizer and returns the part of the
// canvas that it touches.
func (c *canvas) load(shape []point) image.Rectangle {
	b := c.img.Bounds()
	shape = clip(scaled(shape, point{}, c.scale), float64(b.Dx()), float64(b.Dy()))
	if len(shape) < 3 {
		return image.Rectangle{}
	}
	low, high := shape[0], shape[0]
	for _, p := range shape {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	area := image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y))).Intersect(b)
	if area.Empty() {
		return area
	}
	c.z.Reset(area.Dx(), area.Dy())
	x, y := float64(area.Min.X), float64(area.Min.Y)
	c.z.MoveTo(float32(shape[0].x-x), float32(shape[0].y-y))
	for _, p := range shape[1:] {
		c.z.LineTo(float32(p.x-x), float32(p.y-y))
	}
	c.z.ClosePath()
	return area
}

// fill paints a closed shape.
func (c *canvas) fill(shape []point, t tone, alpha float64) {
	strength := uint32(alpha*256 + 0.5)
	full := [4]byte{t.r, t.g, t.b, 255}
	c.through(shape, func(p []byte, m uint32) {
		m = m * strength >> 8
		if m == 255 {
			copy(p, full[:])
			return
		}
		rest := 255 - m
		p[0] = byte((uint32(t.r)*m + uint32(p[0])*rest + 127) / 255)
		p[1] = byte((uint32(t.g)*m + uint32(p[1])*rest + 127) / 255)
		p[2] = byte((uint32(t.b)*m + uint32(p[2])*rest + 127) / 255)
		p[3] = byte(m + (uint32(p[3])*rest+127)/255)
	})
}

// erase makes a closed shape see-through.
func (c *canvas) erase(shape []point) {
	c.through(shape, func(p []byte, m uint32) {
		for i, v := range p {
			p[i] = byte(uint32(v) * (255 - m) / 255)
		}
	})
}

// fillAtop paints a closed shape where there is paint already.
func (c *canvas) fillAtop(shape []point, t tone, alpha float64) {
	strength := uint32(alpha * 256)
	c.through(shape, func(p []byte, m uint32) {
		m = m * strength >> 8
		there, rest := uint32(p[3])*m/255, 255-m
		p[0] = byte((uint32(t.r)*there + uint32(p[0])*rest) / 255)
		p[1] = byte((uint32(t.g)*there + uint32(p[1])*rest) / 255)
		p[2] = byte((uint32(t.b)*there + uint32(p[2])*rest) / 255)
	})
}

// through hands over each pixel that a closed shape covers, and how far, of 255.
func (c *canvas) through(shape []point, change func(pixel []byte, cover uint32)) {
	area := c.load(shape)
	if area.Empty() {
		return
	}
	c.z.DrawOp = draw.Src
	c.z.Draw(c.mask, area, image.Opaque, image.Point{})
	for y := area.Min.Y; y < area.Max.Y; y++ {
		mask := c.mask.Pix[c.mask.PixOffset(area.Min.X, y):]
		row := c.img.Pix[c.img.PixOffset(area.Min.X, y):]
		for x := range area.Dx() {
			if mask[x] > 0 {
				change(row[4*x:4*x+4:4*x+4], uint32(mask[x]))
			}
		}
	}
}

// lay puts another canvas on top.
func (c *canvas) lay(top *canvas) {
	draw.Draw(c.img, c.img.Bounds(), top.img, image.Point{}, draw.Over)
}

// shadow paints a flat shadow of a shape.
func (c *canvas) shadow(shape []point, by point, t tone, alpha float64) {
	moved := make([]point, len(shape))
	for i, p := range shape {
		moved[i] = p.plus(by)
	}
	c.fill(moved, t, alpha)
}

// line paints a line that tapers from one width to another, with round ends.
func (c *canvas) line(along []point, from, to float64, t tone, alpha float64) {
	c.fill(ribbon(along, from, to), t, alpha)
}
