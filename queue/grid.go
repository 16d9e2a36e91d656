package queue

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// mostSure is how many tasks of a class a grid is chosen from: those of others,
// blind ones and ones she has left out of it there are enough for some grids.
const mostSure = 8 * akhra.GridTiles

// Grid gives a person the grid that she has open or, once she has answered what
// stays to ask of it, a new one: of the class she names, empty for the one with
// the most pictures. It has no tiles where nothing may be put to people or too
// few pictures are sure. Cost: one pass over the project's pictures in memory.
func (r *Room) Grid(ctx context.Context, t akhra.Tenant, user akhra.UserID, class akhra.ClassID) (akhra.Grid, error) {
	p, err := r.project(ctx, t)
	if err != nil {
		return akhra.Grid{}, err
	}
	until := akhra.MillisOf(r.now().Add(LeaseTime))
	open, first, err := r.store.OpenGrid(ctx, t, user, until)
	if err != nil {
		return akhra.Grid{}, fmt.Errorf("read an open grid: %w", err)
	}
	if len(open) > 0 || first > 0 {
		return gridOf(open, first), nil
	}
	sure, err := r.sure(ctx, t, p, user)
	if err != nil {
		return akhra.Grid{}, err
	}
	g := akhra.Grid{Classes: gridClasses(sure)}
	if class == "" && len(g.Classes) > 0 {
		class = g.Classes[0].Class
	}
	if !slices.ContainsFunc(g.Classes, func(c akhra.GridClass) bool { return c.Class == class }) {
		return g, nil
	}
	tiles, err := r.takeGrid(ctx, t, p, user, until, sure, class)
	if len(tiles) > 0 {
		g.Class, g.Tiles = class, tiles
	}
	return g, err
}

// gridOf is an open grid: tiles of one class, of which there may be two where
// earlier pages were taken back.
func gridOf(open []akhra.Assignment, first int) akhra.Grid {
	if len(open) == 0 {
		return akhra.Grid{First: first}
	}
	class := open[0].Proposal.Class
	return akhra.Grid{Class: class, First: first, Tiles: slices.DeleteFunc(open, func(a akhra.Assignment) bool { return a.Proposal.Class != class })}
}

// sure lists the places that a person may get in a grid, by class.
func (r *Room) sure(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID) (map[akhra.ClassID][]akhra.Slot, error) {
	shown, err := r.hints.Shown(ctx, t)
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	sure, err := r.rank.Sure(ctx, t, user, shown, mostSure)
	if err != nil {
		return nil, fmt.Errorf("list what the model is sure of: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for class, places := range sure {
		sure[class] = p.hers(user, places)
	}
	return sure, nil
}

// hers are the free ones of some places, one a task, of tasks a person never had.
func (p *project) hers(user akhra.UserID, places []akhra.Slot) []akhra.Slot {
	seen := make(map[akhra.TaskID]bool, len(places))
	return slices.DeleteFunc(p.free(places), func(s akhra.Slot) bool {
		out := seen[s.Task] || p.had[s.Task][user] || p.holds.has(s.Task, user)
		seen[s.Task] = true
		return out
	})
}

// gridClasses are the classes that a grid can be made of, the one with the most
// pictures first.
func gridClasses(sure map[akhra.ClassID][]akhra.Slot) (list []akhra.GridClass) {
	for class, places := range sure {
		if len(places) >= akhra.GridLeast {
			list = append(list, akhra.GridClass{Class: class, Pictures: len(places)})
		}
	}
	slices.SortFunc(list, func(a, b akhra.GridClass) int {
		if a.Pictures != b.Pictures {
			return b.Pictures - a.Pictures
		}
		if a.Class < b.Class {
			return -1
		}
		return 1
	})
	return list
}

// takeGrid draws a grid and makes it hers.
func (r *Room) takeGrid(ctx context.Context, t akhra.Tenant, p *project, user akhra.UserID, until akhra.Millis, sure map[akhra.ClassID][]akhra.Slot, class akhra.ClassID) ([]akhra.Assignment, error) {
	tiles, blind, err := r.hints.Grid(ctx, t, user, sure, class)
	if err != nil {
		return nil, fmt.Errorf("draw a grid: %w", err)
	}
	tiles, blind = p.keep(user, until, tiles, true), p.keep(user, until, blind, false)
	var got []akhra.Assignment
	if len(tiles) >= akhra.GridLeast {
		got, err = r.store.TakeGrid(ctx, t, user, until, tiles, blind)
	}
	p.settleGrid(user, append(tiles, blind...), got)
	if err != nil {
		return nil, fmt.Errorf("take a grid: %w", err)
	}
	return slices.DeleteFunc(got, func(a akhra.Assignment) bool { return a.Grid != akhra.GridTile }), nil
}

// keep holds those places for a person that are still free, so that nobody else
// gets them.
func (p *project) keep(user akhra.UserID, until akhra.Millis, places []akhra.Slot, apart bool) []akhra.Slot {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.hers(user, places)
	for _, s := range kept {
		p.holds.add(s.Task, user, until, apart)
		if at := slices.IndexFunc(p.places, func(o akhra.Slot) bool { return o.Task == s.Task }); at >= 0 {
			p.places = slices.Delete(p.places, at, at+1)
		}
	}
	return kept
}

// settleGrid gives back the places that became no lease.
func (p *project) settleGrid(user akhra.UserID, places []akhra.Slot, got []akhra.Assignment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	leased := make(map[akhra.TaskID]bool, len(got))
	for _, a := range got {
		leased[a.Task] = true
		p.remember(user, a.Task)
	}
	for _, s := range places {
		if !leased[s.Task] {
			p.holds.drop(s.Task, user)
			p.stale = true
		}
	}
}
