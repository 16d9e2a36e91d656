package loop

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Thought is what the model thinks of a picture, from a head that has not seen
// the picture's answers.
type Thought struct {
	Class     akhra.ClassID
	P         float64
	RightOf10 int            // how often of ten it was right when it was this sure
	Near      []akhra.ItemID // pictures of that class that taught it
	Version   int64
	Audit     bool // an audit item: who browses or adjudicates is not shown it
}

const (
	nearAmong = 300 // newest taught pictures of a class that Thought compares with
	nearShown = 3
	likeSure  = 0.1 // half-width of "this sure"
	fewBlind  = 8   // blind answers below which a share says nothing
)

// Thought returns the model's say on an item, false when there is no model or
// no vector.
func (r *Room) Thought(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (Thought, bool) {
	p, err := r.open(ctx, t)
	if err != nil {
		return Thought{}, false
	}
	defer p.mu.Unlock()
	it := p.at[id]
	if it == nil || it.say == nil {
		return Thought{}, false
	}
	class, _, prob, _ := learn.Top(it.say)
	return Thought{
		Class: p.classes[class], P: prob, RightOf10: p.rightOf10(prob), Version: p.model.version,
		Near: p.nearest(it, class, nearAmong, nearShown), Audit: it.audit,
	}, true
}

// rightOf10 counts on blind answers only; with too few of them the tempered
// probability speaks, rounded down.
func (p *project) rightOf10(prob float64) int {
	right, of := 0, 0
	for _, b := range p.blinds {
		it := p.at[b.Item]
		if it == nil || it.say == nil {
			continue
		}
		class, _, was, _ := learn.Top(it.say)
		if was < prob-likeSure || was > prob+likeSure {
			continue
		}
		said, live := p.classAt[b.Said]
		if !live {
			continue
		}
		of++
		if class == said {
			right++
		}
	}
	if of < fewBlind {
		return int(10 * prob)
	}
	return (10*right + of/2) / of
}

// Taught lists the taught pictures of a class that lie nearest to an item.
func (r *Room) Taught(ctx context.Context, t akhra.Tenant, id akhra.ItemID, class akhra.ClassID, n int) []akhra.ItemID {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil
	}
	defer p.mu.Unlock()
	it, k := p.at[id], p.classAt[class]
	if _, live := p.classAt[class]; it == nil || !live {
		return nil
	}
	return p.nearest(it, k, len(p.items), n)
}

// nearest compares an item with the newest `among` taught pictures of a class.
func (p *project) nearest(it *item, class, among, n int) (ids []akhra.ItemID) {
	if it.vector == nil {
		return nil
	}
	var taught []akhra.ItemID
	var rows [][]float32
	for i := len(p.items) - 1; i >= 0 && len(rows) < among; i-- {
		other := p.items[i]
		if other == it || other.audit || len(other.votes) == 0 {
			continue
		}
		if k, _ := other.target(len(p.classes), p.settings.Cap); k == class {
			taught, rows = append(taught, other.id), append(rows, other.vector)
		}
	}
	for _, hit := range learn.Nearest(rows, it.vector, n) {
		ids = append(ids, taught[hit.Row])
	}
	return ids
}
