package consensus

import (
	"iter"
	"maps"
	"math"
	"slices"

	"akhra.dev/akhra"
)

// kept is what the store has of a task, as small as it can be remembered.
type kept struct {
	class     akhra.ClassID
	state     akhra.TaskState // empty when the store has nothing
	posterior []float32
	tempered  float32
	version   int32
	answers   int32
	asked     int32
	tied      bool
}

// remember notes what the store has of a task. Of texts that many tasks share
// one copy is kept.
func (p *project) remember(c *akhra.Consensus) {
	one := &p.tasks[p.task(c.Task, c.Item)]
	k := kept{class: c.Class, state: c.State, posterior: one.kept.posterior[:0], tempered: float32(c.Tempered),
		version: int32(c.Version), answers: int32(c.Answers), asked: int32(c.Asked), tied: c.Tied}
	for _, z := range c.Posterior {
		k.posterior = append(k.posterior, float32(z))
	}
	if at, live := p.place[c.Class]; live {
		k.class = p.classes[at]
	}
	for _, s := range []akhra.TaskState{akhra.TaskOpen, akhra.TaskDone, akhra.TaskReview} {
		if s == c.State {
			k.state = s
		}
	}
	one.kept = k
}

// noticed is the change of a probability that is worth a write.
const noticed = 0.01

// tells says whether the store has a posterior already, or one so near that
// nobody would notice.
func (k *kept) tells(c *akhra.Consensus) bool {
	if k.state != c.State || k.class != c.Class || int(k.answers) != c.Answers || int(k.asked) != c.Asked || k.tied != c.Tied ||
		int(k.version) != c.Version || len(k.posterior) != len(c.Posterior) || math.Abs(float64(k.tempered)-c.Tempered) > noticed {
		return false
	}
	for at, z := range c.Posterior {
		if math.Abs(z-float64(k.posterior[at])) > noticed {
			return false
		}
	}
	return true
}

// changed judges the tasks that may have changed and yields those rows the
// store does not have yet. Cost: the tasks with new answers, or all after a
// fit.
func (p *project) changed() iter.Seq[akhra.Consensus] {
	return func(yield func(akhra.Consensus) bool) {
		for i := range p.waiting() {
			c := p.judge(i)
			if !p.tasks[i].kept.tells(&c) && !yield(c) {
				return
			}
		}
		p.all = false
		clear(p.touched)
	}
}

// waiting are the places of the tasks to be judged, in their order.
func (p *project) waiting() iter.Seq[int] {
	if !p.all {
		return slices.Values(slices.Sorted(maps.Keys(p.touched)))
	}
	return func(yield func(int) bool) {
		for i := range p.tasks {
			if !yield(i) {
				return
			}
		}
	}
}
