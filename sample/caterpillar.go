package sample

import "math"

// coat is how a caterpillar is coloured.
type coat struct{ back, body, belly, line, mark, head tone }

var (
	lime  = coat{hex(0xD6EA8C), hex(0xA6CE3C), hex(0x7FAE2C), hex(0xF7F6D2), hex(0xC2501E), hex(0xC4501E)}
	pale  = coat{hex(0xF4F3CF), hex(0xDCE0A0), hex(0xB7BE72), hex(0xFFFDF0), hex(0x9A5A2E), hex(0xB4532A)}
	tawny = coat{hex(0xE8BE8C), hex(0xC98F5A), hex(0x9A653A), hex(0xF6E6CB), hex(0x3A2A20), hex(0x2D241E)}
	umber = coat{hex(0xA98A6C), hex(0x7C5A40), hex(0x57402E), hex(0xE2CFB0), hex(0x2A1E17), hex(0x33261D)}
	ashen = coat{hex(0xDAD2BE), hex(0xB3A88F), hex(0x857A63), hex(0xF1EBDA), hex(0x453A2E), hex(0x4A3A2B)}
)

// caterpillar is one seen from the side: a bent line with a thickness.
type caterpillar struct {
	*scene
	m       matrix
	spine   []point // local, tail to head
	fat     float64
	lumps   int
	coat    coat
	outline tone
}

// crawl lays a caterpillar along the length of its pose.
func (s *scene) crawl(p pose, c coat, fat, wave, arch float64) *caterpillar {
	k := &caterpillar{scene: s, m: p.matrix(), fat: fat, lumps: 11, coat: c, outline: c.belly.darker(0.55)}
	phase := s.between(0, 2*math.Pi)
	for i := range 67 {
		t := float64(i) / 66
		k.spine = append(k.spine, point{-0.46 + 0.84*t, wave*math.Sin(phase+t*5) + arch*(0.5-4*(t-0.5)*(t-0.5))})
	}
	return k
}

// at is the place t from tail to head and v from belly 1 to back -1.
func (k *caterpillar) at(t, v float64) point {
	f := t * float64(len(k.spine)-1)
	i := max(0, min(len(k.spine)-2, int(f)))
	a, b := k.spine[i], k.spine[i+1]
	thick := k.fat * math.Pow(max(0, 1-math.Pow(2*t-1, 8)), 0.5) * (0.82 + 0.18*math.Sin(math.Pi*min(1, t*1.1)))
	lump := 1 + 0.1*math.Abs(math.Sin(math.Pi*t*float64(k.lumps)))
	return a.toward(b, f-float64(i)).plus(b.minus(a).across().times(v * thick * lump))
}

// strip is the closed shape between two heights of the body.
func (k *caterpillar) strip(from, to, top, bottom, grow float64) []point {
	const n = 90
	upper, lower := make([]point, 0, n+1), make([]point, 0, n+1)
	for i := range n + 1 {
		t := from + (to-from)*float64(i)/n
		upper = append(upper, k.at(t, top).plus(k.grown(t, -grow)))
		lower = append(lower, k.at(t, bottom).plus(k.grown(t, grow)))
	}
	return k.m.all(append(upper, reversed(lower)...))
}

// grown is a step across the body at t.
func (k *caterpillar) grown(t, by float64) point {
	if by == 0 {
		return point{}
	}
	return k.at(min(1, t+0.02), 0).minus(k.at(max(0, t-0.02), 0)).across().times(by)
}

// middle is the middle of a segment.
func (k *caterpillar) middle(i int) float64 { return (float64(i) + 0.5) / float64(k.lumps) }

const ink = 0.013 // width of an animal's outline against its length

func (k *caterpillar) body() {
	head := k.head()
	silhouette := k.strip(0, 1, -1, 1, ink)
	k.shadow(silhouette, point{12, 24}, soot, 0.3)
	k.shadow(k.m.all(circle(head, k.fat*1.2)), point{12, 22}, soot, 0.3)
	k.legs()
	k.fill(k.ends(ink), k.outline, 1)
	k.fill(silhouette, k.outline, 1)
	k.fill(k.ends(0), k.coat.body, 1)
	k.fill(k.strip(0, 1, -1, 1, 0), k.coat.body, 1)
	k.fill(k.strip(0.01, 0.99, 0.38, 1, 0), k.coat.belly, 1)
	for i := range k.lumps {
		t := k.middle(i)
		spot := k.at(t, -0.52)
		along := k.at(t+0.03, 0).minus(k.at(t-0.03, 0))
		turn := math.Atan2(along.y, along.x)
		k.fill(k.m.all(place(spot, turn, 1, 1).all(ellipse(point{}, 0.038, k.fat*0.36))), k.coat.back, 1)
	}
	for i := 1; i < k.lumps; i++ {
		t := float64(i) / float64(k.lumps)
		k.stroke(0.007, 0.004, k.coat.belly.darker(0.15), 0.55, k.at(t, -0.85), k.at(t+0.006, 0), k.at(t, 0.8))
	}
}

// ends rounds the tail.
func (k *caterpillar) ends(grow float64) []point {
	return k.m.all(circle(k.at(0.045, 0), k.fat*0.72+grow))
}

// stroke draws a curve in local coordinates; widths count in body lengths.
func (k *caterpillar) stroke(from, to float64, t tone, alpha float64, through ...point) {
	size := math.Hypot(k.m.xx, k.m.yx)
	k.line(k.m.all(curve(through...)), from*size, to*size, t, alpha)
}

