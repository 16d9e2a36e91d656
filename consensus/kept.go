package consensus

import (
	"math"

	"akhra.dev/akhra"
)

// kept is what the store has of a task, as small as it can be remembered.
type kept struct {
	class     akhra.ClassID
	state     akhra.TaskState // empty when the store has nothing
	posterior []float32
	tempered  float32
	value     float32
	version   int32
	answers   int32
	asked     int32
	wants     int32
	tied      bool
	settled   byte // by gold or a review, 0 by neither
}

// remember notes what the store has of a task. Of texts that many tasks share
// one copy is kept.
func (p *project) remember(c *akhra.Consensus) {
	one := &p.tasks[p.task(c.Task, c.Item)]
	k := kept{class: c.Class, state: c.State, posterior: one.kept.posterior[:0], tempered: float32(c.Tempered), value: float32(c.Value),
		wants: int32(c.Wants), version: int32(c.Version), answers: int32(c.Answers), asked: int32(c.Asked), tied: c.Tied, settled: settledBy(c)}
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

// settledBy tells who decided a task, 0 for nobody.
func settledBy(c *akhra.Consensus) byte {
	if c.Method == akhra.MethodGold || c.Method == akhra.MethodReview {
		return c.Method[0]
	}
	return 0
}

// noticed is the change of a probability that is worth a write.
const noticed = 0.01

// tells says whether the store has a posterior already, or one so near that
// nobody would notice.
func (k *kept) tells(c *akhra.Consensus) bool {
	if k.state != c.State || k.class != c.Class || int(k.answers) != c.Answers || int(k.asked) != c.Asked || int(k.wants) != c.Wants ||
		k.tied != c.Tied || k.settled != settledBy(c) || int(k.version) != c.Version || len(k.posterior) != len(c.Posterior) || math.Abs(float64(k.tempered)-c.Tempered) > noticed ||
		math.Abs(float64(k.value)-c.Value) > noticed {
		return false
	}
	for at, z := range c.Posterior {
		if math.Abs(z-float64(k.posterior[at])) > noticed {
			return false
		}
	}
	return true
}
