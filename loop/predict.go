package loop

import (
	"context"

	"akhra.dev/akhra"
)

// Says streams the model's probabilities for every picture that has them, in
// order of arrival; those of pictures that teach it are out of fold.
func (r *Room) Says(ctx context.Context, t akhra.Tenant, fn func(item akhra.ItemID, p []float64)) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	for _, it := range p.items {
		if it.say != nil {
			fn(it.id, it.say)
		}
	}
	return nil
}

// Predict returns the model's probabilities for pictures outside the project,
// given as vectors of the project's recipe; nil when there is no model.
func (r *Room) Predict(ctx context.Context, t akhra.Tenant, vectors [][]float32) ([][]float64, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	m := p.model
	p.mu.Unlock()
	if m.head == nil {
		return nil, nil
	}
	out := make([][]float64, len(vectors))
	each(len(vectors), func(i int) { out[i] = m.probabilities(m.head, vectors[i]) })
	return out, nil
}

// Recipe returns the hash of the embedder's recipe in force and its version,
// "" when there is none.
func (r *Room) Recipe(ctx context.Context, t akhra.Tenant) (blob string, version int64, err error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return "", 0, err
	}
	defer p.mu.Unlock()
	return p.blob, p.version, nil
}
