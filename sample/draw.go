package sample

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
)

// Size in pixels of every picture that is not scaled.
const (
	Width  = 1000
	Height = 750
)

// Picture is one drawn picture. Class is a place in Classes; Name tells
// nothing about it.
type Picture struct {
	RGBA  image.Image
	Class int
	Name  string
}

// Draw draws picture n of a seed, in a few hundredths of a second. It may be
// called from several goroutines.
func Draw(seed uint64, n int) Picture { return DrawScaled(seed, n, 1) }

// DrawScaled draws the same picture larger, or smaller: scale 2 is 2000 by 1500
// pixels.
func DrawScaled(seed uint64, n int, scale float64) Picture {
	s := &scene{seed: seed, n: n, chance: rand.New(rand.NewPCG(seed, uint64(n)*0x9e3779b97f4a7c15+1)), canvas: newCanvas(scale)}
	class := ClassOf(seed, n)
	s.draw(class)
	return Picture{RGBA: s.canvas.img, Class: class, Name: NameOf(n)}
}

// NameOf is the file name of picture n; it tells nothing of its class.
func NameOf(n int) string { return fmt.Sprintf("leaf-%04d.jpg", n+1) }

// ClassOf is the class of picture n of a seed, without drawing it: each run of
// five pictures shows every class once, in any order.
func ClassOf(seed uint64, n int) int { return deal(seed, classDeck, n, len(Classes())) }

// The decks that are dealt from, each shuffled by itself.
const (
	classDeck = iota + 1
	groundDeck
	leafDeck
	coatDeck
)

// deal gives card n of a deck that is shuffled again whenever it is empty, so
// that a few pictures already show all there is.
func deal(seed, deck uint64, n, cards int) int {
	order := rand.New(rand.NewPCG(seed^deck<<32, uint64(n/cards))).Perm(cards)
	return order[n%cards]
}

// scene is a picture being drawn.
type scene struct {
	seed   uint64
	n      int
	chance *rand.Rand
	*canvas
	leaf leaf
	tone tones
}

// between draws a number of a range.
func (s *scene) between(low, high float64) float64 { return low + s.chance.Float64()*(high-low) }

// often says yes that often.
func (s *scene) often(p float64) bool { return s.chance.Float64() < p }

// either draws -1 or 1.
func (s *scene) either() float64 {
	if s.often(0.5) {
		return -1
	}
	return 1
}

func pick[T any](s *scene, from []T) T { return from[s.chance.IntN(len(from))] }

// coatOf picks the looks of an animal: those of a class take turns.
func coatOf[T any](s *scene, from []T) T {
	return from[deal(s.seed, coatDeck, s.n/len(Classes()), len(from))]
}

func (s *scene) draw(class int) {
	ground := grounds[deal(s.seed, groundDeck, s.n, len(grounds))]
	s.tone = leafTones[deal(s.seed, leafDeck, s.n, len(leafTones))]
	for s.tone.light.near(ground.base) {
		s.tone = pick(s, leafTones)
	}
	s.ground(ground)
	s.leaf = s.placeLeaf()
	pose := s.pose(class)
	layer := newCanvas(s.scale)
	s.paintLeaf(layer)
	s.damage(layer, class, pose)
	s.shadow(s.leaf.outline(), point{13, 22}, ground.dark, 0.55)
	s.stem()
	s.lay(layer)
	s.drops()
	switch class {
	case Pest:
		s.pest(pose)
	case RotEater:
		s.rotEater(pose)
	case Ladybird:
		s.ladybird(pose)
	case Beetle:
		s.beetle(pose)
	}
}

// pose is where an animal sits: local x runs from tail to head, one unit long.
type pose struct {
	at     point
	angle  float64
	length float64
	flip   float64 // -1 mirrors across the length
}

func (p pose) matrix() matrix { return place(p.at, p.angle, p.length, p.length*p.flip) }

// reach is the length of an animal in pixels.
var reach = [][2]float64{Pest: {500, 640}, RotEater: {480, 610}, Ladybird: {310, 400}, Beetle: {410, 540}, LeafOnly: {200, 300}}

func (s *scene) pose(class int) pose {
	p := pose{length: s.between(reach[class][0], reach[class][1]), flip: s.either()}
	p.at = s.leaf.at(s.between(0.42, 0.54), s.between(-0.12, 0.12))
	p.angle = s.leaf.angle + s.between(-0.3, 0.3)
	if s.often(0.5) {
		p.angle += math.Pi
	}
	if class == Ladybird {
		p.angle = s.between(0, 2*math.Pi)
	}
	margin := p.length * 0.52
	p.at.x = max(margin, min(Width-margin, p.at.x))
	p.at.y = max(margin*0.7, min(Height-margin*0.7, p.at.y))
	return p
}
