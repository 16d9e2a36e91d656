package sample

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	xdraw "golang.org/x/image/draw"
)

// TestContactSheet writes what a person should look at when AKHRA_SHEET names
// a folder.
func TestContactSheet(t *testing.T) {
	dir := os.Getenv("AKHRA_SHEET")
	if dir == "" {
		t.Skip("AKHRA_SHEET names no folder to draw into")
	}
	from, _ := strconv.Atoi(os.Getenv("AKHRA_SHEET_FROM"))
	sheet := image.NewRGBA(image.Rect(0, 0, 5*320, 4*240))
	for i := range 20 {
		p := Draw(7, from+i)
		at := image.Rect(i%5*320, i/5*240, i%5*320+316, i/5*240+236)
		xdraw.ApproxBiLinear.Scale(sheet, at, p.RGBA, p.RGBA.Bounds(), draw.Src, nil)
		if i < 3 {
			write(t, filepath.Join(dir, "leaf"+strconv.Itoa(i)+".png"), p.RGBA)
		}
	}
	write(t, filepath.Join(dir, "sheet.png"), sheet)
}

func write(t *testing.T, file string, img image.Image) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkDraw(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		Draw(1, i)
	}
}
