package portrait

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/loop"
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
)

// Thought returns the model's say on an item, false when there is no model or
// no vector.
func (r *Room) Thought(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (said Thought, known bool) {
	err := r.learner.Look(ctx, t, func(m loop.Mind) {
		it, there := m.Picture(id)
		if !there || it.Say() == nil {
			return
		}
		class, _, prob, _ := learn.Top(it.Say())
		said, known = Thought{
			Class: m.Classes[class], P: prob, RightOf10: rightOf10(m, prob), Version: m.Version,
			Near: nearest(m, it, class, nearAmong, nearShown), Audit: it.Audit(),
		}, true
	})
	return said, known && err == nil
}

// rightOf10 counts on blind answers only; with too few of them the tempered
// probability speaks, rounded down.
func rightOf10(m loop.Mind, prob float64) int {
	right, of := 0, 0
	for _, b := range m.Blinds {
		it, there := m.Picture(b.Item)
		if !there || it.Say() == nil {
			continue
		}
		class, _, was, _ := learn.Top(it.Say())
		if was < prob-likeSure || was > prob+likeSure {
			continue
		}
		said, live := m.Place(b.Said)
		if !live {
			continue
		}
		of++
		if class == said {
			right++
		}
	}
	if of < loop.FewBlind {
		return int(10 * prob)
	}
	return (10*right + of/2) / of
}

// Taught lists the taught pictures of a class that lie nearest to an item.
func (r *Room) Taught(ctx context.Context, t akhra.Tenant, id akhra.ItemID, class akhra.ClassID, n int) (near []akhra.ItemID) {
	err := r.learner.Look(ctx, t, func(m loop.Mind) {
		it, there := m.Picture(id)
		if k, live := m.Place(class); there && live {
			near = nearest(m, it, k, m.Pictures(), n)
		}
	})
	if err != nil {
		return nil
	}
	return near
}

// nearest compares an item with the newest `among` taught pictures of a class.
func nearest(m loop.Mind, it loop.Picture, class, among, n int) (ids []akhra.ItemID) {
	if it.Vector() == nil {
		return nil
	}
	var taught []akhra.ItemID
	var rows [][]float32
	for i := m.Pictures() - 1; i >= 0 && len(rows) < among; i-- {
		if other := m.At(i); other != it && !other.Audit() && other.Answered() && other.Class() == class {
			taught, rows = append(taught, other.Item()), append(rows, other.Vector())
		}
	}
	for _, hit := range learn.Nearest(rows, it.Vector(), n) {
		ids = append(ids, taught[hit.Row])
	}
	return ids
}
