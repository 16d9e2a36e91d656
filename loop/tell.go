package loop

import (
	"context"
	"slices"

	"akhra.dev/akhra"
)

// Tell returns what the model in force thinks of some pictures, and the classes
// in the order of its probabilities. Those it says nothing about are left out,
// and those about which nothing may be told before people answer: audit
// pictures, and what is decided already. While a promise is open or kept nothing
// is told: the audit, which is answered blind, shows how often people err on the
// other pictures only if those are answered blind too.
func (r *Room) Tell(ctx context.Context, t akhra.Tenant, ids []akhra.ItemID) (classes []akhra.ClassID, told []akhra.Prediction, err error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, nil, err
	}
	defer p.mu.Unlock()
	if p.model.Head == nil || p.promise.Speaks() {
		return nil, nil, nil
	}
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			return nil, nil, err
		}
	}
	for _, id := range ids {
		it := p.at[id]
		if it == nil || it.say == nil || it.audit || it.decided || it.truth != nil && it.truth.decided {
			continue
		}
		told = append(told, akhra.Prediction{Item: id, Version: p.model.version, Probabilities: slices.Clone(it.say), OutOfFold: it.teaches()})
	}
	return slices.Clone(p.classes), told, nil
}
