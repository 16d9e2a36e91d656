package sample

import "math"

// beetleCoat is how a beetle looks.
type beetleCoat struct {
	wing, shine tone
	feelers     float64 // length against the body
	slim        float64 // half its width
}

var beetleCoats = []beetleCoat{
	{hex(0x7A4A24), hex(0xB5814A), 1.15, 0.17}, // the longhorn that bores in sal wood
	{hex(0x8F5A2C), hex(0xC79A5C), 1.05, 0.16},
	{hex(0x1F6E68), hex(0x7CC7B0), 0.3, 0.235},
	{hex(0x3E7A2F), hex(0xA6D07C), 0.3, 0.235},
	{hex(0x2B4D86), hex(0x8FB4DE), 0.32, 0.23},
	{hex(0x37322E), hex(0x8E8A86), 0.3, 0.24},
	{hex(0x8C3A22), hex(0xD98A62), 0.34, 0.29}, // round and red-brown, near a ladybird
}

func (s *scene) beetle(p pose) {
	b, c := s.bug(p), coatOf(s, beetleCoats)
	dark := c.wing.darker(0.62)
	b.shadow(b.m.all(wings(c.slim+0.02)), point{14, 22}, soot, 0.32)
	b.shadow(b.m.all(neck(c.slim+0.01)), point{14, 22}, soot, 0.32)
	b.legs([]float64{-0.16, 0.04, 0.24}, c.slim*0.8, 0.24, 0.034, dark)
	b.feelers(c, dark)
	b.paint(ellipse(point{0.42, 0}, 0.085, c.slim*0.5), dark, 1)
	b.paint(ellipse(point{0.42, 0}, 0.062, c.slim*0.38), c.wing.darker(0.3), 1)
	for _, side := range []float64{-1, 1} {
		b.paint(circle(point{0.455, side * c.slim * 0.38}, 0.024), soot, 1)
	}
	b.paint(grownNeck(c.slim), dark, 1)
	b.paint(neck(c.slim), c.wing.darker(0.12), 1)
	b.paint(scaled(neck(c.slim), point{0.3, 0}.plus(b.light.times(c.slim*0.35)), 0.6), c.wing.mixed(c.shine, 0.3), 0.7)
	b.wingCases(c, dark)
}

// wingCases are two hard halves with fine grooves and a straight line between.
func (b *bug) wingCases(c beetleCoat, dark tone) {
	b.paint(wings(c.slim+0.018), dark, 1)
	b.paint(wings(c.slim), c.wing, 1)
	shaded := wings(c.slim)
	side := 1.0
	if b.light.y > 0 {
		side = -1
	}
	b.paint(cut(shaded, func(p point) float64 { return p.y * side }), c.wing.darker(0.26), 1)
	for _, y := range []float64{0.25, 0.5, 0.74} {
		for _, s := range []float64{-1, 1} {
			v := s * y * c.slim
			b.stroke(0.009, 0.006, dark, point{0.17, v}, point{-0.1, v * 1.06}, point{-0.4 + 0.12*y, v * 0.62})
		}
	}
	lit := point{-0.05, -side * c.slim * 0.6}
	b.paint(ellipse(lit, 0.19, c.slim*0.13), c.shine, 0.85)
	b.paint(ellipse(lit.plus(point{0.08, 0}), 0.055, c.slim*0.07), white, 0.75)
	b.stroke(0.014, 0.014, dark, point{0.2, 0}, point{-0.15, 0}, point{-0.49, 0})
}

// wings is the outline of the wing cases.
func wings(slim float64) []point {
	half := []point{{0.21, 0.55 * slim}, {0.18, 0.86 * slim}, {0.02, slim}, {-0.2, slim * 0.98}, {-0.4, slim * 0.66}, {-0.49, 0.12 * slim}}
	var through []point
	through = append(through, point{0.215, 0})
	through = append(through, half...)
	for i := len(half) - 1; i >= 0; i-- {
		through = append(through, point{half[i].x, -half[i].y})
	}
	return closed(through...)
}

// neck is the shield between wings and head.
func neck(slim float64) []point {
	return closed(point{0.22, 0}, point{0.22, slim * 0.8}, point{0.3, slim * 0.82}, point{0.39, slim * 0.5},
		point{0.4, 0}, point{0.39, -slim * 0.5}, point{0.3, -slim * 0.82}, point{0.22, -slim * 0.8})
}

func grownNeck(slim float64) []point { return scaled(neck(slim), point{0.31, 0}, 1.14) }

// feelers are short, or as long as the body and banded.
func (b *bug) feelers(c beetleCoat, dark tone) {
	spread := b.between(0.2, 0.4)
	for _, side := range []float64{-1, 1} {
		root := point{0.46, side * c.slim * 0.3}
		if c.feelers < 0.6 {
			b.stroke(0.022, 0.014, dark, root, root.plus(point{c.feelers * 0.4, side * 0.06}), root.plus(point{c.feelers * 0.6, side * 0.2}))
			continue
		}
		tip := root.plus(point{-c.feelers * 0.86, side * (0.22 + spread*0.5)})
		path := curve(root, root.plus(point{0.09, side * 0.12}), root.plus(point{0.02, side * (0.22 + spread*0.3)}),
			root.plus(point{-c.feelers * 0.42, side * (0.26 + spread*0.3)}), tip)
		size := math.Hypot(b.m.xx, b.m.yx)
		b.line(b.m.all(path), 0.024*size, 0.012*size, dark, 1)
		for i := 4; i < len(path)-3; i += 5 {
			b.line(b.m.all(path[i:i+3]), 0.012*size, 0.01*size, c.shine, 0.9)
		}
	}
}
