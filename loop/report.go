package loop

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

const (
	recentBlind = 100 // blind answers an estimate looks back on
	fewOfClass  = 5   // blind answers below which a class's share says nothing
	pairsShown  = 5
	nextShown   = 8
)

// Report is what the project page shows of the learner.
type Report struct {
	Version  int64
	Taught   int  // pictures that taught the model in force
	Training bool // a retrain is under way
	Estimate *Estimate
	Curve    []akhra.CurvePoint
	Classes  []ClassReport
	Pairs    []Pair
	Next     []Ask
}

// Estimate is the share of blind answers the model foresaw, with its 95 %
// interval. Only tasks drawn at random count.
type Estimate struct {
	Right, Of int
	Low, High float64
}

// ClassReport says how well one class is known.
type ClassReport struct {
	Class     akhra.ClassID
	Right, Of int  // blind answers of this class: foreseen, in all
	Few       bool // too few to say
	TaughtBy  int  // pictures of this class that teach
	StillAsks int  // pictures it would put here but is not sure of
}

// Pair are two classes that get mixed up.
type Pair struct {
	A, B         akhra.ClassID // people say A where the model thinks B
	Times        int
	ItemA, ItemB akhra.ItemID // an example of each way, as far as there is one
}

// Ask is a question that comes next and why.
type Ask struct {
	Item akhra.ItemID
	Why  akhra.Why
	A, B akhra.ClassID // the classes the model hesitates between
}

// ReportCard gathers what the project page shows of the learner.
func (r *Room) ReportCard(ctx context.Context, t akhra.Tenant) (Report, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return Report{}, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return Report{}, fmt.Errorf("report card: %w", err)
	}
	return Report{
		Version: p.model.version, Taught: p.model.Rows, Training: p.busy, Estimate: p.estimate(),
		Curve: slices.Clone(p.curve), Classes: p.classReports(), Pairs: p.pairs(), Next: p.asks(),
	}, nil
}

// recent are the blind answers an estimate rests on.
func (p *project) recent() []akhra.Blind { return p.blinds[max(0, len(p.blinds)-recentBlind):] }

// foresaw compares a blind answer with what the model thought, by the classes
// of now: merged ones are one. It counts no more when its class is gone.
func (p *project) foresaw(b akhra.Blind) (said int, right, counts bool) {
	said, counts = p.classAt[b.Said]
	thought, known := p.classAt[b.Thought]
	return said, known && thought == said, counts
}

func (p *project) estimate() *Estimate {
	e := &Estimate{}
	for _, b := range p.recent() {
		if _, right, counts := p.foresaw(b); counts {
			e.Of++
			if right {
				e.Right++
			}
		}
	}
	if e.Of < fewBlind {
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

func (p *project) classReports() []ClassReport {
	list := make([]ClassReport, len(p.classes))
	for k, id := range p.classes {
		list[k].Class = id
	}
	for _, b := range p.blinds {
		if k, right, counts := p.foresaw(b); counts {
			list[k].Of++
			if right {
				list[k].Right++
			}
		}
	}
	for _, it := range p.items {
		if it.teaches() {
			if k, _ := it.target(len(p.classes), p.settings.Cap); k >= 0 {
				list[k].TaughtBy++
			}
		} else if it.say != nil && it.named() == 0 && !it.decided {
			if k, _, prob, _ := learn.Top(it.say); prob < p.settings.StopAt {
				list[k].StillAsks++
			}
		}
	}
	for k := range list {
		list[k].Few = list[k].Of < fewOfClass
	}
	return list
}

// pairs are the classes most often mixed up: what people say against the
// out-of-fold say on the pictures they answered.
func (p *project) pairs() []Pair {
	type way struct{ a, b int }
	times, example := map[way]int{}, map[way]akhra.ItemID{}
	for _, it := range p.items {
		if it.say == nil || it.audit || it.named() == 0 {
			continue
		}
		said, _ := it.target(len(p.classes), p.settings.Cap)
		thought, _, _, _ := learn.Top(it.say)
		if said < 0 || said == thought {
			continue
		}
		times[way{min(said, thought), max(said, thought)}]++
		example[way{said, thought}] = it.id
	}
	list := make([]Pair, 0, len(times))
	for w, n := range times {
		list = append(list, Pair{A: p.classes[w.a], B: p.classes[w.b], Times: n,
			ItemA: example[w], ItemB: example[way{w.b, w.a}]})
	}
	slices.SortFunc(list, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list[:min(pairsShown, len(list))]
}

// asks are the questions that come next.
func (p *project) asks() []Ask {
	var list []Ask
	seen := map[akhra.ItemID]bool{}
	for _, s := range p.rank(nextShown, "") {
		if seen[s.Item] || p.at[s.Item].audit {
			continue
		}
		seen[s.Item] = true
		ask := Ask{Item: s.Item, Why: s.Why}
		if say := p.at[s.Item].say; say != nil {
			first, second, _, _ := learn.Top(say)
			ask.A = p.classes[first]
			if second >= 0 {
				ask.B = p.classes[second]
			}
		}
		list = append(list, ask)
	}
	return list[:min(nextShown, len(list))]
}
