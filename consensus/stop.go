package consensus

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// decide says where a task stands and how many more answers it wants now.
// Every task gets what is wanted of it whatever is said. Then it is done when
// its people settle it; at the cap whoever is still unsure goes to an expert.
func (p *project) decide(one *task, c *akhra.Consensus) {
	wanted := p.wanted(one)
	switch {
	case c.Asked < wanted:
		c.State, c.Wants = akhra.TaskOpen, wanted-c.Asked
	case one.audit:
		c.State = audited(one, c)
	case p.stops(one, c):
		c.State = akhra.TaskDone
	case c.Asked >= p.settings.Cap || p.crowd < 2 && p.fooled(one): // nobody else is there to ask
		c.State = akhra.TaskReview
	default:
		c.State, c.Wants = akhra.TaskOpen, 1
	}
}

// stops tells whether a task is settled: the tempered posterior of people who
// are known, by much work or by a pilot, is sure, or all agree and no model
// objects. While the pilot is under way others are asked on, up to the cap.
// After it the posterior alone decides: it knows how often two of these people
// agree on what is wrong.
func (p *project) stops(one *task, c *akhra.Consensus) bool {
	s, j := p.settings, &p.judges
	if p.piloting() && c.Asked < s.Cap {
		return false
	}
	heard := p.prior(one) != nil // the model may object
	believed := (j.experienced || p.piloted()) && (heard || !j.hasty)
	sure := believed && c.Answers > 0 && !c.Tied && c.Tempered >= s.StopAt
	agreed := c.Answers > 0 && c.Answers == c.Asked && unanimous(one.votes) && (!heard || c.Answers >= s.Cap)
	return sure || agreed && !p.piloted()
}

func unanimous(votes []vote) bool {
	for _, v := range votes {
		if v.class() != votes[0].class() {
			return false
		}
	}
	return true
}

// manyClasses is how many make the value of an answer too dear to work out for
// every task.
const manyClasses = 64

// value is by how much one more answer of one of the crowd lowers the risk of a
// wrong class: what it is expected to at once, or its share of what the answers
// together do that are expected to settle the task, whichever is more. Alone,
// the first is 0 where no single answer can change the class. It reads the
// posterior of the class, not the tempered one: that took a tenth more answers.
// Where there are very many classes it is the risk (docs/TRUTH.md 7).
func (p *project) value(z []float64) float64 {
	risk := truth.Risk(z, nil)
	if len(z) > manyClasses {
		return risk
	}
	share := risk / max(1, truth.ExpectedAnswers(z, p.judges.crowd, 1-p.settings.StopAt))
	return max(share, truth.Value(z, p.judges.crowd, nil))
}
