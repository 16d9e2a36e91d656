package ingest

import (
	"fmt"

	"akhra.dev/akhra"
)

// limits bound what one picture and one zip may cost.
type limits struct {
	file     int64 // bytes of one picture as it comes
	side     int   // pixels
	pixels   int64
	decoded  int64 // bytes of one decoded picture, and of all at one time
	entries  int   // files in a zip
	listing  int64 // bytes of a zip's list of files
	ratio    int64 // unpacked bytes for one packed
	unpacked int64 // bytes of a whole zip
}

var usualLimits = limits{
	file: 100 << 20, side: 30_000, pixels: 100_000_000, decoded: 400_000_000,
	entries: 100_000, listing: 24 << 20, ratio: 200, unpacked: 50 << 30,
}

// refuse makes the sentence of a picture that is not taken.
func refuse(code akhra.Code, name, format string, args ...any) *akhra.Error {
	return akhra.Errorf(code, "%s %s", name, fmt.Sprintf(format, args...))
}

// check refuses by the header what would cost too much to decode.
func (l *limits) check(name string, h header) error {
	switch {
	case h.width <= 0 || h.height <= 0:
		return refuse(akhra.Invalid, name, "has no size. Save it again as JPEG or PNG.")
	case h.width > l.side || h.height > l.side:
		return refuse(akhra.TooLarge, name, "is %d by %d pixels, and a side may have at most %d. Make it smaller and add it again.", h.width, h.height, l.side)
	case int64(h.width)*int64(h.height) > l.pixels:
		return refuse(akhra.TooLarge, name, "has %d megapixels, and a picture may have at most %d. Make it smaller and add it again.",
			int64(h.width)*int64(h.height)/1_000_000, l.pixels/1_000_000)
	case h.decoded > l.decoded:
		return refuse(akhra.TooLarge, name, "would take %d MB of memory, and a picture may take at most %d. Save it as JPEG or make it smaller.",
			h.decoded/1_000_000, l.decoded/1_000_000)
	}
	return nil
}
