package loop

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Suspects lists up to n settled tasks whose class may be wrong, the likeliest
// first: the model, taught without their answers, says another class as surely
// as it says that class of its own pictures (confident learning). They change
// nothing by themselves. What somebody decided or is known is left out, and so
// are audit tasks: who corrects only where the model differs bends the audit.
// It looks through every picture: some thirty milliseconds for a hundred thousand.
func (r *Room) Suspects(ctx context.Context, t akhra.Tenant, n int) ([]akhra.Slot, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	return p.suspects(n), nil
}

func (p *project) suspects(n int) []akhra.Slot {
	var judged []*item
	var said [][]float64
	var classes []int
	for _, it := range p.items {
		if !it.settledByPeople() || it.audit || len(it.say) != len(p.classes) {
			continue
		}
		judged, said, classes = append(judged, it), append(said, it.say), append(classes, it.truth.class)
	}
	found := []akhra.Slot{}
	for _, i := range learn.Suspects(said, classes) {
		if it := judged[i]; !it.truth.decided && len(found) < n {
			found = append(found, akhra.Slot{Task: it.task, Item: it.id, Why: akhra.WhyDiffer})
		}
	}
	return found
}

// Settled gives the classes of those pictures that answers of people settled.
func (r *Room) Settled(ctx context.Context, t akhra.Tenant, ids []akhra.ItemID) (map[akhra.ItemID]akhra.ClassID, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return nil, err
	}
	settled := map[akhra.ItemID]akhra.ClassID{}
	for _, id := range ids {
		if it := p.at[id]; it != nil && it.settledByPeople() {
			settled[id] = p.classes[it.truth.class]
		}
	}
	return settled, nil
}

// settledByPeople tells whether answers of people, none of them since, settled a class.
func (it *item) settledByPeople() bool {
	return it.task != "" && it.truth != nil && it.truth.class >= 0 && it.truth.state == akhra.TaskDone && !it.touched && it.named() > 0
}
