package ingest

import (
	"image"
	"image/color"
)

// rowReader returns what reads one row of a picture, laid over white, as red,
// green and blue bytes. The common picture types have their own.
func rowReader(img image.Image) func(y int, r, g, b []byte) {
	switch img := img.(type) {
	case *image.RGBA:
		return func(y int, r, g, b []byte) {
			row := img.Pix[img.PixOffset(img.Rect.Min.X, y):]
			for x := range r {
				p := row[4*x : 4*x+4 : 4*x+4]
				rest := 255 - p[3]
				r[x], g[x], b[x] = p[0]+rest, p[1]+rest, p[2]+rest
			}
		}
	case *image.NRGBA:
		return func(y int, r, g, b []byte) {
			row := img.Pix[img.PixOffset(img.Rect.Min.X, y):]
			for x := range r {
				p := row[4*x : 4*x+4 : 4*x+4]
				r[x], g[x], b[x] = overWhite(p[0], p[3]), overWhite(p[1], p[3]), overWhite(p[2], p[3])
			}
		}
	case *image.Paletted:
		return palettedReader(img)
	case *image.CMYK:
		return func(y int, r, g, b []byte) {
			row := img.Pix[img.PixOffset(img.Rect.Min.X, y):]
			for x := range r {
				p := row[4*x : 4*x+4 : 4*x+4]
				r[x], g[x], b[x] = color.CMYKToRGB(p[0], p[1], p[2], p[3])
			}
		}
	}
	return anyReader(img)
}

func palettedReader(img *image.Paletted) func(y int, r, g, b []byte) {
	var table [256][3]byte
	for i, c := range img.Palette {
		n := color.NRGBAModel.Convert(c).(color.NRGBA)
		table[i] = [3]byte{overWhite(n.R, n.A), overWhite(n.G, n.A), overWhite(n.B, n.A)}
	}
	return func(y int, r, g, b []byte) {
		row := img.Pix[img.PixOffset(img.Rect.Min.X, y):]
		for x := range r {
			c := &table[row[x]]
			r[x], g[x], b[x] = c[0], c[1], c[2]
		}
	}
}

func anyReader(img image.Image) func(y int, r, g, b []byte) {
	left := img.Bounds().Min.X
	return func(y int, r, g, b []byte) {
		for x := range r {
			red, green, blue, alpha := img.At(left+x, y).RGBA()
			rest := 0xffff - alpha
			r[x], g[x], b[x] = byte((red+rest)>>8), byte((green+rest)>>8), byte((blue+rest)>>8)
		}
	}
}

// overWhite lays a colour of some opacity over white.
func overWhite(v, alpha byte) byte {
	if alpha == 255 {
		return v
	}
	return byte((uint32(v)*uint32(alpha) + 255*uint32(255-alpha) + 127) / 255)
}
