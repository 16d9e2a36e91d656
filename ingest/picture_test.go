package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// quarters is red, green, blue, white, clockwise from the upper left.
func quarters(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 255, 255, 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.NRGBA{255, 0, 0, 255}
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x >= w/2:
				c = color.NRGBA{0, 0, 255, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

// corners names the colours near the four corners, clockwise from the upper left.
func corners(img image.Image) string {
	b := img.Bounds()
	out := ""
	for _, at := range [4][2]int{{1, 1}, {7, 1}, {7, 7}, {1, 7}} {
		r, g, bl, _ := img.At(b.Min.X+b.Dx()*at[0]/8, b.Min.Y+b.Dy()*at[1]/8).RGBA()
		switch {
		case r > 0xa000 && g > 0xa000 && bl > 0xa000:
			out += "w"
		case r > g && r > bl:
			out += "r"
		case g > bl:
			out += "g"
		default:
			out += "b"
		}
	}
	return out
}

func TestEveryExifOrientationComesOutUpright(t *testing.T) {
	t.Parallel()
	lying := jpegBytes(t, quarters(200, 120))
	for i, want := range []string{"rgbw", "grwb", "bwrg", "wbgr", "rwbg", "wrgb", "bgrw", "gbwr"} {
		data := withExif(lying, i+1)
		h, err := sniff("a.jpg", data)
		if err != nil {
			t.Fatal(err)
		}
		if got := orientation(h.kind, data); got != i+1 {
			t.Fatalf("orientation read as %d, want %d", got, i+1)
		}
		img, _ := decode(h.kind, data)
		p, err := derive(img, i+1)
		if err != nil {
			t.Fatal(err)
		}
		small, err := jpeg.Decode(bytes.NewReader(p.variants[0]))
		if err != nil {
			t.Fatal(err)
		}
		if got := corners(small); got != want {
			t.Errorf("orientation %d shows %s, want %s", i+1, got, want)
		}
		if standing := i >= 4; standing != (p.height > p.width) {
			t.Errorf("orientation %d: stored as %dx%d", i+1, p.width, p.height)
		}
		if bytes.Contains(p.variants[0], []byte("Exif")) {
			t.Error("a variant carries metadata")
		}
	}
}

// withExif puts an orientation into a JPEG.
func withExif(data []byte, orient int) []byte {
	tiff := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	tiff[6+8+2+9] = byte(orient)
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(tiff)+2))
	return append(append(out, tiff...), data[2:]...)
}

func TestEveryFormatIsRead(t *testing.T) {
	t.Parallel()
	img := quarters(64, 48)
	paletted := image.NewPaletted(img.Bounds(), color.Palette{color.White, color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}})
	deep := image.NewNRGBA64(img.Bounds())
	for y := range 48 {
		for x := range 64 {
			paletted.Set(x, y, img.At(x, y))
			deep.Set(x, y, img.At(x, y))
		}
	}
	files := map[string]func(*bytes.Buffer) error{
		"JPEG":           func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) },
		"PNG":            func(b *bytes.Buffer) error { return png.Encode(b, img) },
		"PNG of 16 bits": func(b *bytes.Buffer) error { return png.Encode(b, deep) },
		"PNG with table": func(b *bytes.Buffer) error { return png.Encode(b, paletted) },
		"GIF": func(b *bytes.Buffer) error {
			return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{paletted, image.NewPaletted(img.Bounds(), paletted.Palette)}, Delay: []int{9, 9}})
		},
		"BMP":  func(b *bytes.Buffer) error { return bmp.Encode(b, img) },
		"TIFF": func(b *bytes.Buffer) error { return tiff.Encode(b, img, &tiff.Options{Compression: tiff.Deflate}) },
	}
	for name, write := range files {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		checkQuarters(t, name, b.Bytes())
	}
}

func checkQuarters(t *testing.T, name string, data []byte) {
	t.Helper()
	h, err := sniff(name, data)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	img, err := decode(h.kind, data)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	p, err := derive(img, orientation(h.kind, data))
	if err != nil {
		t.Fatal(err)
	}
	small, err := jpeg.Decode(bytes.NewReader(p.variants[2]))
	if err != nil {
		t.Fatal(err)
	}
	if corners(small) != "rgbw" || h.width != 64 || p.height != 48 {
		t.Errorf("%s came out as %s, %dx%d", name, corners(small), p.width, p.height)
	}
	if red := p.thumb[:3]; len(p.thumb) != 12288 || red[0] < 200 || red[1] > 40 || red[2] > 40 {
		t.Errorf("%s: thumb of %d bytes starts with %v", name, len(p.thumb), red)
	}
}

func TestWebPIsRead(t *testing.T) {
	t.Parallel()
	data, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	r := &Room{limits: usualLimits, memory: newBudget(usualLimits.decoded)}
	if p, err := r.make(t.Context(), "a.webp", data); err != nil || p.width != 1 || p.height != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestVariantsAreNeverEnlarged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h int }{{1, 1}, {3, 5000}, {319, 200}, {320, 320}, {321, 7}, {721, 720}, {1000, 750}, {1441, 900}, {2879, 1440}, {2880, 2161}, {3001, 4001}} {
		p, err := derive(image.NewYCbCr(image.Rect(0, 0, c.w, c.h), image.YCbCrSubsampleRatio420), 1)
		if err != nil {
			t.Fatal(err)
		}
		for i, side := range akhra.VariantSides {
			got, err := jpeg.DecodeConfig(bytes.NewReader(p.variants[i]))
			if err != nil {
				t.Fatal(err)
			}
			if want := min(side, max(c.w, c.h)); max(got.Width, got.Height) != want {
				t.Errorf("%dx%d: variant %d is %dx%d, its long side should be %d", c.w, c.h, side, got.Width, got.Height, want)
			}
		}
		if max(c.w, c.h) <= 320 && &p.variants[0][0] != &p.variants[2][0] {
			t.Errorf("%dx%d: a small picture should have one variant", c.w, c.h)
		}
	}
}

