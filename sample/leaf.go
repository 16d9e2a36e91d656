package sample

import "math"

// leaf is a sal leaf: a place u from base 0 to tip 1, and v from -1 on the
// light side to 1 on the dark side, is a point of it.
type leaf struct {
	base       point
	angle      float64
	size, half float64 // length, and half its largest width
	bend       float64
	mirror     bool
}

// broad is how broad the leaf is at u: round at the base, drawn out to a tip.
func broad(u float64) float64 {
	if u <= 0 || u >= 1 {
		return 0
	}
	tip := 1.0
	if u > 0.7 {
		t := (u - 0.7) / 0.3
		tip = 1 - 0.5*t*t*(3-2*t)
	}
	return math.Pow(math.Sin(math.Pi*math.Pow(u, 0.82)), 0.78) * tip
}

func (l leaf) at(u, v float64) point {
	if l.mirror {
		v = -v
	}
	rise := l.bend * l.size * 4 * u * (1 - u)
	return place(l.base, l.angle, 1, 1).of(point{u * l.size, v*l.half*broad(u) + rise})
}

// rim is the edge of one side from base to tip.
func (l leaf) rim(side float64) []point {
	const n = 60
	out := make([]point, 0, n+1)
	for i := range n + 1 {
		u := float64(i) / n
		out = append(out, l.at(u*u*(3-2*u), side))
	}
	return out
}

func (l leaf) outline() []point {
	out := l.rim(-1)
	back := l.rim(1)
	for i := len(back) - 2; i > 0; i-- {
		out = append(out, back[i])
	}
	return out
}

// midrib runs from base to tip.
func (l leaf) midrib() []point {
	out := make([]point, 0, 25)
	for i := range 25 {
		out = append(out, l.at(float64(i)/24*0.99, 0))
	}
	return out
}

// along is a place on the side vein that leaves the midrib at u.
func (l leaf) along(u, side, t float64) point {
	return l.at(u+(0.05+0.15*(1-u))*math.Pow(t, 1.7)+0.02*t, side*0.96*t)
}

func (l leaf) vein(u, side float64) []point {
	out := make([]point, 0, 13)
	for i := range 13 {
		out = append(out, l.along(u, side, float64(i)/12))
	}
	return out
}

// placeLeaf puts the one large leaf into the picture.
func (s *scene) placeLeaf() leaf {
	l := leaf{size: s.between(880, 1080), bend: s.between(-0.05, 0.05), mirror: s.often(0.5)}
	l.half = l.size * s.between(0.235, 0.29)
	l.angle = s.between(-0.28, 0.28)
	if s.often(0.5) {
		l.angle += math.Pi
	}
	middle := point{Width/2 + s.between(-60, 60), Height/2 + s.between(-40, 40)}
	l.base = middle.minus(place(point{}, l.angle, 1, 1).of(point{l.size * 0.48, 0}))
	return l
}

const veins = 13

// paintLeaf draws the leaf in two halves with veins and fine strokes.
func (s *scene) paintLeaf(c *canvas) {
	l, t := s.leaf, s.tone
	c.fill(l.outline(), t.dark, 1)
	light := append(l.rim(-1), reversed(l.midrib())...)
	c.fill(light, t.light, 1)
	for _, side := range []float64{-1, 1} {
		s.bands(c, side)
	}
	edge := l.outline()
	c.line(append(edge, edge[0]), 4, 4, t.dark.darker(0.28), 0.8)
	for _, side := range []float64{-1, 1} {
		s.sideVeins(c, side)
	}
	rib := l.midrib()
	pale := t.light.lighter(0.4)
	c.line(moved(rib, point{1, 5}), 15, 2, t.dark.darker(0.3), 0.6)
	c.line(rib, 14, 2.5, pale, 1)
}

// bands shade the leaf between its side veins.
func (s *scene) bands(c *canvas, side float64) {
	shade := s.tone.light.lighter(0.12)
	if side > 0 {
		shade = s.tone.dark.darker(0.12)
	}
	for i := range veins {
		u := veinAt(i)
		shape := s.leaf.vein(u, side)
		shape = append(shape, reversed(s.leaf.vein(u+0.026, side))...)
		c.fill(shape, shade, 0.4)
	}
}

func veinAt(i int) float64 { return 0.035 + float64(i)*0.067 }

// sideVeins are pale with a darker twin; short strokes comb the leaf between.
func (s *scene) sideVeins(c *canvas, side float64) {
	pale, deep := s.tone.light.lighter(0.3), s.tone.dark.darker(0.2)
	for i := range veins {
		u := veinAt(i)
		v := s.leaf.vein(u, side)
		thin := 1 - 0.45*u
		c.line(moved(v, point{2.5, 2.5}), 5*thin, 2, deep, 0.45)
		c.line(v, 6*thin, 1.8, pale, 0.95)
		for _, t := range []float64{0.25, 0.42, 0.6, 0.77} {
			t += s.between(-0.05, 0.05)
			from, to := s.leaf.along(u+0.022, side, t), s.leaf.along(u+0.05, side, t+0.025)
			c.line([]point{from, to}, 2, 1.4, pale, 0.45)
		}
	}
}

// stem is drawn under the leaf, beyond its base.
func (s *scene) stem() {
	out := s.leaf.at(0.02, 0).minus(s.leaf.at(0.12, 0))
	tip := s.leaf.base.plus(out.times(1.1)).plus(out.across().times(18))
	s.line(curve(s.leaf.at(0.02, 0), s.leaf.base.plus(out.times(0.4)), tip), 13, 10, s.tone.dark.darker(0.25), 1)
}

func reversed(p []point) []point {
	out := make([]point, len(p))
	for i, q := range p {
		out[len(p)-1-i] = q
	}
	return out
}

func moved(p []point, by point) []point {
	out := make([]point, len(p))
	for i, q := range p {
		out[i] = q.plus(by)
	}
	return out
}
