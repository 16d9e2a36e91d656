package certify

import (
	"context"
	"fmt"
	"math"

	"akhra.dev/akhra"
)

const certificateMethod = "The whole delivery was tested, pictures decided by people and by the model together, on n pictures drawn at random before anybody had answered them. " +
	"Thresholds were tested from the strictest on in an order fixed before (fixed-sequence testing); the bound is the exact one-sided one of Clopper and Pearson."

// Certificate is the newest certificate of a project; not found while nothing is
// certified.
func (r *Room) Certificate(ctx context.Context, t akhra.Tenant) (akhra.Certificate, error) {
	project, _, err := r.store.Project(ctx, t)
	if err != nil {
		return akhra.Certificate{}, err
	}
	all, err := r.store.Promises(ctx, t)
	if err != nil {
		return akhra.Certificate{}, fmt.Errorf("read promises: %w", err)
	}
	for i := len(all) - 1; i >= 0; i-- {
		look := all[i].Kept()
		if look == nil {
			continue
		}
		p := all[i]
		by, err := r.nameOf(ctx, t.Org, look.By)
		return akhra.Certificate{Words: certified(p, by), Project: project.Name, Method: certificateMethod, Pictures: p.Items, First: p.First, Last: p.Last,
			N: look.Audit, Errors: look.Wrong, People: look.People, Target: p.Target, Delta: p.Delta, Spent: look.Delta, Bound: look.Bound,
			Threshold: look.Threshold, Accepted: look.Accepted, Looks: p.Looks, Taken: len(p.Taken), Model: look.Model, Seed: p.Seed, By: by, At: look.At}, err
	}
	return akhra.Certificate{}, akhra.Errorf(akhra.NotFound, "Nothing is certified yet.")
}

// nameOf is a person's name, empty for no person.
func (r *Room) nameOf(ctx context.Context, org akhra.OrgID, id akhra.UserID) (string, error) {
	if id == "" {
		return "", nil
	}
	user, err := r.store.User(ctx, org, id)
	if err != nil {
		return "", fmt.Errorf("find a person: %w", err)
	}
	return user.Name, nil
}

// certified says in words what a kept promise means.
func certified(p akhra.Promise, by string) string {
	round := func(share float64) float64 { return math.Round(1e4*share) / 100 }
	words := fmt.Sprintf("At most %g of 100 delivered classes are wrong. A statement made in this way is right at least %g times of 100.", round(1-p.Target), round(1-p.Delta))
	if by != "" {
		words += fmt.Sprintf(" Right means: as %s tags them.", by)
	}
	return words
}
