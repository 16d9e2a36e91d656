package loop

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// readBatches reads the batches of a project; what has changed of one changes
// for all of its pictures.
func (r *Room) readBatches(ctx context.Context, p *project) error {
	all, err := r.store.Batches(ctx, p.tenant)
	if err != nil {
		return fmt.Errorf("read batches: %w", err)
	}
	for _, b := range all {
		*p.batch(b.ID) = b
	}
	return nil
}

// batch is the batch of an id, as it was last read; nil for none.
func (p *project) batch(id akhra.BatchID) *akhra.Batch {
	if id == "" {
		return nil
	}
	if p.batches == nil {
		p.batches = map[akhra.BatchID]*akhra.Batch{}
	}
	b := p.batches[id]
	if b == nil {
		b = &akhra.Batch{ID: id}
		p.batches[id] = b
	}
	return b
}

// batched applies an item.batched event.
func (p *project) batched(e akhra.Event) error {
	var body struct {
		Batch akhra.BatchID `json:"batch"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read event %d of a batch: %w", e.Seq, err)
	}
	if it := p.at[akhra.ItemID(e.Subject)]; it != nil {
		it.batch = p.batch(body.Batch)
	}
	return nil
}

// overlap is how many answers the picture gets at least.
func (it *item) overlap(s akhra.Settings) int {
	if it.batch == nil {
		return s.Overlap
	}
	return max(s.Overlap, it.batch.Overlap)
}

// ordinary is the turn of pictures in no batch.
var ordinary = akhra.PriorityNormal.Turn()

// turn is the place of the picture's priority in the order of asking.
func (it *item) turn() int {
	if it.batch == nil {
		return ordinary
	}
	return it.batch.Priority.Turn()
}

// byTurn is byScore within one priority.
func byTurn(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.item.turn(), b.item.turn()), byScore(a, b))
}

// pool is what may be asked of one priority.
type pool struct {
	pilot, fresh, again learn.Lowest[candidate]
	sure, certain       learn.Lowest[float64]
}

// newPools makes a pool of each priority that keeps the most useful ones.
func newPools(most int) []pool {
	list := learn.Lowest[candidate]{Most: most, By: byScore}
	scale := learn.Lowest[float64]{Most: most, By: cmp.Compare[float64]}
	pools := make([]pool, len(akhra.Priorities))
	for i := range pools {
		pools[i] = pool{list, list, list, scale, scale}
	}
	return pools
}

// orderOf is the order of asking within one priority.
func (p *project) orderOf(of *pool) []candidate {
	return append(of.pilot.List(), p.merge(of.fresh.List(), of.again.List(), of.sure.List(), of.certain.List())...)
}

// inTurn tells whether a picture is of the priority that is being drawn from:
// chance mixes no other into it.
func (d *draw) inTurn(it *item) bool {
	return len(d.window) == 0 || d.window[0].turn() == it.turn()
}
