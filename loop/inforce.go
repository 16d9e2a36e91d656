package loop

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// InForce is the model that tells now, with what else telling the same elsewhere needs.
type InForce struct {
	akhra.Model
	Classes []akhra.ClassID // live, in the order of its probabilities
	Limit   float64         // no probability is larger
}

// InForce returns the model in force; Unavailable, in a sentence, while there is none.
func (r *Room) InForce(ctx context.Context, t akhra.Tenant) (InForce, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return InForce{}, err
	}
	defer p.mu.Unlock()
	if p.model.Head == nil {
		return InForce{}, akhra.Errorf(akhra.Unavailable, "The project has no model yet. It is taught as answers come in, and anew when the classes change.")
	}
	row, err := r.store.Model(ctx, t)
	if err != nil {
		return InForce{}, fmt.Errorf("read the model: %w", err)
	}
	return InForce{row, slices.Clone(p.classes), p.model.Surest}, nil
}
