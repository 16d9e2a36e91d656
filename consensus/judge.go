package consensus

import (
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// The names of the methods a posterior can come from.
const (
	methodPeople = "dawid-skene"
	methodModel  = "dawid-skene with the model's say"
)

// judge gives a task its posterior and says where it stands.
func (p *project) judge(i int) {
	one := &p.tasks[i]
	votes := one.named(i)
	c := akhra.Consensus{Task: one.id, Item: one.item, Answers: len(votes), Asked: len(one.votes), Method: methodPeople,
		Version: p.version, Seq: p.seen, Posterior: make([]float64, len(p.classes))}
	p.online.Posterior(one.prior, votes, 1, c.Posterior)
	tempered := make([]float64, len(p.classes))
	p.online.Posterior(one.prior, votes, akhra.DefaultRho, tempered)
	if one.prior != nil {
		c.Method, c.ModelVersion = methodModel, p.model
	} else {
		heedMajority(votes, c.Posterior, tempered)
	}
	best, tied := truth.Top(c.Posterior)
	if len(votes) > 0 {
		c.Class, c.Tied = p.classes[best], tied
	}
	c.Tempered = slices.Max(tempered)
	c.State = state(p.settings, one, &c)
	one.now = c
}

// heedMajority puts the shares of the answers in the place of posteriors that
// name a class few chose: without a model and with few answers the majority
// decides (truth.md 5).
func heedMajority(votes []truth.Vote, posteriors ...[]float64) {
	if len(votes) == 0 {
		return
	}
	shares := make([]float64, len(posteriors[0]))
	for _, v := range votes {
		shares[v.Class] += 1 / float64(len(votes))
	}
	if best, _ := truth.Top(posteriors[0]); shares[best] >= slices.Max(shares)-1e-9 {
		return
	}
	for _, z := range posteriors {
		copy(z, shares)
	}
}

// state says whether a task wants more answers. Every task gets the project's
// overlap. Then it is done when the tempered posterior is sure, or when all
// agree and no model objects; at the cap whoever is still unsure goes to an
// expert.
func state(s akhra.Settings, t *task, c *akhra.Consensus) akhra.TaskState {
	sure := c.Answers > 0 && !c.Tied && c.Tempered >= s.StopAt
	agreed := c.Answers > 0 && c.Answers == c.Asked && unanimous(t.votes) && (t.prior == nil || c.Answers >= s.Cap)
	switch {
	case c.Asked < s.Overlap:
		return akhra.TaskOpen
	case sure || agreed:
		return akhra.TaskDone
	case c.Asked >= s.Cap:
		return akhra.TaskReview
	}
	return akhra.TaskOpen
}

func unanimous(votes []vote) bool {
	for _, v := range votes {
		if v.class != votes[0].class {
			return false
		}
	}
	return true
}
