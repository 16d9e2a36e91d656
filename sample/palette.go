package sample

// tone is an opaque colour.
type tone struct{ r, g, b uint8 }

func hex(v uint32) tone { return tone{uint8(v >> 16), uint8(v >> 8), uint8(v)} }

var (
	white = hex(0xFFFDF8)
	soot  = hex(0x1D1814)
)

// mixed goes part of the way to another tone.
func (t tone) mixed(u tone, part float64) tone {
	f := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*part + 0.5) }
	return tone{f(t.r, u.r), f(t.g, u.g), f(t.b, u.b)}
}

func (t tone) darker(part float64) tone  { return t.mixed(soot, part) }
func (t tone) lighter(part float64) tone { return t.mixed(white, part) }

// near tells whether two tones would run into each other.
func (t tone) near(u tone) bool {
	d := func(a, b uint8) int { return (int(a) - int(b)) * (int(a) - int(b)) }
	return d(t.r, u.r)+d(t.g, u.g)+d(t.b, u.b) < 50*50
}

// tones are the two halves of a leaf.
type tones struct{ light, dark tone }

var leafTones = []tones{
	{hex(0x76A23F), hex(0x648F36)},
	{hex(0x3F7D48), hex(0x346D3E)},
	{hex(0xB8653F), hex(0xA55535)},
	{hex(0xD0AE45), hex(0xBF9B35)},
	{hex(0x8C9443), hex(0x7B8338)},
}

// groundTones are a ground with its shadow.
type groundTones struct{ base, dark tone }

var grounds = []groundTones{
	{hex(0x2C4636), hex(0x16261D)},
	{hex(0xC3CF9B), hex(0x6E7F4C)},
	{hex(0xA9552F), hex(0x642D15)},
	{hex(0x37414F), hex(0x1D242D)},
	{hex(0xE6DDC6), hex(0x9C8F72)},
	{hex(0xC8963E), hex(0x7F581B)},
}

// Rot and the rims of bites, from the outside in.
var rotTones = []tone{hex(0xBFA456), hex(0x8A5A2B), hex(0x6B4220), hex(0x482A14)}
