package sample

import "math"

// ground paints the forest floor: flat, with leaf silhouettes in three near
// tones and a few spots of light.
func (s *scene) ground(g groundTones) {
	s.fill([]point{{0, 0}, {Width, 0}, {Width, Height}, {0, Height}}, g.base, 1)
	near := []tone{g.base.darker(0.12), g.base.lighter(0.08), g.base.lighter(0.14), g.base.darker(0.06)}
	for range 9 {
		l := leaf{
			base:  point{s.between(-250, Width+150), s.between(-200, Height+150)},
			angle: s.between(0, 2*math.Pi), size: s.between(380, 720), bend: s.between(-0.08, 0.08),
		}
		l.half = l.size * s.between(0.2, 0.3)
		t := pick(s, near)
		s.fill(l.outline(), t, 1)
		if s.often(0.6) {
			s.faintVeins(l, t)
		}
	}
	for range 3 + s.chance.IntN(5) {
		s.fill(circle(point{s.between(0, Width), s.between(0, Height)}, s.between(18, 75)), g.base.lighter(0.3), 0.16)
	}
}

// faintVeins draws a few thin veins on a leaf of the ground.
func (s *scene) faintVeins(l leaf, t tone) {
	ink := t.lighter(0.16)
	if s.often(0.5) {
		ink = t.darker(0.16)
	}
	s.line(l.midrib(), 5, 1, ink, 0.8)
	for i := range 7 {
		u := 0.1 + 0.11*float64(i)
		for _, side := range []float64{-1, 1} {
			s.line(l.vein(u, side), 2.6, 1, ink, 0.7)
		}
	}
}
