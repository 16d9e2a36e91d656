package ingest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"time"

	"akhra.dev/akhra"
	"github.com/bep/imagemeta"
)

// pictures are what is made of one original.
type pictures struct {
	width, height int // of the upright original
	variants      [3][]byte
	thumb         []byte
}

// make turns an original's bytes into its upright variants; a refusal is an
// *akhra.Error.
func (r *Room) make(ctx context.Context, name string, data []byte) (*pictures, error) {
	h, err := sniff(name, data)
	if err != nil {
		return nil, err
	}
	if err := r.limits.check(name, h); err != nil {
		return nil, err
	}
	giveBack, err := r.memory.take(ctx, h.decoded)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	img, err := decode(h.kind, data)
	if err != nil || img.Bounds().Empty() {
		return nil, broken(name, h.kind)
	}
	p, err := derive(img, orientation(h.kind, data))
	if err != nil {
		return nil, fmt.Errorf("encode variants: %w", err)
	}
	return p, nil
}

// decode reads the pixels. A decoder that panics on hostile bytes counts as
// one that could not read them.
func decode(k *kind, data []byte) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("decoder panicked: %v", p)
		}
	}()
	return k.decode(data)
}

// orientation reads EXIF orientation 1 to 8; without a readable one it is 1.
func orientation(k *kind, data []byte) (o int) {
	o = 1
	if k.meta == 0 {
		return o
	}
	defer func() {
		if recover() != nil { // hostile metadata: the picture stays as it lies
			o = 1
		}
	}()
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: k.meta, Sources: imagemeta.EXIF, Timeout: 2 * time.Second,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if v, ok := tag.Value.(uint16); ok && v >= 1 && v <= 8 {
				o = int(v)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1
	}
	return o
}

// derive makes the upright variants and the thumb of a decoded picture.
func derive(img image.Image, orient int) (*pictures, error) {
	size := img.Bounds().Size()
	largest := akhra.VariantSides[2]
	p := planesOf(img, max(1, max(size.X, size.Y)/largest)).fit(largest).turn(orient)
	out := &pictures{width: size.X, height: size.Y}
	if orient >= 5 {
		out.width, out.height = size.Y, size.X
	}
	for i := 2; i >= 0; i-- {
		smaller := p.fit(akhra.VariantSides[i])
		if i < 2 && smaller.y.w == p.y.w && smaller.y.h == p.y.h {
			out.variants[i] = out.variants[i+1]
			continue
		}
		var err error
		if out.variants[i], err = smaller.encode(); err != nil {
			return nil, err
		}
		p = smaller
	}
	out.thumb = p.squash()
	return out, nil
}
