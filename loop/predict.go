package loop

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/numeric"
)

// Says streams the model's probabilities for every picture that has them, in
// order of arrival; those of pictures that teach it are out of fold.
func (r *Room) Says(ctx context.Context, t akhra.Tenant, fn func(item akhra.ItemID, p []float64)) error {
	return r.Predictions(ctx, t, func(q akhra.Prediction) { fn(q.Item, q.Probabilities) })
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
	if m.Head == nil {
		return nil, nil
	}
	out := make([][]float64, len(vectors))
	numeric.Share(len(vectors), func(i int) { out[i] = m.probabilities(vectors[i]) })
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

// Predictions streams the say of the model in force, at one moment, about every
// picture it has one of, in order of arrival.
func (r *Room) Predictions(ctx context.Context, t akhra.Tenant, fn func(akhra.Prediction)) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	for _, it := range p.items {
		if it.say != nil {
			fn(akhra.Prediction{Item: it.id, Version: p.model.version, Probabilities: it.say, OutOfFold: it.teaches()})
		}
	}
	return nil
}
