package engine

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// ClassUses counts what names each live class of a project: what is told before
// a class is merged, split or deleted.
func (e *Engine) ClassUses(ctx context.Context, t akhra.Tenant) ([]akhra.ClassUse, error) {
	_, labels, err := e.db.Project(ctx, t)
	if err != nil {
		return nil, err
	}
	uses := make([]akhra.ClassUse, len(labels.Live()))
	for i, class := range labels.Live() {
		uses[i].Class = class
	}
	people, err := e.Consensus.Figures(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	for _, f := range people {
		for class, n := range f.Said {
			if f.Version == labels.Version {
				uses[class].Answers += n
			}
		}
	}
	settled, accepted, err := e.Catalogue.Classes(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("count pictures: %w", err)
	}
	known, err := e.db.GoldUses(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("count known answers: %w", err)
	}
	for class, at := range labels.Places() {
		u := &uses[at]
		u.Pictures, u.Accepted, u.Known = u.Pictures+settled[class], u.Accepted+accepted[class], u.Known+known[class]
	}
	return uses, nil
}
