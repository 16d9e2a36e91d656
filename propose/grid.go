package propose

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// Shown lists the classes that may be put to people.
func (r *Room) Shown(ctx context.Context, t akhra.Tenant) ([]akhra.ClassID, error) {
	p, err := r.fresh(ctx, t)
	if err != nil {
		return nil, err
	}
	defer p.mu.Unlock()
	return p.report.shown(), nil
}

// Grid chooses from places of pictures that the model is sure of, by class, what
// one person gets to confirm at once as one class: tiles that it is put to her
// on, and beside them the share of as many that stays blind. By the lots of
// ordinary tasks, so that a picture is blind for her on either page; a tile that
// is wrong on purpose is a picture of another class.
func (r *Room) Grid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, sure map[akhra.ClassID][]akhra.Slot, class akhra.ClassID) (tiles, blind []akhra.Slot, err error) {
	p, err := r.fresh(ctx, t)
	if err != nil {
		return nil, nil, err
	}
	d := draw{settings: p.settings, shown: p.report.shown(), annotator: annotator}
	p.mu.Unlock()
	if !slices.Contains(d.shown, class) {
		return nil, nil, nil
	}
	g := gridDraw{draw: &d, class: class, of: map[akhra.ItemID]akhra.Prediction{}}
	if err := g.hear(ctx, r.model, t, sure); err != nil {
		return nil, nil, err
	}
	for _, s := range sure[class] {
		if len(tiles) == akhra.GridTiles {
			break
		}
		switch one := g.tile(s); {
		case one.Proposal == nil:
		case one.Proposal.Shown:
			tiles = append(tiles, one)
		default:
			blind = append(blind, one)
		}
	}
	return tiles, blind, nil
}

// gridDraw draws the tiles of one grid.
type gridDraw struct {
	*draw
	class  akhra.ClassID
	of     map[akhra.ItemID]akhra.Prediction
	others []akhra.Slot // pictures of other classes, that may be put there wrongly
}

// hear asks the model about all the pictures.
func (g *gridDraw) hear(ctx context.Context, m Model, t akhra.Tenant, sure map[akhra.ClassID][]akhra.Slot) error {
	var items []akhra.ItemID
	for _, class := range g.shown {
		for i, s := range sure[class] {
			if items = append(items, s.Item); class == g.class {
				continue
			}
			if g.settings.Lot("blind", s.Task, g.annotator) >= akhra.ProposeBlind {
				g.others = append(g.others, s)
			}
			if i > akhra.GridTiles {
				break // of each other class enough to choose from
			}
		}
	}
	classes, told, err := m.Tell(ctx, t, items)
	if err != nil {
		return fmt.Errorf("ask the model about a grid: %w", err)
	}
	g.classes = classes
	for _, q := range told {
		g.of[q.Item] = q
	}
	return nil
}

// tile is the picture itself, blind or with the class put to her, or another one
// that is put in its place wrongly; without a proposal it is left out.
func (g *gridDraw) tile(s akhra.Slot) akhra.Slot {
	if s.Proposal = g.thought(s); s.Proposal == nil || s.Proposal.Thought != g.class {
		s.Proposal = nil
		return s
	}
	if g.settings.Lot("blind", s.Task, g.annotator) < akhra.ProposeBlind {
		return s
	}
	s.Proposal.Shown = true
	if g.settings.Lot("wrong", s.Task, g.annotator) < akhra.ProposeWrong {
		return g.plant(s)
	}
	return s
}

// plant is a picture of another class: half of the time one that the model
// thinks of this class for next, else any. Where there is none the place is left out.
func (g *gridDraw) plant(s akhra.Slot) akhra.Slot {
	if len(g.others) == 0 {
		s.Proposal = nil
		return s
	}
	lot := g.settings.Lot("which", s.Task, g.annotator)
	at := int(2*lot*float64(len(g.others))) % len(g.others)
	if near := slices.IndexFunc(g.others, g.next); lot < .5 && near >= 0 {
		at = near
	}
	other := g.others[at]
	g.others = slices.Delete(g.others, at, at+1)
	if other.Proposal = g.thought(other); other.Proposal != nil {
		other.Proposal.Class, other.Proposal.Shown = g.class, true
	}
	return other
}

// next tells whether the model thinks of the class of the grid next.
func (g *gridDraw) next(s akhra.Slot) bool {
	q := g.of[s.Item]
	second := second(q.Probabilities)
	return second >= 0 && g.classes[second] == g.class
}

// thought is what the model names on a place, kept back; nil if it is not sure.
func (g *gridDraw) thought(s akhra.Slot) *akhra.Proposal {
	q := g.of[s.Item]
	top, p := q.Top()
	if top < 0 || top >= len(g.classes) || p < akhra.ProposeSure || !s.Why.MayPropose() {
		return nil
	}
	return &akhra.Proposal{Class: g.classes[top], Thought: g.classes[top], P: p, Version: q.Version}
}
