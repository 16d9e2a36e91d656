package loop

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"akhra.dev/akhra"
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
	if p.recall || p.behind {
		if err := r.refresh(ctx, p); err != nil {
			return nil, err
		}
	}
	slots := p.rank(n)
	if len(slots) < n && len(p.pending) > 0 { // the last answers may want company
		if err := r.refresh(ctx, p); err != nil {
			return nil, err
		}
		slots = p.rank(n)
	}
	return slots, nil
}

// candidate is a task that wants an answer.
type candidate struct {
	item  *item
	score float64 // lowest first
	at    int32   // decides between equals, drawn at random
}

func byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.at, b.at))
}

func (p *project) rank(n int) []akhra.Slot {
	chance := rand.New(rand.NewPCG(p.settings.Seed, uint64(p.model.version)<<32|uint64(p.answers)))
	d := draw{project: p, chance: chance, used: map[*item]bool{}}
	fresh, again, sure := lowest[candidate]{most: n + 2*spread, by: byScore}, lowest[candidate]{most: n + 2*spread, by: byScore},
		lowest[float64]{most: n + 2*spread, by: cmp.Compare[float64]}
	for _, it := range p.items {
		switch {
		case it.wants(p.settings) == 0:
		case len(it.votes) == 0:
			d.fresh = append(d.fresh, it)
			fresh.add(candidate{it, p.eagerness(it), chance.Int32()})
			sure.add(it.sure)
		default:
			again.add(candidate{it, p.certainty(it), chance.Int32()})
		}
	}
	d.order = p.merge(fresh.list(), sure.list(), again.list())
	for len(d.slots) < n && d.next() {
	}
	return d.slots
}

// eagerness orders the unanswered: the smaller the model's margin the earlier.
func (p *project) eagerness(it *item) float64 {
	if p.settings.Strategy == StrategyRandom || it.say == nil {
		return 0
	}
	return it.margin
}

// certainty orders the answered: how sure a task is of its class. Random asks
// those with the fewest answers first.
func (p *project) certainty(it *item) float64 {
	if p.settings.Strategy == StrategyRandom {
		return float64(len(it.votes))
	}
	if it.truth == nil || it.truth.class < 0 {
		return 0
	}
	return it.truth.z[it.truth.class]
}

// merge decides how many of the next are unanswered: both kinds stand on one
// scale, the probability of the likeliest class; margin decides which of the
// unanswered. Random puts the unanswered first.
func (p *project) merge(fresh []candidate, sure []float64, again []candidate) []candidate {
	merged := make([]candidate, 0, len(fresh)+len(again))
	i, j := 0, 0
	for i < len(fresh) || j < len(again) {
		first := p.settings.Strategy == StrategyRandom || j < len(again) && i < len(sure) && sure[i] <= again[j].score
		if i < len(fresh) && (j == len(again) || first) {
			merged = append(merged, fresh[i])
			i++
		} else {
			merged = append(merged, again[j])
			j++
		}
	}
	return merged
}

// why tells why a task is asked, exploration aside.
func (p *project) why(it *item) akhra.Why {
	switch {
	case len(it.votes) > 0 && len(it.votes) < p.settings.Overlap:
		return akhra.WhyOverlap
	case len(it.votes) > 0:
		return akhra.WhyDiffer
	case it.say != nil && p.settings.Strategy != StrategyRandom:
		return akhra.WhyUnsure
	}
	return akhra.WhyNew
}

// lowest keeps the smallest of what is added, at most `most`, in one pass.
type lowest[T any] struct {
	most int
	by   func(a, b T) int
	kept []T
	full bool // kept[most-1] bounds what may still enter
}

func (l *lowest[T]) add(v T) {
	if l.full && l.by(v, l.kept[l.most-1]) >= 0 {
		return
	}
	if l.kept = append(l.kept, v); len(l.kept) >= 2*l.most {
		l.list()
		l.full = true
	}
}

// list returns what was kept, smallest first.
func (l *lowest[T]) list() []T {
	slices.SortFunc(l.kept, l.by)
	l.kept = l.kept[:min(l.most, len(l.kept))]
	return l.kept
}

// draw takes candidates off the merged order.
type draw struct {
	project *project
	chance  *rand.Rand
	fresh   []*item // for exploration
	order   []candidate
	window  []*item // the most useful ones, drawn from at random
	taken   int     // of order
	used    map[*item]bool
	slots   []akhra.Slot
}

// next adds the slots of one more task, false when none is left.
func (d *draw) next() bool {
	if d.chance.Float64() < d.project.settings.Explore {
		if it := d.explore(); it != nil {
			d.add(it, akhra.WhyRandom)
			return true
		}
	}
	for len(d.window) < spread && d.taken < len(d.order) {
		if it := d.order[d.taken].item; !d.used[it] {
			d.window = append(d.window, it)
		}
		d.taken++
	}
	if len(d.window) == 0 {
		return false
	}
	i := d.chance.IntN(len(d.window))
	it := d.window[i]
	d.window = append(d.window[:i], d.window[i+1:]...)
	if !d.used[it] {
		d.add(it, d.project.why(it))
	}
	return true
}

// explore draws uniformly from the unanswered tasks that are not used yet.
func (d *draw) explore() *item {
	for range 20 {
		if len(d.fresh) == 0 {
			return nil
		}
		if it := d.fresh[d.chance.IntN(len(d.fresh))]; !d.used[it] {
			return it
		}
	}
	return nil
}

func (d *draw) add(it *item, why akhra.Why) {
	d.used[it] = true
	for slot := range it.wants(d.project.settings) {
		d.slots = append(d.slots, akhra.Slot{Task: it.task, Item: it.id, Slot: slot,
			Priority: float64(len(d.slots)), Why: why})
	}
}