func TestShrinkingKeepsAnEvenGrey(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{1999, 1333}, {4001, 2999}, {2880, 2160}} {
		img := image.NewGray(image.Rect(0, 0, size[0], size[1]))
		for i := range img.Pix {
			img.Pix[i] = 130
		}
		p := planesOf(img, max(1, max(size[0], size[1])/1440)).fit(1440).fit(320)
		for i, v := range p.y.pix {
			if v != 130 {
				t.Fatalf("%v: pixel %d is %d, want 130", size, i, v)
			}
		}
	}
}

func TestBadPicturesAreRefusedByASentence(t *testing.T) {
	t.Parallel()
	whole := jpegBytes(t, photograph(640, 480, 3))
	r := &Room{limits: usualLimits, memory: newBudget(usualLimits.decoded)}
	for name, c := range map[string]struct {
		data []byte
		code akhra.Code
		says string
	}{
		"empty.jpg":      {nil, akhra.Invalid, "is empty"},
		"words.jpg":      {[]byte("once upon a time"), akhra.Invalid, "is not a picture"},
		"drawing.svg":    {[]byte(`<?xml version="1.0"?><SVG onload="alert(1)"></SVG>`), akhra.Invalid, "SVG"},
		"phone.heic":     {[]byte("\x00\x00\x00\x18ftypheic\x00\x00"), akhra.Invalid, "HEIC"},
		"cut.jpg":        {whole[:len(whole)/2], akhra.Invalid, "damaged or cut off"},
		"head only.jpg":  {whole[:20], akhra.Invalid, "damaged or cut off"},
		"long.png":       {pngHeader(30_001, 10, 8, 2), akhra.TooLarge, "30000"},
		"large.png":      {pngHeader(12_000, 12_000, 8, 2), akhra.TooLarge, "144 megapixels"},
		"deep.png":       {pngHeader(9_000, 9_000, 16, 6), akhra.TooLarge, "648 MB"},
		"progressive.jp": {progressiveHeader(9_000, 9_000), akhra.TooLarge, "MB of memory"},
		"no size.png":    {pngHeader(0, 10, 8, 2), akhra.Invalid, ""},
	} {
		_, err := r.make(t.Context(), name, c.data)
		if akhra.CodeOf(err) != c.code || !strings.HasPrefix(err.Error(), name+" ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v (%s), want %s saying %q", name, err, akhra.CodeOf(err), c.code, c.says)
		}
	}
}

func TestAZipThatUnpacksToTooMuchInAllIsLeftOutFromThereOn(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := range 4 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.jpg", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := &Room{limits: usualLimits}
	r.limits.unpacked = 2500
	a, err := r.openArchive(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for e := range a.entries() {
		switch _, err := r.read(e); {
		case err == nil:
			said += "read "
		case akhra.CodeOf(err) == akhra.TooLarge && strings.Contains(err.Error(), "unpacks to far more"):
			said += "refused "
		default:
			t.Fatal(err)
		}
	}
	if said != "read read refused refused " {
		t.Errorf("of four files of 1,000 bytes, 2,500 in all allowed: %s", said)
	}
}

// pngHeader is the start of a PNG that claims a size.
func pngHeader(w, h, depth, colour int) []byte {
	chunk := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))...)
	chunk = append(chunk, byte(depth), byte(colour), 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// progressiveHeader is the start of a progressive JPEG that claims a size.
func progressiveHeader(w, h int) []byte {
	out := []byte{0xff, 0xd8, 0xff, 0xc2, 0, 17, 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0}
	return append(out, 0xff, 0xda, 0, 2)
}

func FuzzPicture(f *testing.F) {
	var small bytes.Buffer
	if err := png.Encode(&small, quarters(8, 6)); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add(withExif(jpegBytes(f, quarters(8, 6)), 6))
	f.Add(progressiveHeader(20, 20))
	f.Add([]byte("GIF89a\x05\x00\x05\x00"))
	f.Add([]byte("II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("RIFF\x20\x00\x00\x00WEBPVP8L"))
	limited := usualLimits
	limited.pixels, limited.decoded = 1<<20, 8<<20
	r := &Room{limits: limited, memory: newBudget(limited.decoded)}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := r.make(t.Context(), "fuzz", data)
		if err != nil {
			if code := akhra.CodeOf(err); code != akhra.Invalid && code != akhra.TooLarge {
				t.Errorf("refused with %s: %v", code, err)
			}
			return
		}
		for _, v := range p.variants {
			if _, err := jpeg.DecodeConfig(bytes.NewReader(v)); err != nil {
				t.Errorf("variant cannot be read: %v", err)
			}
		}
	})
}
