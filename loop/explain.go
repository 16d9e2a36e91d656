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
	fewestTenths = 5   // under which all that it says is one row
	betweenShown = 5   // pairs it hesitates between
	casesShown   = 12  // classes that a case is shown of
	casesRecent  = 200 // newest settled pictures of a class that a case is chosen from
)

// Explanation is what the model knows and why, for people who do not browse: it
// names no picture that somebody may still be asked about.
type Explanation struct {
	Sure     []Sureness
	Between  []Between
	Waiting  Waiting
	Cases    []Case
	Answered int // standing answers that name a class
}

// Sureness is how often the model was right, on blind answers, when it was sure
// to so many tenths.
type Sureness struct {
	From, To  int // tenths; the first row goes up from zero
	Right, Of int
	Few       bool // too few to say
}

// Between are two classes that the model hesitates between, on so many pictures
// that want an answer.
type Between struct {
	A, B     akhra.ClassID // A is what it would name
	Pictures int
}

// Waiting counts the pictures that want an answer by why they do.
type Waiting struct {
	Unsure int // the model is not sure
	Sure   int // it is, and they come last
	Differ int // people differ, or more of them are asked
	Unseen int // it has no say yet
}

// Case is a picture that people settled, what the model thinks of it without
// their answers, and the taught pictures nearest to it.
type Case struct {
	Item      akhra.ItemID
	Settled   akhra.ClassID
	Thought   akhra.ClassID
	RightOf10 int
	Near      []Taught
}

// Taught is a picture that taught the model its class, and who answered it.
type Taught struct {
	Item       akhra.ItemID
	Class      akhra.ClassID
	Annotators []akhra.UserID
}

// Explain tells what the model knows and why. Cost: one pass over the pictures,
// and for a dozen classes a comparison with the 300 newest that taught each.
func (r *Room) Explain(ctx context.Context, t akhra.Tenant) (Explanation, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return Explanation{}, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return Explanation{}, fmt.Errorf("explain the model: %w", err)
	}
	e := Explanation{Sure: p.sureness(), Cases: p.cases(), Answered: p.answers}
	e.Between, e.Waiting = p.hesitates()
	return e, nil
}

// sureness counts blind answers by how sure the model is of what they are about,
// in tenths rounded down.
func (p *project) sureness() []Sureness {
	rows := make([]Sureness, 0, 11-fewestTenths)
	for from := fewestTenths - 1; from < 10; from++ {
		rows = append(rows, Sureness{From: from, To: from + 1})
	}
	rows[0].From = 0
	for _, b := range p.blinds {
		it := p.at[b.Item]
		said, live := p.classAt[b.Said]
		if it == nil || it.say == nil || !live {
			continue
		}
		thought, _, prob, _ := learn.Top(it.say)
		row := &rows[min(max(int(10*prob), fewestTenths-1), 9)-fewestTenths+1]
		if row.Of++; thought == said {
			row.Right++
		}
	}
	for i := range rows {
		rows[i].Few = rows[i].Of < fewBlind
	}
	return slices.DeleteFunc(rows, func(s Sureness) bool { return s.Of == 0 })
}

// hesitates counts what waits for answers: why, and between which classes.
func (p *project) hesitates() (list []Between, w Waiting) {
	times := map[[2]int]int{}
	for _, it := range p.items {
		if it.audit || it.wants(p.settings) == 0 || p.served(it) {
			continue
		}
		switch {
		case len(it.votes) > 0:
			w.Differ++
		case it.say == nil:
			w.Unseen++
		case it.sure >= p.settings.StopAt:
			w.Sure++
		default:
			w.Unsure++
			if first, second, _, _ := learn.Top(it.say); second >= 0 {
				times[[2]int{first, second}]++
			}
		}
	}
	for pair, n := range times {
		list = append(list, Between{A: p.classes[pair[0]], B: p.classes[pair[1]], Pictures: n})
	}
	slices.SortFunc(list, func(a, b Between) int {
		return cmp.Or(cmp.Compare(b.Pictures, a.Pictures), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list[:min(betweenShown, len(list))], w
}

// cases chooses a picture of each class: of the newest that people settled
// and nobody is asked about the one the model is least sure of.
func (p *project) cases() []Case {
	hardest, seen := make([]*item, len(p.classes)), make([]int, len(p.classes))
	for i := len(p.items) - 1; i >= 0; i-- {
		it := p.items[i]
		if !it.settledByPeople() || it.truth.decided || it.audit || it.say == nil || it.vector == nil || it.wants(p.settings) > 0 {
			continue
		}
		k := it.truth.class
		if seen[k]++; seen[k] <= casesRecent && (hardest[k] == nil || it.margin < hardest[k].margin) {
			hardest[k] = it
		}
	}
	var list []Case
	for k, it := range hardest {
		if it == nil || len(list) == casesShown {
			continue
		}
		thought, second, prob, _ := learn.Top(it.say)
		l := Case{Item: it.id, Settled: p.classes[k], Thought: p.classes[thought], RightOf10: p.rightOf10(prob)}
		other := k
		if other == thought {
			other = second
		}
		l.Near = p.whoTaught(it, thought)
		if other >= 0 {
			l.Near = append(l.Near, p.whoTaught(it, other)...)
		}
		list = append(list, l)
	}
	return list
}

// whoTaught are the nearest pictures that taught a class, and who answered them.
func (p *project) whoTaught(it *item, class int) (list []Taught) {
	for _, id := range p.nearest(it, class, nearAmong, nearShown) {
		one := Taught{Item: id, Class: p.classes[class]}
		for _, v := range p.at[id].votes {
			if v.class == class && !slices.Contains(one.Annotators, v.annotator) {
				one.Annotators = append(one.Annotators, v.annotator)
			}
		}
		list = append(list, one)
	}
	return list
}
