package sample

import "math"

type point struct{ x, y float64 }

func (p point) plus(q point) point              { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point             { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point           { return point{p.x * f, p.y * f} }
func (p point) toward(q point, t float64) point { return p.plus(q.minus(p).times(t)) }
func (p point) length() float64                 { return math.Hypot(p.x, p.y) }

// across is p turned by a quarter and made one long.
func (p point) across() point {
	l := max(p.length(), 1e-9)
	return point{-p.y / l, p.x / l}
}

// matrix places local coordinates on the canvas.
type matrix struct{ xx, xy, yx, yy, dx, dy float64 }

func place(at point, angle, scaleX, scaleY float64) matrix {
	sin, cos := math.Sincos(angle)
	return matrix{cos * scaleX, -sin * scaleY, sin * scaleX, cos * scaleY, at.x, at.y}
}

func (m matrix) of(p point) point {
	return point{m.xx*p.x + m.xy*p.y + m.dx, m.yx*p.x + m.yy*p.y + m.dy}
}

func (m matrix) all(shape []point) []point {
	out := make([]point, len(shape))
	for i, p := range shape {
		out[i] = m.of(p)
	}
	return out
}

// ellipse is a closed shape.
func ellipse(at point, rx, ry float64) []point {
	n := 40
	out := make([]point, n)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		out[i] = point{at.x + rx*cos, at.y + ry*sin}
	}
	return out
}

func circle(at point, r float64) []point { return ellipse(at, r, r) }

// curve runs smoothly through its points.
func curve(through ...point) []point { return spline(through, false) }

// closed is a smooth closed shape through its points.
func closed(through ...point) []point { return spline(through, true) }

func spline(p []point, loop bool) []point {
	const steps = 10
	n := len(p)
	get := func(i int) point {
		if loop {
			return p[(i+n)%n]
		}
		return p[max(0, min(n-1, i))]
	}
	last := n - 1
	if loop {
		last = n
	}
	out := make([]point, 0, last*steps+1)
	for i := range last {
		a, b, c, d := get(i-1), get(i), get(i+1), get(i+2)
		for s := range steps {
			t := float64(s) / steps
			out = append(out, catmull(a, b, c, d, t))
		}
	}
	if !loop {
		out = append(out, p[n-1])
	}
	return out
}

func catmull(a, b, c, d point, t float64) point {
	f := func(a, b, c, d float64) float64 {
		return b + t/2*(c-a+t*(2*a-5*b+4*c-d+t*(3*(b-c)+d-a)))
	}
	return point{f(a.x, b.x, c.x, d.x), f(a.y, b.y, c.y, d.y)}
}

// ribbon is the closed shape of a line with round ends.
func ribbon(along []point, from, to float64) []point {
	n := len(along)
	if n < 2 {
		return nil
	}
	left, right := make([]point, 0, 2*n+14), make([]point, 0, n)
	for i, p := range along {
		side := along[min(i+1, n-1)].minus(along[max(i-1, 0)]).across()
		w := (from + (to-from)*float64(i)/float64(n-1)) / 2
		left = append(left, p.plus(side.times(w)))
		right = append(right, p.minus(side.times(w)))
	}
	left = append(left, roundEnd(along[n-1], along[n-1].minus(along[n-2]), to/2)...)
	for i := n - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return append(left, roundEnd(along[0], along[0].minus(along[1]), from/2)...)
}

// roundEnd is the half circle at a line's end that looks along dir.
func roundEnd(at, dir point, r float64) []point {
	if r < 0.8 {
		return nil
	}
	start := math.Atan2(dir.y, dir.x) + math.Pi/2
	var out []point
	for i := 1; i < 8; i++ {
		sin, cos := math.Sincos(start - math.Pi*float64(i)/8)
		out = append(out, point{at.x + r*cos, at.y + r*sin})
	}
	return out
}

// clip cuts a closed shape to 0..w, 0..h.
func clip(shape []point, w, h float64) []point {
	inside := true
	for _, p := range shape {
		if p.x < 0 || p.y < 0 || p.x > w || p.y > h {
			inside = false
			break
		}
	}
	if inside {
		return shape
	}
	shape = cut(shape, func(p point) float64 { return p.x })
	shape = cut(shape, func(p point) float64 { return w - p.x })
	shape = cut(shape, func(p point) float64 { return p.y })
	return cut(shape, func(p point) float64 { return h - p.y })
}

// cut keeps the part of a closed shape where side is not negative.
func cut(shape []point, side func(point) float64) []point {
	var out []point
	for i, p := range shape {
		q := shape[(i+1)%len(shape)]
		a, b := side(p), side(q)
		if a >= 0 {
			out = append(out, p)
		}
		if (a >= 0) != (b >= 0) {
			out = append(out, p.toward(q, a/(a-b)))
		}
	}
	return out
}
