package loop

import (
	"context"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Sure lists, for each of some classes, at most n tasks that want an answer and
// whose picture the model is sure shows it: one slot per answer wanted, a higher
// priority and then the least sure first, as they would be asked. Audit tasks, the pilot, what is asked anew
// and what the annotator besides answered are left out; there are none where
// nothing may be told before people answer (Tell).
func (r *Room) Sure(ctx context.Context, t akhra.Tenant, besides akhra.UserID, classes []akhra.ClassID, n int) (map[akhra.ClassID][]akhra.Slot, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if p.model.Head == nil || p.promise.Speaks() {
		return nil, nil
	}
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	lists := make([]learn.Lowest[candidate], len(p.classes))
	for k := range lists {
		lists[k] = learn.Lowest[candidate]{Most: n, By: byTurn}
	}
	for i, it := range p.items {
		if it.say == nil || it.sure < akhra.ProposeSure || it.audit || it.decided || it.round > 0 || it.by(besides) ||
			it.wants(p.settings) == 0 || p.settings.InPilot(it.task) || p.served(it) {
			continue
		}
		k, _, _, _ := learn.Top(it.say)
		lists[k].Add(candidate{it, it.margin, int32(i)})
	}
	sure := make(map[akhra.ClassID][]akhra.Slot, len(classes))
	for k, id := range p.classes {
		if slices.Contains(classes, id) {
			sure[id] = p.slotsOf(lists[k].List())
		}
	}
	return sure, nil
}

// slotsOf makes places of tasks, in their order.
func (p *project) slotsOf(list []candidate) (slots []akhra.Slot) {
	for _, c := range list {
		for n := range c.item.wants(p.settings) {
			slots = append(slots, akhra.Slot{Task: c.item.task, Item: c.item.id, Slot: n, Why: p.why(c.item)})
		}
	}
	return slots
}
