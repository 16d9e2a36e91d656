package https

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// Code is an address as a picture that phones read (a QR code): the path of an
// SVG on a square grid of side cells, the dark cells filled, without a margin.
func Code(address string) (path string, side int, err error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return "", 0, fmt.Errorf("make the code of an address: %w", err)
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String(), code.Size, nil
}
