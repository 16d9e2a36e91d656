package loop

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// FewBlind is how many blind answers there must be before a share of them says
// anything.
const FewBlind = 8

// recentBlind is how many blind answers an estimate looks back on.
const recentBlind = 100

// Estimate is the share of blind answers the model foresaw, with its 95 %
// interval. Only tasks drawn at random count.
type Estimate struct {
	Right, Of int
	Low, High float64
}

// compare makes a blind answer of one that was given on a task drawn at random:
// what the model thought when it had not seen the answer.
func (p *project) compare(a *akhra.AnswerStored) *akhra.Blind {
	it := p.at[a.Item]
	if a.Why != akhra.WhyRandom || a.Answer != akhra.AnswerClass || a.Replaces != "" || a.Seen() || p.blind[a.Seq] {
		return nil
	}
	if it == nil || it.say == nil || it.named() > 0 {
		return nil
	}
	first, _, _, _ := learn.Top(it.say)
	b := akhra.Blind{Item: a.Item, Said: a.Class, Thought: p.classes[first], Version: p.model.version, Seq: a.Seq}
	p.blinds = append(p.blinds, b)
	p.blind[a.Seq] = true
	return &b
}

// foresaw compares a blind answer with what the model thought, by the classes
// of now: merged ones are one. It counts no more when its class is gone.
func (p *project) foresaw(b akhra.Blind) (said int, right, counts bool) {
	said, counts = p.classAt[b.Said]
	thought, known := p.classAt[b.Thought]
	return said, known && thought == said, counts
}

// estimate is nil while there are too few blind answers.
func (p *project) estimate() *Estimate {
	e := &Estimate{}
	for _, b := range p.blinds[max(0, len(p.blinds)-recentBlind):] {
		if _, right, counts := p.foresaw(b); counts {
			e.Of++
			if right {
				e.Right++
			}
		}
	}
	if e.Of < FewBlind {
		return nil
	}
	e.Low, e.High = learn.Wilson(e.Right, e.Of)
	return e
}

// point is the learning curve's newest point.
func (p *project) point(version int64, at akhra.Millis) akhra.CurvePoint {
	c := akhra.CurvePoint{Version: version, Answers: p.answers, Items: len(p.items), At: at}
	if e := p.estimate(); e != nil {
		share := float64(e.Right) / float64(e.Of)
		c.Estimated, c.Low, c.High = &share, &e.Low, &e.High
	}
	return c
}
