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
func (r *Room) Explain(ctx context.Context, t akhra.Tenant) (e Explanation, err error) {
	err = r.learner.LookAnew(ctx, t, func(m loop.Mind) {
		e = Explanation{Sure: sureness(m), Cases: cases(m), Answered: m.Answers}
		e.Between, e.Waiting = hesitates(m)
	})
	if err != nil {
		return Explanation{}, fmt.Errorf("explain the model: %w", err)
	}
	return e, nil
}

// sureness counts blind answers by how sure the model is of what they are about,
// in tenths rounded down.
func sureness(m loop.Mind) []Sureness {
	rows := make([]Sureness, 0, 11-fewestTenths)
	for from := fewestTenths - 1; from < 10; from++ {
		rows = append(rows, Sureness{From: from, To: from + 1})
	}
	rows[0].From = 0
	for _, b := range m.Blinds {
		it, there := m.Picture(b.Item)
		said, live := m.Place(b.Said)
		if !there || it.Say() == nil || !live {
			continue
		}
		thought, _, prob, _ := learn.Top(it.Say())
		row := &rows[min(max(int(10*prob), fewestTenths-1), 9)-fewestTenths+1]
		if row.Of++; thought == said {
			row.Right++
		}
	}
	for i := range rows {
		rows[i].Few = rows[i].Of < loop.FewBlind
	}
	return slices.DeleteFunc(rows, func(s Sureness) bool { return s.Of == 0 })
}

// hesitates counts what waits for answers: why, and between which classes.
func hesitates(m loop.Mind) (list []Between, w Waiting) {
	times := map[[2]int]int{}
	for i := range m.Pictures() {
		it := m.At(i)
		if it.Audit() || !it.Waits() {
			continue
		}
		switch {
		case it.Answered():
			w.Differ++
		case it.Say() == nil:
			w.Unseen++
		case it.Sure() >= m.Settings.StopAt:
			w.Sure++
		default:
			w.Unsure++
			if first, second, _, _ := learn.Top(it.Say()); second >= 0 {
				times[[2]int{first, second}]++
			}
		}
	}
	for pair, n := range times {
		list = append(list, Between{A: m.Classes[pair[0]], B: m.Classes[pair[1]], Pictures: n})
	}
	slices.SortFunc(list, func(a, b Between) int {
		return cmp.Or(cmp.Compare(b.Pictures, a.Pictures), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list[:min(betweenShown, len(list))], w
}

// cases chooses a picture of each class: of the newest that people settled
// and nobody is asked about the one the model is least sure of.
func cases(m loop.Mind) []Case {
	hardest, seen := make([]loop.Picture, len(m.Classes)), make([]int, len(m.Classes))
	for i := m.Pictures() - 1; i >= 0; i-- {
		it := m.At(i)
		k := it.Settled()
		if k < 0 || it.Audit() || it.Say() == nil || it.Vector() == nil || it.Waits() {
			continue
		}
		if seen[k]++; seen[k] == 1 || seen[k] <= casesRecent && it.Lead() < hardest[k].Lead() {
			hardest[k] = it
		}
	}
	var list []Case
	for k, it := range hardest {
		if seen[k] == 0 || len(list) == casesShown {
			continue
		}
		thought, second, prob, _ := learn.Top(it.Say())
		l := Case{Item: it.Item(), Settled: m.Classes[k], Thought: m.Classes[thought], RightOf10: rightOf10(m, prob)}
		other := k
		if other == thought {
			other = second
		}
		l.Near = whoTaught(m, it, thought)
		if other >= 0 {
			l.Near = append(l.Near, whoTaught(m, it, other)...)
		}
		list = append(list, l)
	}
	return list
}

// whoTaught are the nearest pictures that taught a class, and who answered them.
func whoTaught(m loop.Mind, it loop.Picture, class int) (list []Taught) {
	for _, id := range nearest(m, it, class, nearAmong, nearShown) {
		taught, _ := m.Picture(id)
		list = append(list, Taught{Item: id, Class: m.Classes[class], Annotators: taught.By(class)})
	}
	return list
}
