package catalogue

import (
	"slices"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Page is some of the pictures that were found, in order.
type Page struct {
	Items  []akhra.ItemID
	Thinks []akhra.ClassID // what the model thinks of each, where it may be told
	Next   string          // cursor of the page after it, "" on the last
	Tally  *Tally          // only with the first page
}

// Tally counts pictures by what one can ask for. Each count is that of the
// pictures one would see if one asked for that beside all else that is asked,
// other members of its own list left out.
type Tally struct {
	All        int // in the project
	Found      int
	Classes    map[akhra.ClassID]int
	Thinks     map[akhra.ClassID]int
	Stages     map[akhra.Stage]int
	Doubts     map[akhra.Doubt]int
	Annotators map[akhra.UserID]int
	Batches    map[akhra.BatchID]int
	Differ     int
	Against    int
	Gold       int
}

// facet is one list of things to ask for.
type facet int

const (
	byClass facet = iota
	byThought
	byStage
	byDoubt
	byPerson
	byBatch
	byDiffer
	byAgainst
	byGold
)

// wish is a search in the numbers of a table.
type wish struct {
	akhra.Search
	text                                            string
	classes, thinks, people, batches, stage, doubts []bool // nil asks for any
}

func (t *table) wish(s akhra.Search) wish {
	return wish{Search: s, text: strings.ToLower(s.Text), classes: chosen(&t.classes, s.Classes), thinks: chosen(&t.classes, s.Thinks),
		people: chosen(&t.people, s.Annotators), batches: chosen(&t.batches, s.Batches), stage: places(stages, s.Stages), doubts: places(doubts, s.Doubts)}
}

// chosen marks the numbers of ids; an id that nobody has met marks none.
func chosen[T ~string](n *names[T], ids []T) []bool {
	if len(ids) == 0 {
		return nil
	}
	set := make([]bool, len(n.of))
	for _, id := range ids {
		if k, known := n.num[id]; known {
			set[k] = true
		}
	}
	return set
}

func places[T comparable](all, ids []T) []bool {
	if len(ids) == 0 {
		return nil
	}
	set := make([]bool, len(all))
	for _, id := range ids {
		if k := slices.Index(all, id); k >= 0 {
			set[k] = true
		}
	}
	return set
}

// admits tells whether an entry may be found at all: it is in, of the time and
// the name asked for.
func (w *wish) admits(r *row) bool {
	return r.removed == w.Removed && r.came >= w.CameFrom && (w.CameTo == 0 || r.came < w.CameTo) &&
		r.answered >= w.AnsweredFrom && (w.AnsweredTo == 0 || r.answered < w.AnsweredTo && r.answered > 0) &&
		(w.text == "" || strings.Contains(r.name, w.text))
}

// misses counts the lists an entry has no member of, and tells the last of them.
func (w *wish) misses(r *row) (n int, last facet) {
	miss := func(f facet, missed bool) {
		if missed {
			n, last = n+1, f
		}
	}
	miss(byClass, lacks(w.classes, r.class))
	miss(byThought, lacks(w.thinks, r.thinks))
	miss(byStage, w.stage != nil && !w.stage[r.stage])
	miss(byDoubt, w.doubts != nil && (r.class == none || !w.doubts[r.doubt]))
	miss(byPerson, w.people != nil && !slices.ContainsFunc(r.voices, func(v voice) bool { return w.people[v.person] }))
	miss(byBatch, lacks(w.batches, r.batch))
	miss(byDiffer, w.Differ && !r.differ)
	miss(byAgainst, w.Against && !r.against())
	miss(byGold, w.Gold && r.gold == none)
	return n, last
}

func lacks(set []bool, k int16) bool { return set != nil && (k == none || !set[k]) }

// against tells whether the model thinks another class than the one believed.
func (r *row) against() bool { return r.class != none && r.thinks != none && r.class != r.thinks }

// counts gathers a tally by numbers.
type counts struct {
	all, found                       int
	classes, thinks, people, batches []int
	stages, doubts                   [4]int
	differ, against, gold            int
}

// add counts an entry that misses nothing, or only the list `missed`.
func (c *counts) add(r *row, whole bool, missed facet) {
	on := func(f facet) bool { return whole || missed == f }
	if r.class != none && on(byClass) {
		c.classes[r.class]++
	}
	if r.thinks != none && on(byThought) {
		c.thinks[r.thinks]++
	}
	if on(byStage) {
		c.stages[r.stage]++
	}
	if r.class != none && on(byDoubt) {
		c.doubts[r.doubt]++
	}
	if on(byPerson) {
		for i, v := range r.voices {
			if !slices.ContainsFunc(r.voices[:i], func(o voice) bool { return o.person == v.person }) {
				c.people[v.person]++
			}
		}
	}
	if r.batch != none && on(byBatch) {
		c.batches[r.batch]++
	}
	if r.differ && on(byDiffer) {
		c.differ++
	}
	if on(byAgainst) && r.against() {
		c.against++
	}
	if r.gold != none && on(byGold) {
		c.gold++
	}
}

// found is an entry and its place in the order.
type found struct {
	key
	row int32
}

// find is one pass over the entries.
func (t *table) find(s akhra.Search, cursor string, limit int) (Page, error) {
	var after key
	var err error
	if cursor != "" {
		if after, err = readCursor(cursor); err != nil {
			return Page{}, err
		}
	}
	w := t.wish(s)
	list := learn.Lowest[found]{Most: limit + 1, By: func(a, b found) int { return compare(a.key, b.key) }}
	c := counts{classes: make([]int, len(t.classes.of)), thinks: make([]int, len(t.classes.of)), people: make([]int, len(t.people.of)),
		batches: make([]int, len(t.batches.of))}
	for i := range t.rows {
		if s.Order == akhra.OrderNewest || s.Order == akhra.OrderAnswered {
			i = len(t.rows) - 1 - i // what comes first is met first: less is sorted
		}
		r := &t.rows[i]
		if !r.removed {
			c.all++
		}
		if !w.admits(r) {
			continue
		}
		missed, last := w.misses(r)
		if missed <= 1 && cursor == "" {
			c.add(r, missed == 0, last)
		}
		if missed > 0 {
			continue
		}
		c.found++
		if k := keyOf(s.Order, r); cursor == "" || compare(k, after) > 0 {
			list.Add(found{k, int32(i)})
		}
	}
	page := t.page(list.List(), limit)
	if cursor == "" {
		page.Tally = t.tally(&c)
	}
	return page, nil
}

func (t *table) page(list []found, limit int) (p Page) {
	if len(list) > limit {
		list = list[:limit]
		p.Next = list[limit-1].cursor()
	}
	p.Items, p.Thinks = make([]akhra.ItemID, len(list)), make([]akhra.ClassID, len(list))
	for i, f := range list {
		r := &t.rows[f.row]
		p.Items[i] = akhra.ItemID(r.id.String())
		if r.thinks != none {
			p.Thinks[i] = t.classes.of[r.thinks]
		}
	}
	return p
}

func (t *table) tally(c *counts) *Tally {
	out := &Tally{All: c.all, Found: c.found, Classes: byName(&t.classes, c.classes), Thinks: byName(&t.classes, c.thinks),
		Annotators: byName(&t.people, c.people), Batches: byName(&t.batches, c.batches), Stages: map[akhra.Stage]int{}, Doubts: map[akhra.Doubt]int{},
		Differ: c.differ, Against: c.against, Gold: c.gold}
	for i, one := range stages {
		out.Stages[one] = c.stages[i]
	}
	for i, one := range doubts {
		out.Doubts[one] = c.doubts[i]
	}
	return out
}

func byName[T ~string](n *names[T], counted []int) map[T]int {
	out := make(map[T]int, len(counted))
	for k, many := range counted {
		if many > 0 {
			out[n.of[k]] = many
		}
	}
	return out
}

// all lists every picture that a search finds, in order of arrival.
func (t *table) all(s akhra.Search) (ids []akhra.ItemID) {
	w := t.wish(s)
	for i := range t.rows {
		if r := &t.rows[i]; w.admits(r) {
			if missed, _ := w.misses(r); missed == 0 {
				ids = append(ids, akhra.ItemID(r.id.String()))
			}
		}
	}
	return ids
}

// Batch counts the pictures of one batch, and those of them that are settled.
type Batch struct{ Pictures, Done int }

// inBatches is one pass over the entries.
func (t *table) inBatches() map[akhra.BatchID]Batch {
	counted := make([]Batch, len(t.batches.of))
	for i := range t.rows {
		r := &t.rows[i]
		if r.removed || r.batch == none {
			continue
		}
		counted[r.batch].Pictures++
		if stages[r.stage] == akhra.StageDone {
			counted[r.batch].Done++
		}
	}
	out := make(map[akhra.BatchID]Batch, len(counted))
	for k, id := range t.batches.of {
		out[id] = counted[k]
	}
	return out
}
