package loop

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Like is a picture that looks like another; Same when it is nearly the same.
type Like struct {
	Item akhra.ItemID
	Same bool
}

// Similar lists the n pictures that look most like one, the likest first,
// itself left out; none while it has no vector. It compares with every picture
// of the project: about a tenth of a second for a million.
func (r *Room) Similar(ctx context.Context, t akhra.Tenant, id akhra.ItemID, n int) ([]Like, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return nil, err
	}
	it := p.at[id]
	if it == nil || it.vector == nil || n < 1 {
		p.mu.Unlock()
		return nil, nil
	}
	ids, rows := make([]akhra.ItemID, len(p.items)), make([][]float32, len(p.items))
	for i, other := range p.items {
		ids[i], rows[i] = other.id, other.vector // a vector is replaced, never changed: it is read without the lock
	}
	sought := it.vector
	p.mu.Unlock()
	var like []Like
	for _, hit := range learn.Nearest(rows, sought, n+1) {
		if ids[hit.Row] != id && len(like) < n {
			like = append(like, Like{ids[hit.Row], hit.Cosine > sameLooks})
		}
	}
	return like, nil
}
