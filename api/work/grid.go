package work

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// GridBody asks for a grid.
type GridBody struct {
	Class akhra.ClassID `json:"class,omitempty" maxLength:"40" doc:"Of which class; absent for the one with the most pictures"`
}

// GridView is pictures that the model is sure show one class. Each is answered
// as any other task, by sync: the class, or a strike where it shows another. A
// few are wrong on purpose and look like the others.
type GridView struct {
	Class   akhra.ClassID    `json:"class" doc:"Empty when there is no grid"`
	Tiles   []AssignmentView `json:"tiles"`
	First   int              `json:"first" doc:"Questions that come before the next grid, one by one: what she struck out of the last, and the share that stays blind"`
	Classes []GridClassView  `json:"classes" doc:"What there could be a grid of, the class with the most pictures first; empty while one is open"`
	Why     string           `json:"why" enum:",off,promise,blind,few" doc:"Why there is none: the project asks blind, its promise rests on blind answers, the child has not proved itself, or too few pictures are sure"`
}

// GridClassView is a class that a grid can be made of.
type GridClassView struct {
	Class    akhra.ClassID `json:"class"`
	Pictures int           `json:"pictures" doc:"Counted up to some hundred"`
}

func (a *room) routeGrid() {
	type input struct {
		door.InProject
		Body GridBody
	}
	door.Register(a.Door, "grid", func(ctx context.Context, in *input) (*door.Body[GridView], error) {
		return door.Answer(a.grid(ctx, door.CallerIn(ctx), in.Project, in.Body.Class))
	})
}

func (a *room) grid(ctx context.Context, c *door.Caller, project akhra.ProjectID, class akhra.ClassID) (GridView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return GridView{}, err
	}
	g, err := a.Engine.Queue.Grid(ctx, t, c.User.ID, class)
	if err != nil {
		return GridView{}, fmt.Errorf("grid: %w", err)
	}
	v := GridView{Class: g.Class, First: g.First, Classes: []GridClassView{}}
	for _, one := range g.Classes {
		v.Classes = append(v.Classes, GridClassView(one))
	}
	if len(g.Tiles) == 0 && g.First == 0 {
		if v.Why, err = a.whyNoGrid(ctx, t, p); err != nil {
			return v, err
		}
	}
	v.Tiles, err = a.assignments(ctx, t, g.Tiles)
	return v, err
}

// whyNoGrid tells why nothing can be confirmed at once.
func (a *room) whyNoGrid(ctx context.Context, t akhra.Tenant, p door.KnownProject) (string, error) {
	if !p.Project.Settings.Propose {
		return "off", nil
	}
	promises, err := a.DB.Promises(ctx, t)
	if err != nil {
		return "", fmt.Errorf("read promises: %w", err)
	}
	if n := len(promises); n > 0 && promises[n-1].State.Speaks() {
		return "promise", nil
	}
	shown, err := a.Engine.Propose.Shown(ctx, t)
	if err != nil {
		return "", fmt.Errorf("read what is proposed: %w", err)
	}
	if len(shown) == 0 {
		return "blind", nil
	}
	return "few", nil
}
