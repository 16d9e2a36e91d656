package certify

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Outlook is what keeping a promise is expected to cost: a forecast from
// pictures asked by chance, never from the audit.
type Outlook struct {
	Known     bool    // enough was asked by chance to say
	Threshold float64 // margin the audit is expected to allow
	Accepted  int     // pictures nobody would be asked about
	Answers   int     // in all at the end
	More      int     // of them still to give
	Audit     int     // audit pictures that want answers
	Review    int     // audit pictures that somebody must decide
}

// Outlook tells what a project's promise is expected to cost; zero while none
// is open.
func (r *Room) Outlook(t akhra.Tenant) Outlook {
	w := r.watch(t)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.outlook
}

// enough is how many pictures asked by chance a forecast needs: one of 100, from
// 10 to 25.
func enough(items int) int { return min(25, max(10, items/100)) }

// explored are the pictures asked by chance whose class people told, with what
// a model that did not know it says now and how likely the order of asking would
// have left one of that margin to the model.
func (s *state) explored() (list []learn.Explored) {
	left := s.leftOut()
	for i := range s.items {
		if e := &s.items[i]; e.random && !e.audit && e.say != nil && e.class != "" {
			list = append(list, learn.Explored{Margin: e.margin(), Wrong: s.thinks(e) != e.class, Weight: left(e.margin())})
		}
	}
	return list
}

// leftOut gives, by margin, the share of the pictures that the order of asking
// has not come to; those asked by chance alone stand for neither.
func (s *state) leftOut() func(margin float64) float64 {
	const bins = 20
	var left, all [bins + 1]float64
	bin := func(margin float64) int { return int(max(0, min(1, margin)) * bins) }
	for i := range s.items {
		e := &s.items[i]
		if e.say == nil || e.random {
			continue
		}
		b := bin(e.margin())
		if all[b]++; !e.picked {
			left[b]++
		}
	}
	return func(margin float64) float64 { b := bin(margin); return (left[b] + 1) / (all[b] + 1) }
}

// outlook forecasts: the answers so far, those the audit wants, and for every
// other picture below the expected threshold as many as the settled ones took.
func (s *state) outlook(l left) Outlook {
	explored := s.explored()
	o := Outlook{Known: len(explored) >= enough(len(s.items)), Threshold: learn.NothingAccepted, Audit: l.audit, Review: l.review}
	p := &s.promise
	if o.Known {
		o.Threshold = learn.ForecastThreshold(s.unasked(), explored, len(s.items), p.Audit, 1-p.Target, p.Delta/float64(p.Looks))
	}
	settled, given, below := 0, 0, 0
	for i := range s.items {
		switch e := &s.items[i]; {
		case e.audit:
		case !e.open:
			settled, given = settled+1, given+e.asked
		case e.asked == 0 && e.margin() >= o.Threshold:
			o.Accepted++
		default:
			below++
		}
	}
	mean := 1.0
	if settled > 0 {
		mean = max(1, float64(given)/float64(settled))
	}
	o.More = s.auditAnswers() + int(mean*float64(below))
	o.Answers = s.answers + o.More
	return o
}

// auditAnswers is how many the audit still wants: each of its pictures as many
// as the finished ones took.
func (s *state) auditAnswers() int {
	finished, given, have, open := 0, 0, 0, 0
	for i := range s.items {
		switch e := &s.items[i]; {
		case e.audit && e.open:
			open, have = open+1, have+e.asked
		case e.audit:
			finished, given = finished+1, given+e.asked
		}
	}
	each := 1.0
	if finished > 0 {
		each = float64(given) / float64(finished)
	}
	return max(open, int(each*float64(open))-have)
}

// patience is how many retrains the forecast may fail to fall before a look is
// due.
const patience = 2

// course follows the forecast from retrain to retrain.
type course struct {
	version int64
	least   int // lowest forecast so far
	since   int // retrains since it fell
}

// due tells whether more teaching would not pay: the forecast has not fallen
// for two retrains. While it accepts nothing it says nothing.
func (c *course) due(version int64, o Outlook) bool {
	if !o.Known || o.Accepted == 0 {
		*c = course{version: version}
		return false
	}
	if version == c.version && c.least > 0 {
		return c.since >= patience
	}
	c.version = version
	if c.least == 0 || o.Answers < c.least {
		c.least, c.since = o.Answers, 0
		return false
	}
	c.since++
	return c.since >= patience
}
