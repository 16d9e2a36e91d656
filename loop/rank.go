package loop

import (
	"cmp"
	"context"
	"math/rand/v2"

	"akhra.dev/akhra"
)

// spread is among how many of the most useful tasks the next is drawn at
// random, so that parallel annotators do not all get near-duplicates: three
// times what some eight people hold. Three times what is answered between two
// retrains took CIFAR-10N a tenth more answers (ADR 11).
const spread = 24

// Rank lists up to n places to ask next: pictures of batches of a higher priority
// first, of one priority the most useful first; for every task one slot per
// answer it still wants. About one in twenty is drawn uniformly from
// the pictures nobody answered, and is blind to the model. Tasks that the
// annotator besides answered are left out; empty names nobody.
func (r *Room) Rank(ctx context.Context, t akhra.Tenant, n int, besides akhra.UserID) ([]akhra.Slot, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if p.recall || p.retold || p.behind {
		if err := r.refresh(ctx, p); err != nil {
			return nil, err
		}
	}
	p.prepare()
	slots := p.rank(n, besides)
	if len(slots) < n && len(p.pending) > 0 { // the last answers may want company
		if err := r.refresh(ctx, p); err != nil {
			return nil, err
		}
		slots = p.rank(n, besides)
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

func (p *project) rank(n int, besides akhra.UserID) []akhra.Slot {
	chance := rand.New(rand.NewPCG(p.settings.Seed, uint64(p.model.version)<<32|uint64(p.answers)))
	d := draw{project: p, chance: chance, spread: p.spread(), used: make(map[*item]bool, min(n, len(p.items))), likes: map[*group]bool{},
		slots: make([]akhra.Slot, 0, min(n, 2*len(p.items)))}
	pools := newPools(n + 2*d.spread)
	others := 0
	for _, it := range p.items {
		pool := &pools[it.turn()]
		switch {
		case it.wants(p.settings) == 0 || it.by(besides):
			continue
		case it.audit && (len(it.votes) > 0 || p.promise == akhra.PromiseDue):
			d.audit.add(it, it.wants(p.settings))
			continue
		case p.served(it):
			continue
		case p.settings.InPilot(it.task):
			pool.pilot.Add(candidate{it, float64(len(it.votes)), chance.Int32()})
		case len(it.votes) == 0:
			if !it.audit {
				d.fresh = append(d.fresh, it)
			}
			pool.fresh.Add(candidate{it, p.eagerness(it), chance.Int32()})
			pool.sure.Add(p.quality(it))
		default:
			pool.again.Add(candidate{it, p.calmness(it), chance.Int32()})
			pool.certain.Add(p.quality(it))
		}
		others++
	}
	for i := range pools {
		d.order = append(d.order, p.orderOf(&pools[i])...)
	}
	d.audit.weigh(p.promise, others)
	for len(d.slots) < n && d.next() {
	}
	return d.slots
}

// why tells why a task is asked, exploration aside.
func (p *project) why(it *item) akhra.Why {
	switch {
	case len(it.votes) > 0 && len(it.votes) < it.overlap(p.settings):
		return akhra.WhyOverlap
	case len(it.votes) > 0:
		return akhra.WhyDiffer
	case it.say != nil && p.rungs.Has(akhra.RungLeastSure):
		return akhra.WhyUnsure
	}
	return akhra.WhyNew
}

// draw takes candidates off the merged order.
type draw struct {
	project *project
	chance  *rand.Rand
	fresh   []*item // for exploration
	audit   auditDraw
	order   []candidate
	window  []*item // the most useful ones, drawn from at random
	spread  int     // of the window
	taken   int     // of order
	used    map[*item]bool
	likes   map[*group]bool // of near-duplicates one is taken
	slots   []akhra.Slot
}

// next adds the slots of one more task, false when none is left.
func (d *draw) next() bool {
	if it := d.audit.next(d.chance, len(d.order) == d.taken && len(d.window) == 0); it != nil {
		d.add(it, akhra.WhyAudit)
		return true
	}
	if d.chance.Float64() < d.project.settings.Explore {
		if it := d.explore(); it != nil {
			d.add(it, akhra.WhyRandom)
			return true
		}
	}
	for len(d.window) < d.spread && d.taken < len(d.order) && d.inTurn(d.order[d.taken].item) {
		if it := d.order[d.taken].item; d.free(it) {
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
	if d.free(it) {
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
		if it := d.fresh[d.chance.IntN(len(d.fresh))]; d.free(it) {
			return it
		}
	}
	return nil
}

// free tells whether neither the picture nor a near-duplicate is taken.
func (d *draw) free(it *item) bool {
	g := d.project.groups.of[it]
	return !d.used[it] && (g == nil || !d.likes[g])
}

func (d *draw) add(it *item, why akhra.Why) {
	d.used[it] = true
	if g := d.project.groups.of[it]; g != nil {
		d.likes[g] = true
	}
	for slot := range it.wants(d.project.settings) {
		d.slots = append(d.slots, akhra.Slot{Task: it.task, Item: it.id, Slot: slot,
			Priority: float64(len(d.slots)), Why: why})
	}
}
