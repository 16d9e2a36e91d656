package loop

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// SameLooks is the cosine above which pictures are near-duplicates.
const SameLooks = 0.98

// spotCheck is how many members people answer before the others take over.
const spotCheck = 2

// groups are the near-duplicates of a project; a picture without one is in none.
type groups struct {
	version int64 // of the recipe they were found by
	items   int   // that had a vector then
	of      map[*item]*group
}

// group are pictures that look the same, in order of arrival.
type group struct{ members []*item }

// key names a picture's group, or the picture.
func (g groups) key(it *item) akhra.ItemID {
	if own := g.of[it]; own != nil {
		return own.members[0].id
	}
	return it.id
}

// Regroup finds the near-duplicates of a project anew when pictures came or the
// recipe changed, where the project wants it.
func (r *Room) Regroup(ctx context.Context, t akhra.Tenant) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	p.mu.Unlock()
	return r.regroup(ctx, p)
}

// regroup works beside answering.
func (r *Room) regroup(ctx context.Context, p *project) error {
	p.mu.Lock()
	if err := r.load(ctx, p); err != nil {
		p.mu.Unlock()
		return err
	}
	var seen []*item
	for _, it := range p.items {
		if it.vector != nil && !it.audit {
			seen = append(seen, it)
		}
	}
	found, seed := groups{version: p.version, items: len(seen), of: map[*item]*group{}}, p.settings.Seed
	wanted := p.rungs.Has(akhra.RungGroups)
	if !wanted {
		p.groups = groups{}
	}
	if !wanted || len(seen) == 0 || p.groups.version == found.version && p.groups.items == found.items {
		p.mu.Unlock()
		return nil
	}
	x := matrix(seen)
	p.mu.Unlock()
	for i, first := range learn.Groups(x, SameLooks, seed, nil) {
		if first == i {
			continue
		}
		g := found.of[seen[first]]
		if g == nil {
			g = &group{members: []*item{seen[first]}}
			found.of[seen[first]] = g
		}
		g.members, found.of[seen[i]] = append(g.members, seen[i]), g
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.groups = found
	return nil
}

// served tells whether near-duplicates speak for a picture that nobody
// answered: enough of them are answered, and all alike.
func (p *project) served(it *item) bool {
	g := p.groups.of[it]
	if g == nil || len(it.votes) > 0 || it.audit {
		return false
	}
	return g.agrees(len(p.classes), p.settings.Cap)
}

// agrees tells whether the spot check of a group is done and found one class.
func (g *group) agrees(classes, most int) bool {
	said, n := unsure, 0
	for _, it := range g.members {
		if it.named() == 0 {
			continue
		}
		k, _ := it.target(classes, most)
		if n > 0 && k != said {
			return false
		}
		said, n = k, n+1
	}
	return n >= spotCheck && said != unsure
}

// inherit lets served pictures take over what is believed of those answered.
func (p *project) inherit() {
	seen := map[*group]bool{}
	for _, g := range p.groups.of {
		if seen[g] || !g.agrees(len(p.classes), p.settings.Cap) {
			continue
		}
		seen[g] = true
		z, n := make([]float64, len(p.classes)), 0.0
		for _, it := range g.members {
			if it.named() == 0 {
				continue
			}
			n++
			for k, share := range it.soft(len(p.classes), p.settings.Cap) {
				z[k] += share
			}
		}
		for k := range z {
			z[k] /= n
		}
		learn.Temper(z, 1, learn.Surest, z)
		for _, it := range g.members {
			if p.served(it) {
				it.hear(z)
			}
		}
	}
}
