package sample

import "math"

// damage is what has happened to the leaf: bites, rot, holes. A pest has just
// eaten, a rot eater sits at rot, and any leaf may have old wounds.
func (s *scene) damage(c *canvas, class int, p pose) {
	head := p.matrix().of(point{0.5, 0})
	if class == RotEater {
		s.rot(c, head, p.length*s.between(0.16, 0.21))
	}
	if class == Pest || s.often(0.4) {
		s.bite(c, s.between(0.2, 0.75), s.either(), 2+s.chance.IntN(3), s.between(26, 44))
	}
	for range s.chance.IntN(3) {
		s.rot(c, s.leaf.at(s.between(0.15, 0.8), s.between(-0.75, 0.75)), s.between(16, 40))
	}
	if s.often(0.2) || class == LeafOnly && s.often(0.35) {
		s.hole(c, s.leaf.at(s.between(0.2, 0.75), s.between(-0.6, 0.6)), s.between(18, 42))
	}
}

// bite takes a few mouthfuls from the edge and leaves a brown rim.
func (s *scene) bite(c *canvas, u, side float64, mouthfuls int, r float64) {
	var at []point
	var radius []float64
	for range mouthfuls {
		at = append(at, s.leaf.at(u, side*s.between(0.95, 1.08)))
		radius = append(radius, r*s.between(0.85, 1.2))
		u += r * s.between(1.1, 1.5) / s.leaf.size
	}
	for i, wider := range []float64{1.42, 1.24} {
		for j := range at {
			c.fillAtop(circle(at[j], radius[j]*wider), rotTones[i], 0.95)
		}
	}
	for j := range at {
		c.erase(circle(at[j], radius[j]))
	}
}

// hole is a bite in the middle of the leaf.
func (s *scene) hole(c *canvas, at point, r float64) {
	shape := s.blob(at, r, 0.16)
	c.fillAtop(scaled(shape, at, 1.36), rotTones[0], 0.95)
	c.fillAtop(scaled(shape, at, 1.2), rotTones[1], 1)
	c.erase(shape)
}

// rot is four nested blobs.
func (s *scene) rot(c *canvas, at point, r float64) {
	shape := s.blob(at, r, 0.13)
	for i, size := range []float64{1.15, 0.95, 0.65, 0.34} {
		c.fillAtop(scaled(shape, at, size), rotTones[i], 0.97)
	}
}

// blob is an uneven round shape.
func (s *scene) blob(at point, r, uneven float64) []point {
	const n = 8
	through := make([]point, n)
	turn := s.between(0, math.Pi)
	for i := range through {
		sin, cos := math.Sincos(turn + 2*math.Pi*float64(i)/n)
		far := r * (1 + s.between(-uneven, uneven))
		through[i] = point{at.x + far*cos*1.08, at.y + far*sin*0.94}
	}
	return closed(through...)
}

func scaled(shape []point, about point, by float64) []point {
	out := make([]point, len(shape))
	for i, p := range shape {
		out[i] = about.toward(p, by)
	}
	return out
}

// drops of dew, with a lit edge and a small shadow.
func (s *scene) drops() {
	for range s.chance.IntN(5) {
		at := s.leaf.at(s.between(0.12, 0.85), s.between(-0.8, 0.8))
		r := s.between(6, 13)
		s.fill(circle(at.plus(point{r * 0.25, r * 0.4}), r), s.tone.dark.darker(0.55), 0.4)
		s.fill(circle(at, r), s.tone.light.lighter(0.55), 0.85)
		s.fill(circle(at.plus(point{r * 0.12, r * 0.16}), r*0.78), s.tone.light.lighter(0.3), 0.9)
		s.fill(ellipse(at.plus(point{-r * 0.35, -r * 0.38}), r*0.26, r*0.2), white, 0.95)
	}
}
