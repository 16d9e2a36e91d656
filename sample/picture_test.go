package sample

import (
	"bytes"
	"image"
	"strings"
	"testing"
)

func pixels(p Picture) []byte { return p.RGBA.(*image.RGBA).Pix }

func TestTheSameSeedDrawsTheSamePicture(t *testing.T) {
	t.Parallel()
	for n := range 5 {
		a, b := Draw(3, n), Draw(3, n)
		if a.Class != b.Class || a.Name != b.Name || !bytes.Equal(pixels(a), pixels(b)) {
			t.Errorf("picture %d differs from itself", n)
		}
		if bytes.Equal(pixels(a), pixels(Draw(4, n))) {
			t.Errorf("picture %d is the same under another seed", n)
		}
	}
}

func TestEveryClassIsDrawnEquallyOften(t *testing.T) {
	t.Parallel()
	counts := make([]int, len(Classes()))
	for n := range 600 {
		counts[ClassOf(1, n)]++
	}
	for class, count := range counts {
		if count != 120 {
			t.Errorf("%s is drawn %d times of 600, want 120", Classes()[class].Name, count)
		}
	}
}

func TestPicturesAreOpaqueAndTellNothingByName(t *testing.T) {
	t.Parallel()
	for n := range 10 {
		p := Draw(9, n)
		if size := p.RGBA.Bounds().Size(); size != (image.Point{Width, Height}) {
			t.Fatalf("picture of %v", size)
		}
		for i := 3; i < len(pixels(p)); i += 4 {
			if pixels(p)[i] != 255 {
				t.Fatalf("picture %d has a see-through pixel", n)
			}
		}
		for _, c := range Classes() {
			if strings.Contains(strings.ToLower(p.Name), strings.ToLower(c.Name)) {
				t.Errorf("the name %s gives its class away", p.Name)
			}
		}
	}
}

func TestClassesHaveBothLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range Classes() {
		if c.Name == "" || c.Hindi == "" || c.Words == "" || c.Rule == "" {
			t.Errorf("class %+v lacks words", c)
		}
	}
}
