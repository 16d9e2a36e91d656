package sight

import (
	"context"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/loop"
)

// gallery are the pictures that have a vector, and the vectors.
type gallery struct {
	items []akhra.ItemID
	rows  [][]float32
}

// hang adds a picture, unless it has no vector.
func (g *gallery) hang(s loop.Sight) {
	if s.Vector != nil {
		g.items, g.rows = append(g.items, s.Item), append(g.rows, s.Vector)
	}
}

// Like is a picture that looks like another; Same when it is nearly the same.
type Like struct {
	Item akhra.ItemID
	Same bool
}

// Similar lists the n pictures that look most like one, the likest first,
// itself left out; none while it has no vector. It compares with every picture
// of the project: about a tenth of a second for a million.
func (r *Room) Similar(ctx context.Context, t akhra.Tenant, id akhra.ItemID, n int) ([]Like, error) {
	var all gallery
	if _, err := r.learner.Sights(ctx, t, all.hang); err != nil {
		return nil, err
	}
	return all.likest(id, n), nil
}

func (g *gallery) likest(id akhra.ItemID, n int) (like []Like) {
	at := slices.Index(g.items, id)
	if at < 0 || n < 1 {
		return nil
	}
	for _, hit := range learn.Nearest(g.rows, g.rows[at], n+1) {
		if hit.Row != at && len(like) < n {
			like = append(like, Like{g.items[hit.Row], hit.Cosine > loop.SameLooks})
		}
	}
	return like
}
