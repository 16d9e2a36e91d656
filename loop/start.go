package loop

import (
	"math/rand/v2"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// How many typical pictures are asked before there is a model, and from how
// many they are chosen: a random part of a large project shows every kind too.
const (
	startLeast = 20
	startEach  = 2.5 // of a class
	startAmong = 5000
)

// start are the pictures asked first, their places counted from 1.
type start struct {
	version int64 // of the recipe whose vectors they were chosen by
	at      map[*item]int
}

// starting tells whether typical pictures are asked because there is no model.
func (p *project) starting() bool {
	return p.model.Head == nil && p.rungs.Has(akhra.RungStart) && len(p.start.at) > 0
}

// prepare chooses the pictures to ask first, once for each recipe.
func (p *project) prepare() {
	if p.model.Head != nil || !p.rungs.Has(akhra.RungStart) || p.start.version == p.version {
		return
	}
	p.start = start{version: p.version, at: map[*item]int{}}
	var seen []*item
	for _, it := range p.items {
		if it.vector != nil && !it.audit {
			seen = append(seen, it)
		}
	}
	if len(seen) == 0 {
		p.start.version = 0 // they have no vectors yet
		return
	}
	rand.New(rand.NewPCG(p.settings.Seed, uint64(len(seen)))).Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
	seen = seen[:min(startAmong, len(seen))]
	n := max(startLeast, int(startEach*float64(len(p.classes))))
	for place, i := range learn.TypiClust(matrix(seen), n, p.settings.Seed) {
		p.start.at[seen[i]] = place + 1
	}
}
