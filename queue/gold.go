package queue

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"akhra.dev/akhra"
)

// golds is where known answers are mixed into what people get. Each person has
// her own rhythm: one of 1/share tasks, at a place drawn anew for every such
// block, so that a short morning's work has its share too.
type golds struct {
	read   bool // the share is that of the project's settings now
	share  float64
	chance *rand.Rand
	of     map[akhra.UserID]*rhythm
}

// rhythm is one person's block of tasks: how many are left in it, and after
// how many more comes the known one.
type rhythm struct{ left, wait int }

// next tells whether her next task shall be a known one. Blocks are 1/share
// long on average, so the share is exact in the long run.
func (r *rhythm) next(share float64, chance *rand.Rand) bool {
	if r.left == 0 {
		r.left = max(1, int(1/share+chance.Float64()))
		r.wait = chance.IntN(r.left)
	}
	r.left--
	r.wait--
	return r.wait == -1
}

// knownShare reads how much gold a project wants, after every change of its
// rules once.
func (r *Room) knownShare(ctx context.Context, t akhra.Tenant, p *project) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gold.read {
		return nil
	}
	its, _, err := r.store.Project(ctx, t)
	if err != nil {
		return fmt.Errorf("read the project's rules: %w", err)
	}
	name := fnv.New64a()
	_, _ = name.Write([]byte(t.Project)) // it never fails
	p.gold = golds{read: true, share: its.Settings.GoldShare, of: map[akhra.UserID]*rhythm{},
		chance: rand.New(rand.NewPCG(its.Settings.Seed, name.Sum64()))}
	return nil
}

// mix swaps some of the reserved places for tasks whose answer is known and
// that she never had, at random places of the list. Where there are none left
// for her the places stay.
func (r *Room) mix(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID, on terms, reserved []akhra.Slot) error {
	at := p.goldPlaces(user, len(reserved))
	if len(at) == 0 {
		return nil
	}
	known, err := r.store.GoldFor(ctx, t, user, len(at))
	if err != nil {
		return fmt.Errorf("choose known answers: %w", err)
	}
	p.swap(user, on, reserved, at[:min(len(at), len(known))], known)
	return nil
}

// goldPlaces draws which of a person's next n tasks shall be known ones.
func (p *project) goldPlaces(user akhra.UserID, n int) (at []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gold.share <= 0 {
		return nil
	}
	hers := p.gold.of[user]
	if hers == nil {
		hers = &rhythm{}
		p.gold.of[user] = hers
	}
	for i := range n {
		if hers.next(p.gold.share, p.gold.chance) {
			at = append(at, i)
		}
	}
	return at
}

// swap puts known tasks in the places of others, which are open again.
func (p *project) swap(user akhra.UserID, on terms, reserved []akhra.Slot, at []int, known []akhra.Slot) {
	if len(at) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	back := make([]akhra.Slot, 0, len(at)+len(p.places))
	for i, place := range at {
		p.holds.drop(reserved[place].Task, user)
		back = append(back, reserved[place])
		reserved[place] = known[i]
		p.holds.add(known[i].Task, user, on.until, on.pack != "")
	}
	p.places = append(back, p.places...)
}
