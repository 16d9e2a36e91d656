package ingest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"akhra.dev/akhra"
	"github.com/bep/imagemeta"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// kind is one picture format the room reads. Its meta is 0 when the format
// carries no orientation.
type kind struct {
	name   string
	magic  []string
	config func(data []byte) (image.Config, error)
	decode func(data []byte) (image.Image, error)
	meta   imagemeta.ImageFormat
}

// header is what is known of a picture before it is decoded.
type header struct {
	kind          *kind
	width, height int
	decoded       int64 // bytes its pixels will take
}

func reading[T any](f func(r *bytes.Reader) (T, error)) func([]byte) (T, error) {
	return func(data []byte) (T, error) { return f(bytes.NewReader(data)) }
}

// kinds are the formats by their first bytes; a dot in a magic is any byte.
var kinds = []*kind{
	{"JPEG", []string{"\xff\xd8\xff"},
		reading(func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) }), imagemeta.JPEG},
	{"PNG", []string{"\x89PNG\r\n\x1a\n"},
		reading(func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) }), imagemeta.PNG},
	{"WebP", []string{"RIFF....WEBP"},
		reading(func(r *bytes.Reader) (image.Config, error) { return webp.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return webp.Decode(r) }), imagemeta.WebP},
	{"GIF", []string{"GIF87a", "GIF89a"},
		reading(func(r *bytes.Reader) (image.Config, error) { return gif.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return gif.Decode(r) }), 0},
	{"BMP", []string{"BM"},
		reading(func(r *bytes.Reader) (image.Config, error) { return bmp.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return bmp.Decode(r) }), 0},
	{"TIFF", []string{"II*\x00", "MM\x00*"},
		reading(func(r *bytes.Reader) (image.Config, error) { return tiff.DecodeConfig(r) }),
		reading(func(r *bytes.Reader) (image.Image, error) { return tiff.Decode(r) }), imagemeta.TIFF},
}

// sniff reads a picture's header, or refuses what is no picture.
func sniff(name string, data []byte) (header, error) {
	k := kindOf(data)
	if k == nil {
		return header{}, strange(name, data)
	}
	config, err := k.config(data)
	if err != nil {
		return header{}, broken(name, k)
	}
	h := header{kind: k, width: config.Width, height: config.Height}
	h.decoded = int64(h.width) * int64(h.height) * bytesPerPixel(k, config.ColorModel, data)
	return h, nil
}

func kindOf(data []byte) *kind {
	for _, k := range kinds {
		for _, magic := range k.magic {
			if hasMagic(data, magic) {
				return k
			}
		}
	}
	return nil
}

func hasMagic(data []byte, magic string) bool {
	if len(data) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '.' && magic[i] != data[i] {
			return false
		}
	}
	return true
}

func broken(name string, k *kind) error {
	return refuse(akhra.Invalid, name, "is a %s picture that is damaged or cut off. Copy it again from where it came, or save it again as JPEG.", k.name)
}

// strange refuses bytes of no format the room reads, naming the usual ones.
func strange(name string, data []byte) error {
	start := bytes.ToLower(data[:min(len(data), 1024)])
	switch {
	case len(data) == 0:
		return refuse(akhra.Invalid, name, "is empty. Copy it again from where it came.")
	case bytes.Contains(start, []byte("<svg")):
		return refuse(akhra.Invalid, name, "is an SVG drawing, which is not taken. Save it as PNG and add it again.")
	case hasMagic(data, "....ftyp"):
		return refuse(akhra.Invalid, name, "is a HEIC, AVIF or film file, which is not taken. Save it as JPEG and add it again.")
	case hasMagic(data, "PK\x03\x04"):
		return refuse(akhra.Invalid, name, "is an archive, not a picture. Add the pictures inside, or the zip by itself.")
	}
	return refuse(akhra.Invalid, name, "is not a picture. Pictures are JPEG, PNG, WebP, GIF, BMP or TIFF.")
}

// bytesPerPixel is what decoding takes: channels times depth, and for JPEG the
// coefficients that all but baseline frames keep.
func bytesPerPixel(k *kind, model color.Model, data []byte) int64 {
	if k.name == "JPEG" {
		return jpegBytesPerPixel(model, data)
	}
	if _, paletted := model.(color.Palette); paletted {
		return 1
	}
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}

func jpegBytesPerPixel(model color.Model, data []byte) int64 {
	samples := int64(3)
	switch model {
	case color.GrayModel:
		samples = 1
	case color.CMYKModel:
		samples = 8 // four samples, and the CMYK picture made of them
	case color.RGBAModel:
		samples = 7
	}
	if baselineJPEG(data) {
		return samples
	}
	return samples * 5
}

// baselineJPEG tells whether the first frame of a JPEG is not progressive.
func baselineJPEG(data []byte) bool {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		switch {
		case marker == 0xff:
			at++
			continue
		case marker == 0xc0 || marker == 0xc1:
			return true
		case marker == 0xc2:
			return false
		case marker >= 0xd0 && marker <= 0xd9 || marker == 0x01:
			at += 2
			continue
		}
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
	}
	return false
}
