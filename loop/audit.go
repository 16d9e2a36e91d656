package loop

import (
	"context"
	"fmt"
	"math/rand/v2"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// readPromise reads where the newest promise stands and which pictures a
// certificate has decided.
func (r *Room) readPromise(ctx context.Context, p *project) error {
	promises, err := r.store.Promises(ctx, p.tenant)
	if err != nil {
		return fmt.Errorf("read promises: %w", err)
	}
	if p.promise = ""; len(promises) > 0 {
		p.promise = promises[len(promises)-1].State
	}
	for _, it := range p.items {
		it.decided = false
	}
	err = r.store.Accepted(ctx, p.tenant, func(a akhra.Accepted) error {
		if it := p.at[a.Item]; it != nil {
			it.decided = true
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read accepted pictures: %w", err)
	}
	return nil
}

// proved is how sure a say may be that a certificate covers.
const proved = 0.9999

// surest is how sure the model's say may be: once the audit has confirmed the
// model, one answer no longer has to be able to contradict it.
func (p *project) surest() float64 {
	if p.promise == akhra.PromiseKept {
		return proved
	}
	return learn.Surest
}

// auditLeast is the least share of tasks that are audit tasks while any are
// open.
const auditLeast = 0.05

// auditDraw asks what the audit still wants, mixed into the others by chance.
// An audit task that nobody has answered is not among it before the promise is
// due: until then the order of asking comes to it as to any other, so that the
// audit shows which pictures the order leaves to the model.
type auditDraw struct {
	items []*item
	wants int // answers they want
	share float64
}

func (a *auditDraw) add(it *item, wants int) {
	a.items = append(a.items, it)
	a.wants += wants
}

// weigh sets the share so that what was begun is complete no later than all
// else, or everything at once when more teaching would not pay.
func (a *auditDraw) weigh(promise akhra.PromiseState, others int) {
	a.share = max(auditLeast, float64(a.wants)/float64(max(1, a.wants+others)))
	if promise == akhra.PromiseDue {
		a.share = 1
	}
}

// next draws an audit item if it is one's turn, always when nothing else is
// left; nil when not.
func (a *auditDraw) next(chance *rand.Rand, last bool) *item {
	if len(a.items) == 0 || !last && chance.Float64() >= a.share {
		return nil
	}
	i, end := chance.IntN(len(a.items)), len(a.items)-1
	it := a.items[i]
	a.items[i], a.items = a.items[end], a.items[:end]
	return it
}
