package sample

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// canvas fills smooth-edged shapes.
type canvas struct {
	img  *image.RGBA
	z    *vector.Rasterizer
	mask *image.Alpha
}

func newCanvas(w, h int) *canvas {
	return &canvas{img: image.NewRGBA(image.Rect(0, 0, w, h)), z: vector.NewRasterizer(w, h), mask: image.NewAlpha(image.Rect(0, 0, w, h))}
}

// load puts a closed shape into the rasterizer and returns the part of the
// canvas that it touches.
func (c *canvas) load(shape []point) image.Rectangle {
	b := c.img.Bounds()
	shape = clip(shape, float64(b.Dx()), float64(b.Dy()))
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
	if area := c.load(shape); !area.Empty() {
		c.z.DrawOp = draw.Over
		c.z.Draw(c.img, area, image.NewUniform(t.colour(alpha)), image.Point{})
	}
}

// erase makes a closed shape see-through.
func (c *canvas) erase(shape []point) {
	if area := c.load(shape); !area.Empty() {
		c.z.DrawOp = draw.Src
		c.z.Draw(c.img, area, image.NewUniform(color.RGBA{}), image.Point{})
	}
}

// fillAtop paints a closed shape where there is paint already.
func (c *canvas) fillAtop(shape []point, t tone, alpha float64) {
	area := c.load(shape)
	if area.Empty() {
		return
	}
	c.z.DrawOp = draw.Src
	c.z.Draw(c.mask, area, image.Opaque, image.Point{})
	col := [3]uint32{uint32(t.r), uint32(t.g), uint32(t.b)}
	strength := uint32(alpha * 256)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		mask := c.mask.Pix[c.mask.PixOffset(area.Min.X, y):]
		row := c.img.Pix[c.img.PixOffset(area.Min.X, y):]
		for x := range area.Dx() {
			m := uint32(mask[x]) * strength >> 8
			if m == 0 {
				continue
			}
			p := row[4*x : 4*x+4 : 4*x+4]
			there := uint32(p[3])
			for i, v := range col {
				p[i] = byte((v*there/255*m + uint32(p[i])*(255-m)) / 255)
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
