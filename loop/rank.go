package loop

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Strategies of asking, the setting of a project.
const (
	StrategyRandom = "random" // fewest answers first, in random order
	StrategyMargin = "margin" // smallest margin first, repeats where the posterior is lowest
)

// spread is how many of the most useful tasks one is drawn from at random, so
// that parallel annotators do not all get near-duplicates.
const spread = 24

// Rank lists up to n places to ask next, most useful first: for every task one
// slot per answer it still wants. About one in twenty is drawn uniformly from
// the pictures nobody answered, and is blind to the model.
func (r *Room) Rank(ctx context.Context, t akhra.Tenant, n int) ([]akhra.Slot, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	return p.rank(n), nil
}

// candidate is a task that wants an answer.
type candidate struct {
	item  *item
	at    int     // place in the project's random order
	score float64 // lowest first
	why   akhra.Why
}

func (p *project) rank(n int) []akhra.Slot {
	chance := rand.New(rand.NewPCG(p.settings.Seed, uint64(p.model.version)<<32|uint64(p.answers)))
	fresh, again := p.candidates(chance)
	d := draw{project: p, chance: chance, fresh: fresh, order: p.merge(fresh, again, n), used: map[*item]bool{}}
	for len(d.slots) < n && d.next() {
	}
	return d.slots
}

// candidates splits the tasks that want an answer into those nobody answered
// and those that wait for one more.
func (p *project) candidates(chance *rand.Rand) (fresh, again []candidate) {
	for _, it := range p.items {
		if it.wants(p.settings) == 0 {
			continue
		}
		c := candidate{item: it, at: int(chance.Int32())}
		if len(it.votes) == 0 {
			c.why, c.score = akhra.WhyNew, 0
			if it.say != nil && p.settings.Strategy != StrategyRandom {
				c.why, c.score = akhra.WhyUnsure, learn.Margin(it.say)
			}
			fresh = append(fresh, c)
			continue
		}
		c.why, c.score = akhra.WhyDiffer, p.certainty(it)
		if len(it.votes) < p.settings.Overlap {
			c.why = akhra.WhyOverlap
		}
		again = append(again, c)
	}
	byScore := func(a, b candidate) int { return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.at, b.at)) }
	slices.SortFunc(fresh, byScore)
	slices.SortFunc(again, byScore)
	return fresh, again
}

// certainty is how sure a task with answers is of its class.
func (p *project) certainty(it *item) float64 {
	if it.truth == nil || it.truth.class < 0 {
		return 0
	}
	return it.truth.z[it.truth.class]
}

// merge decides how many of the next n are unanswered: both kinds stand on one
// scale, the probability of the likeliest class; margin decides which of the
// unanswered. Random asks those with the fewest answers first.
func (p *project) merge(fresh, again []candidate, n int) []candidate {
	if p.settings.Strategy == StrategyRandom {
		slices.SortStableFunc(again, func(a, b candidate) int { return cmp.Compare(len(a.item.votes), len(b.item.votes)) })
		return append(fresh[:len(fresh):len(fresh)], again...)
	}
	sure := make([]float64, len(fresh))
	for i, c := range fresh {
		if _, _, first, _ := top(c.item.say); c.item.say != nil {
			sure[i] = first
		}
	}
	slices.Sort(sure)
	merged := make([]candidate, 0, len(fresh)+len(again))
	i, j := 0, 0
	for i < len(fresh) || j < len(again) {
		if j == len(again) || i < len(fresh) && sure[i] <= again[j].score {
			merged = append(merged, fresh[i])
			i++
		} else {
			merged = append(merged, again[j])
			j++
		}
	}
	return merged
}

// draw takes candidates off the merged order.
type draw struct {
	project *project
	chance  *rand.Rand
	fresh   []candidate // for exploration
	order   []candidate
	window  []candidate // the most useful ones, drawn from at random
	taken   int         // of order
	used    map[*item]bool
	slots   []akhra.Slot
}

// next adds the slots of one more task, false when none is left.
func (d *draw) next() bool {
	if d.chance.Float64() < d.project.settings.Explore {
		if c, ok := d.explore(); ok {
			c.why = akhra.WhyRandom
			d.add(c)
			return true
		}
	}
	for len(d.window) < spread && d.taken < len(d.order) {
		if c := d.order[d.taken]; !d.used[c.item] {
			d.window = append(d.window, c)
		}
		d.taken++
	}
	if len(d.window) == 0 {
		return false
	}
	i := d.chance.IntN(len(d.window))
	c := d.window[i]
	d.window = append(d.window[:i], d.window[i+1:]...)
	if !d.used[c.item] {
		d.add(c)
	}
	return true
}

// explore draws uniformly from the unanswered tasks that are not used yet.
func (d *draw) explore() (candidate, bool) {
	for range 20 {
		if len(d.fresh) == 0 {
			return candidate{}, false
		}
		if c := d.fresh[d.chance.IntN(len(d.fresh))]; !d.used[c.item] {
			return c, true
		}
	}
	return candidate{}, false
}

func (d *draw) add(c candidate) {
	d.used[c.item] = true
	for slot := range c.item.wants(d.project.settings) {
		d.slots = append(d.slots, akhra.Slot{Task: c.item.task, Item: c.item.id, Slot: slot,
			Priority: float64(len(d.slots)), Why: c.why})
	}
}
