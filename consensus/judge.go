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

// judges are the annotators as the last fit saw them and answers have moved
// them since.
type judges struct {
	labels *truth.Online // name the class
	stop   *truth.Online // tell how sure to be; may be the same
	crowd  []float64     // the matrix of one more annotator, truth as row
	rho    float64       // tempers what stop says
	method string
	// moves is false while nobody is known well enough for one answer to tell
	// about others.
	moves bool
	// experienced is false while annotators have so few answers that their
	// matrices must not end the asking.
	experienced bool
	// hasty crowds would end nearly all asking at once: they must not.
	hasty bool
}

// newJudges makes judges of two fits.
func newJudges(labels, stop *truth.Online, classes int, method string) judges {
	j := judges{labels: labels, stop: stop, crowd: make([]float64, classes*classes), rho: akhra.DefaultRho, method: method}
	stop.Confusion(-1, j.crowd) // of one whom it has not met
	return j
}

// strangers are the judges before the first fit.
func strangers(classes int) judges {
	even := make([]float64, classes)
	for k := range even {
		even[k] = 1 / float64(classes)
	}
	o := truth.NewOnline(&truth.Result{Classes: classes, ClassPrior: even})
	return newJudges(o, o, classes, methodFew)
}

// move takes a task from the answers it had to those it has.
func (j *judges) move(i int, one *task, before, after []truth.Vote) {
	if !j.moves {
		return
	}
	j.tell(j.labels, i, one, before, after)
	if j.stop != j.labels {
		j.tell(j.stop, i, one, before, after)
	}
}

func (j *judges) tell(o *truth.Online, i int, one *task, before, after []truth.Vote) {
	if k := one.known(); k != none {
		o.Know(i, k, before, after)
	} else {
		o.Change(i, one.prior, before, after)
	}
}

// judge gives a task its posterior and says where it stands.
func (p *project) judge(i int) akhra.Consensus { return p.judgeTask(&p.tasks[i], i) }

func (p *project) judgeTask(one *task, i int) akhra.Consensus {
	votes := one.said(make([]truth.Vote, 0, len(one.votes)), i)
	c := akhra.Consensus{Task: one.id, Item: one.item, Answers: len(votes), Asked: len(one.votes), Method: p.judges.method,
		Version: p.version, Seq: p.seen, Posterior: make([]float64, len(p.classes))}
	if k := one.known(); k != none {
		p.settled(one, k, &c)
		return c
	}
	tempered := p.infer(one, votes, &c)
	best, tied := truth.Top(c.Posterior)
	if len(votes) > 0 {
		c.Class, c.Tied = p.classes[best], tied
	}
	c.Tempered = slices.Max(tempered)
	p.decide(one, &c)
	if c.State == akhra.TaskOpen {
		c.Value = p.value(c.Posterior)
	}
	return c
}

// settled is the consensus of a task that somebody decided.
func (p *project) settled(one *task, class int, c *akhra.Consensus) {
	c.Posterior[class], c.Tempered, c.Class = 1, 1, p.classes[class]
	c.State, c.Method = akhra.TaskDone, akhra.MethodGold
	if one.review != none {
		c.Method = akhra.MethodReview
	}
}

// infer writes the posterior of a task and the name of its method, and returns
// the posterior that tells how sure to be.
func (p *project) infer(one *task, votes []truth.Vote, c *akhra.Consensus) (tempered []float64) {
	tempered = make([]float64, len(p.classes))
	prior := p.prior(one)
	p.judges.labels.Posterior(prior, votes, 1, c.Posterior)
	if prior != nil { // a calibrated say is not tempered, only the answers are
		p.judges.stop.Posterior(prior, votes, p.judges.rho, tempered)
		c.ModelVersion = p.model
		return tempered
	}
	p.judges.stop.Posterior(nil, votes, 1, tempered)
	truth.Temper(tempered, p.judges.rho, tempered)
	if c.Method != methodPeople {
		if c.Method == methodModel { // it has not looked at this task yet
			c.Method = methodFew
		}
		heedMajority(votes, c.Posterior, tempered)
	}
	return tempered
}

// prior is what the model says of a task, nil when nothing, or when the
// majority decides.
func (p *project) prior(one *task) []float64 {
	if p.judges.method == methodMajority {
		return nil
	}
	return one.prior
}

// heedMajority puts the shares of the answers in the place of posteriors that
// name a class few chose: without a model and with few answers the majority
// decides (docs/TRUTH.md 5).
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
