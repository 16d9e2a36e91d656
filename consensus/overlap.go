package consensus

import (
	"context"
	"encoding/json"
	"fmt"

	"akhra.dev/akhra"
)

// readOverlaps reads how many answers are wanted of the pictures that came after
// a place, where their batch asks for more than the project.
func (r *Room) readOverlaps(ctx context.Context, p *project, after int64) error {
	err := r.store.Overlaps(ctx, p.tenant, after, func(item akhra.ItemID, overlap int) error {
		p.asks[item] = overlap
		return nil
	})
	if err != nil {
		return fmt.Errorf("read overlaps of batches: %w", err)
	}
	return nil
}

// added applies an items.added event, but for the pilot.
func (r *Room) added(ctx context.Context, p *project, e akhra.Event) error {
	var body struct {
		After int64 `json:"after"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read event %d of new pictures: %w", e.Seq, err)
	}
	return r.readOverlaps(ctx, p, body.After)
}

// batched applies an item.batched event: the picture's newest task is judged
// anew, by what its batch asks for.
func (p *project) batched(e akhra.Event) error {
	var body struct {
		Item    akhra.ItemID `json:"item"`
		Task    akhra.TaskID `json:"task"`
		Overlap int          `json:"overlap"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read event %d of a batch: %w", e.Seq, err)
	}
	if body.Overlap == p.asks[body.Item] {
		return nil
	}
	if p.asks[body.Item] = body.Overlap; body.Overlap == 0 {
		delete(p.asks, body.Item)
	}
	if i, ok := p.at[body.Task]; ok {
		p.touched[i] = struct{}{}
	}
	return nil
}

// asksOthers tells whether a batch.changed event has changed its overlap. A body
// that cannot be read counts as one that has.
func asksOthers(e akhra.Event) bool {
	var body struct {
		Overlap int `json:"overlap"`
		Was     int `json:"was"`
	}
	return json.Unmarshal([]byte(e.Body), &body) != nil || body.Overlap != body.Was
}
