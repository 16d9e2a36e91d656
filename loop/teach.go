package loop

import (
	"math/rand/v2"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/numeric"
)

const (
	wholeEvery = 24 * time.Hour // between retrains that go through every answer of a very large project
	heardMost  = 50000          // unanswered pictures that hear a new model
	scoreBlock = 1024           // pictures scored at a time
)

// taught is a model in force.
type taught struct {
	learn.Taught
	version int64
	recipe  int64 // recipe version its heads read
	wholeAt time.Time
}

// lesson collects the training rows: pictures with a vector whose class people
// told. Near-duplicates share a fold.
func (p *project) lesson(now time.Time) (learn.Lesson, []*item) {
	l := learn.Lesson{Classes: len(p.classes), Seed: p.settings.Seed, C: p.model.C, ChosenAt: p.model.ChosenAt, Surest: p.surest(),
		Long: now.Sub(p.model.wholeAt) >= wholeEvery}
	var items []*item
	for _, it := range p.items {
		if it.vector == nil || !it.teaches() {
			continue
		}
		class, weight := it.target(l.Classes, p.settings.Cap)
		if class < 0 {
			continue
		}
		l.Rows, l.Fold = append(l.Rows, it.vector), append(l.Fold, learn.Fold(string(p.groups.key(it)), l.Seed, learn.Folds))
		l.Class, l.Weight = append(l.Class, class), append(l.Weight, weight)
		l.Target, l.New = append(l.Target, it.soft(l.Classes, p.settings.Cap)), append(l.New, !it.taught)
		l.Echo = append(l.Echo, it.echoes())
		if p.rungs.Has(akhra.RungMarginal) {
			l.Said = append(l.Said, it.said())
		}
		items = append(items, it)
	}
	if p.model.recipe == p.version {
		l.Warm, l.WarmFull = p.model.Folds, p.model.Head
	}
	return l, items
}

// adopt puts a model in force: pictures it was taught by keep their
// out-of-fold say, others get the full head's. Of very many others chance
// draws those that hear it now; the rest keep what an earlier model said.
func (p *project) adopt(m taught, items []*item, out [][]float64) {
	p.model = m
	taughtBy := make(map[*item]bool, len(items))
	for i, it := range items {
		taughtBy[it] = true
		it.hear(out[i])
	}
	var rest []*item
	for _, it := range p.items {
		it.taught = taughtBy[it]
		if !it.taught && it.vector != nil {
			rest = append(rest, it)
		}
	}
	if len(rest) > heardMost {
		chance := rand.New(rand.NewPCG(p.settings.Seed, uint64(m.version)))
		chance.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		rest = rest[:heardMost]
	}
	p.score(rest)
	p.inherit()
	p.weigh()
}

// score lets the model in force speak of pictures, on every core.
func (p *project) score(items []*item) {
	numeric.Share((len(items)+scoreBlock-1)/scoreBlock, func(unit int) {
		part := items[unit*scoreBlock : min((unit+1)*scoreBlock, len(items))]
		for i, q := range p.model.Head.ProbabilitiesOf(matrix(part)) {
			p.model.Temper(q, q)
			part[i].hear(q)
		}
	})
}

// matrix copies the vectors of pictures, one at least.
func matrix(items []*item) *numeric.Matrix {
	x := numeric.NewMatrix(len(items), len(items[0].vector))
	for i, it := range items {
		copy(x.Row(i), it.vector)
	}
	return x
}

// probabilities are the model's tempered, capped say on one vector.
func (m *taught) probabilities(row []float32) []float64 {
	p := make([]float64, m.Head.Classes)
	m.Head.Probabilities(row, p)
	m.Temper(p, p)
	return p
}
