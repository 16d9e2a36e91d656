package consensus

import (
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// The names of the methods a posterior can come from.
const (
	methodFew      = "majority and dawid-skene"
	methodPeople   = "backed-off dawid-skene"
	methodModel    = "backed-off dawid-skene with the model's say"
	methodMajority = "majority, after a collapse"
)

// judges are the annotators as the last fit saw them.
type judges struct {
	labels *truth.Online // name the class
	stop   *truth.Online // tell how sure to be
	method string
	// experienced is false while annotators have so few answers that their
	// matrices must not end the asking.
	experienced bool
}

// strangers are the judges before the first fit.
func strangers(classes int) judges {
	even := make([]float64, classes)
	for k := range even {
		even[k] = 1 / float64(classes)
	}
	o := truth.NewOnline(&truth.Result{Classes: classes, ClassPrior: even})
	return judges{labels: o, stop: o, method: methodFew}
}

// judge gives a task its posterior and says where it stands.
func (p *project) judge(i int) akhra.Consensus {
	one := &p.tasks[i]
	votes := p.said(make([]truth.Vote, 0, len(one.votes)), i)
	c := akhra.Consensus{Task: one.id, Item: one.item, Answers: len(votes), Asked: len(one.votes), Method: p.judges.method,
		Version: p.version, Seq: p.seen, Posterior: make([]float64, len(p.classes))}
	p.judges.labels.Posterior(one.prior, votes, 1, c.Posterior)
	tempered := make([]float64, len(p.classes))
	p.judges.stop.Posterior(one.prior, votes, akhra.DefaultRho, tempered)
	if one.prior != nil {
		c.ModelVersion = p.model
	} else if c.Method != methodPeople {
		if c.Method == methodModel { // it has not looked at this task yet
			c.Method = methodFew
		}
		heedMajority(votes, c.Posterior, tempered)
	}
	best, tied := truth.Top(c.Posterior)
	if len(votes) > 0 {
		c.Class, c.Tied = p.classes[best], tied
	}
	c.Tempered = slices.Max(tempered)
	c.State = p.state(one, &c)
	return c
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
// overlap. Then it is done when the tempered posterior of experienced people is
// sure, or when all agree and no model objects; at the cap whoever is still unsure goes to an
// expert.
func (p *project) state(t *task, c *akhra.Consensus) akhra.TaskState {
	s := p.settings
	sure := p.judges.experienced && c.Answers > 0 && !c.Tied && c.Tempered >= s.StopAt
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
