package ingest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"akhra.dev/akhra/sample"
)

// photograph draws a smooth, grainy picture, about as dear to decode as a
// photograph.
func photograph(w, h int, seed uint64) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	chance := rand.New(rand.NewPCG(seed, 1))
	for y := range h {
		for x := range w {
			img.Y[y*img.YStride+x] = byte((x*200/w+y*50/h)&0xff) + byte(chance.IntN(12))
		}
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = byte(100+i%img.CStride*40/img.CStride), byte(150-i/img.CStride/20)
	}
	return img
}

func jpegBytes(tb testing.TB, img image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 90}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkPicture(b *testing.B) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"12-megapixel", 4000, 3000}, {"128-pixel", 128, 96}} {
		data := jpegBytes(b, photograph(size.w, size.h, 1))
		k := kindOf(data)
		b.Run(size.name+"/decode", func(b *testing.B) {
			for b.Loop() {
				if _, err := decode(k, data); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(size.name+"/orientation", func(b *testing.B) {
			for b.Loop() {
				orientation(k, data)
			}
		})
		img, err := decode(k, data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size.name+"/variants", func(b *testing.B) {
			for b.Loop() {
				if _, err := derive(img, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkColourPlanes(b *testing.B) {
	img := image.NewNRGBA(image.Rect(0, 0, 4000, 3000))
	for i := range img.Pix {
		img.Pix[i] = byte(i)
	}
	img.Set(0, 0, color.White)
	for b.Loop() {
		if _, err := derive(img, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPack weighs a pack of 100 drawn pictures of 1500 by 1125 pixels at
// the size that a phone takes them.
func BenchmarkPack(b *testing.B) {
	for b.Loop() {
		bytes := 0
		for n := range 100 {
			data := jpegBytes(b, sample.DrawScaled(1, n, 1.5).RGBA)
			img, err := decode(kindOf(data), data)
			if err != nil {
				b.Fatal(err)
			}
			one, err := planesOf(img, 1).fit(1440).fit(720).encode()
			if err != nil {
				b.Fatal(err)
			}
			bytes += len(one)
		}
		b.ReportMetric(float64(bytes)/1e6, "MB/pack")
	}
}
