package sample

import "math"

// bug is an animal seen from above, its length 1 along x, head at the right.
type bug struct {
	*scene
	m     matrix
	light point // where the light comes from, in local coordinates
}

func (s *scene) bug(p pose) *bug {
	sin, cos := math.Sincos(p.angle)
	return &bug{scene: s, m: p.matrix(), light: point{-0.7*cos - 0.7*sin, (0.7*sin - 0.7*cos) * p.flip}}
}

func (b *bug) paint(shape []point, t tone, alpha float64) { b.fill(b.m.all(shape), t, alpha) }

func (b *bug) stroke(from, to float64, t tone, through ...point) {
	size := math.Hypot(b.m.xx, b.m.yx)
	b.line(b.m.all(curve(through...)), from*size, to*size, t, 1)
}

// legs come in three pairs, each bent once.
func (b *bug) legs(roots []float64, wide, far, thick float64, t tone) {
	lean := []float64{-0.75, -0.15, 0.6}
	for i, x := range roots {
		for _, side := range []float64{-1, 1} {
			jitter := b.between(-0.05, 0.05)
			root := point{x, side * wide}
			knee := point{x + lean[i]*far*0.5 + jitter, side * (wide + far*0.62)}
			foot := point{x + lean[i]*far*1.15 + jitter*1.5, side * (wide + far)}
			size := math.Hypot(b.m.xx, b.m.yx)
			b.line(b.m.all([]point{root, knee, foot}), thick*size, thick*0.6*size, t, 1)
		}
	}
}

// ladybirdCoat is how a ladybird looks.
type ladybirdCoat struct {
	back, spot tone
	pairs      int // of spots
}

var (
	scarlet = ladybirdCoat{hex(0xCF2F26), soot, 4}
	orange  = ladybirdCoat{hex(0xE0912B), soot, 5}
	yellow  = ladybirdCoat{hex(0xDDB43A), soot, 6}
	black   = ladybirdCoat{soot, hex(0xD1352A), 1}
)

func (s *scene) ladybird(p pose) {
	b := s.bug(p)
	coat := coatOf(s, []ladybirdCoat{scarlet, scarlet, scarlet, orange, yellow, black})
	back := point{-0.08, 0}
	b.shadow(b.m.all(ellipse(back, 0.45, 0.42)), point{15, 24}, soot, 0.32)
	b.legs([]float64{-0.26, -0.02, 0.2}, 0.34, 0.2, 0.035, soot)
	for _, side := range []float64{-1, 1} {
		b.stroke(0.024, 0.03, soot, point{0.42, side * 0.1}, point{0.49, side * 0.16}, point{0.52, side * 0.23})
	}
	b.paint(ellipse(point{0.38, 0}, 0.12, 0.17), soot, 1)
	b.paint(ellipse(point{0.27, 0}, 0.16, 0.3), soot, 1)
	for _, side := range []float64{-1, 1} {
		b.paint(ellipse(point{0.33, side * 0.19}, 0.07, 0.065), white, 1)
		b.paint(circle(point{0.455, side * 0.08}, 0.026), white, 1)
	}
	b.shell(back, coat.back)
	b.spots(back, coat.spot, coat.pairs)
	b.stroke(0.016, 0.02, soot, point{-0.49, 0}, point{-0.1, 0}, point{0.3, 0})
	shine := back.plus(b.light.times(0.25))
	turn := math.Atan2(b.light.y, b.light.x) + math.Pi/2
	b.paint(place(shine, turn, 1, 1).all(ellipse(point{}, 0.12, 0.042)), white, 0.42)
}

// shell is the round back, darker away from the light.
func (b *bug) shell(at point, t tone) {
	b.paint(ellipse(at, 0.425, 0.405), soot, 1)
	b.paint(ellipse(at, 0.405, 0.385), t.darker(0.22), 1)
	b.paint(ellipse(at.plus(b.light.times(0.03)), 0.37, 0.35), t, 1)
}

func (b *bug) spots(at point, t tone, pairs int) {
	places := [][]point{
		1: {{0.1, 0.17}},
		4: {{0.2, 0.2}, {0.02, 0.1}, {-0.06, 0.29}, {-0.25, 0.14}},
		5: {{0.24, 0.15}, {0.11, 0.29}, {0.02, 0.11}, {-0.14, 0.26}, {-0.26, 0.1}},
		6: {{0.25, 0.12}, {0.15, 0.29}, {0.05, 0.12}, {-0.08, 0.3}, {-0.14, 0.12}, {-0.29, 0.16}},
	}[pairs]
	r := []float64{1: 0.105, 4: 0.07, 5: 0.055, 6: 0.05}[pairs] * b.between(0.9, 1.1)
	for _, p := range places {
		for _, side := range []float64{-1, 1} {
			b.paint(circle(at.plus(point{p.x, side * p.y}), r), t, 1)
		}
	}
	if pairs == 4 && b.often(0.6) {
		b.paint(ellipse(at.plus(point{0.32, 0}), 0.06, 0.05), t, 1)
	}
}