func (k *caterpillar) legs() {
	for _, i := range []int{0, 3, 4, 5, 6} {
		foot := k.at(k.middle(i), 1.12)
		k.fill(k.m.all(ellipse(foot, 0.03+ink, k.fat*0.3+ink)), k.outline, 1)
		k.fill(k.m.all(ellipse(foot, 0.03, k.fat*0.3)), k.coat.belly, 1)
	}
	for _, i := range []int{8, 9, 10} {
		t := k.middle(i)
		k.stroke(0.024, 0.01, k.outline, 1, k.at(t, 0.8), k.at(t, 1.25).plus(point{0.012, 0}), k.at(t, 1.5).plus(point{0.02, 0}))
	}
}

func (k *caterpillar) head() point {
	end := k.at(1, 0)
	return end.plus(end.minus(k.at(0.93, 0)).times(0.35))
}

// face draws the head, looking ahead.
func (k *caterpillar) face(r float64) {
	at := k.head()
	for _, side := range []float64{-0.5, 0.35} {
		root := at.plus(point{r * 0.4, -r * 0.75})
		k.stroke(0.014, 0.008, k.outline, 1, root.plus(point{side * r * 0.5, 0.1 * r}), root.plus(point{r * (0.2 + side), -r * 0.6}), root.plus(point{r * (0.6 + side), -r * 1.05}))
	}
	k.fill(k.m.all(circle(at, r+ink)), k.coat.head.darker(0.5), 1)
	k.fill(k.m.all(circle(at, r)), k.coat.head.darker(0.2), 1)
	k.fill(k.m.all(circle(at.plus(point{-r * 0.07, -r * 0.1}), r*0.88)), k.coat.head, 1)
	k.fill(k.m.all(ellipse(at.plus(point{-r * 0.32, -r * 0.42}), r*0.3, r*0.2)), k.coat.head.lighter(0.5), 0.8)
	k.fill(k.m.all(circle(at.plus(point{r * 0.36, -r * 0.18}), r*0.24)), soot, 1)
	k.fill(k.m.all(circle(at.plus(point{r * 0.42, -r * 0.26}), r*0.085)), white, 1)
	k.stroke(0.011, 0.007, k.coat.head.darker(0.5), 0.9, at.plus(point{r * 0.02, r * 0.5}), at.plus(point{r * 0.4, r * 0.56}), at.plus(point{r * 0.74, r * 0.28}))
}

// pest is the caterpillar that eats healthy leaves: a horn, bristles, a pale
// line with dots along its side.
func (s *scene) pest(p pose) {
	c := coatOf(s, []coat{lime, lime, lime, pale, pale, tawny})
	k := s.crawl(p, c, s.between(0.086, 0.1), s.between(0.005, 0.022), s.between(-0.03, 0.03))
	root := k.at(0.03, -0.5)
	k.stroke(0.032, 0.012, k.outline, 1, root, root.plus(point{-0.05, -0.035}), root.plus(point{-0.085, -0.1}))
	k.stroke(0.022, 0.008, c.mark, 1, root, root.plus(point{-0.05, -0.035}), root.plus(point{-0.083, -0.095}))
	k.bristles()
	k.body()
	k.fill(k.strip(0.04, 0.99, 0.12, 0.3, 0), c.line, 1)
	for i := range k.lumps - 1 {
		dot := k.at(k.middle(i)+0.02, -0.12)
		k.fill(k.m.all(circle(dot, 0.0155)), c.line, 1)
		k.fill(k.m.all(circle(dot.plus(point{0.003, 0.003}), 0.0105)), c.mark, 1)
	}
	k.face(k.fat * 1.06)
}

func (k *caterpillar) bristles() {
	for i := range k.lumps * 3 {
		t := (float64(i) + 0.5) / float64(k.lumps*3)
		root := k.at(t, -0.9)
		lean := k.between(-0.012, 0.012)
		k.stroke(0.006, 0.003, k.outline, 0.9, root, root.plus(point{lean, -0.035 - k.between(0, 0.016)}))
	}
}

// rotEater is the harmless one: smooth, arched, with dark bands and a dark
// head that lies at the rotten part.
func (s *scene) rotEater(p pose) {
	c := coatOf(s, []coat{umber, ashen, tawny, umber, lime, ashen, tawny, pale})
	if c == lime {
		c.head = hex(0x4A5A1E)
	}
	k := s.crawl(p, c, s.between(0.09, 0.106), s.between(0, 0.012), s.either()*s.between(0.06, 0.13))
	for _, side := range []float64{-0.3, 0.3} {
		root := k.at(0.02, side)
		k.stroke(0.024, 0.012, k.outline, 1, root, root.plus(point{-0.06, side * 0.03}))
	}
	k.body()
	band := c.belly.darker(0.5)
	for i := 1; i < k.lumps; i += 2 {
		t := k.middle(i)
		k.fill(k.strip(t-0.024, t+0.024, -0.99, 0.86, 0), band, 0.92)
		k.fill(k.m.all(ellipse(k.at(t, -0.3), 0.012, k.fat*0.26)), c.line, 0.95)
	}
	c.head = c.head.mixed(soot, 0.2)
	k.coat = c
	k.face(k.fat * 0.9)
}
