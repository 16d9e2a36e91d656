package portrait

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/loop"
)

const (
	fewOfClass = 5 // blind answers below which a class's share says nothing
	pairsShown = 5
	nextShown  = 8
)

// Report is what the project page shows of the learner.
type Report struct {
	Version  int64
	Taught   int  // pictures that taught the model in force
	Training bool // a retrain is under way
	Estimate *loop.Estimate
	Curve    []akhra.CurvePoint
	Classes  []ClassReport
	Pairs    []Pair
	Next     []Ask
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
func (r *Room) ReportCard(ctx context.Context, t akhra.Tenant) (card Report, err error) {
	err = r.learner.LookAnew(ctx, t, func(m loop.Mind) {
		card = Report{
			Version: m.Version, Taught: m.Taught, Training: m.Training, Estimate: m.Estimate(),
			Curve: slices.Clone(m.Curve), Classes: classReports(m), Pairs: pairs(m), Next: asks(m),
		}
	})
	if err != nil {
		return Report{}, fmt.Errorf("report card: %w", err)
	}
	return card, nil
}

func classReports(m loop.Mind) []ClassReport {
	list := make([]ClassReport, len(m.Classes))
	for k, id := range m.Classes {
		list[k].Class = id
	}
	for _, b := range m.Blinds {
		if k, right, counts := m.Foresaw(b); counts {
			list[k].Of++
			if right {
				list[k].Right++
			}
		}
	}
	for i := range m.Pictures() {
		it := m.At(i)
		if it.Teaches() {
			if k := it.Class(); k >= 0 {
				list[k].TaughtBy++
			}
		} else if it.Say() != nil && !it.Named() && !it.Accepted() {
			if k, _, prob, _ := learn.Top(it.Say()); prob < m.Settings.StopAt {
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
func pairs(m loop.Mind) []Pair {
	type way struct{ a, b int }
	times, example := map[way]int{}, map[way]akhra.ItemID{}
	for i := range m.Pictures() {
		it := m.At(i)
		if it.Say() == nil || it.Audit() || !it.Named() {
			continue
		}
		said := it.Class()
		thought, _, _, _ := learn.Top(it.Say())
		if said < 0 || said == thought {
			continue
		}
		times[way{min(said, thought), max(said, thought)}]++
		example[way{said, thought}] = it.Item()
	}
	list := make([]Pair, 0, len(times))
	for w, n := range times {
		list = append(list, Pair{A: m.Classes[w.a], B: m.Classes[w.b], Times: n,
			ItemA: example[w], ItemB: example[way{w.b, w.a}]})
	}
	slices.SortFunc(list, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list[:min(pairsShown, len(list))]
}

// asks are the questions that come next.
func asks(m loop.Mind) []Ask {
	var list []Ask
	seen := map[akhra.ItemID]bool{}
	for _, s := range m.Next(nextShown) {
		it, there := m.Picture(s.Item)
		if !there || seen[s.Item] || it.Audit() {
			continue
		}
		seen[s.Item] = true
		ask := Ask{Item: s.Item, Why: s.Why}
		if say := it.Say(); say != nil {
			first, second, _, _ := learn.Top(say)
			ask.A = m.Classes[first]
			if second >= 0 {
				ask.B = m.Classes[second]
			}
		}
		list = append(list, ask)
	}
	return list[:min(nextShown, len(list))]
}
