package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// How many groups a list has when none is asked for, and how many pictures of
// a group are shown.
const (
	doublesShown = 40
	membersShown = 20
)

// DoubleList is the groups of nearly the same pictures: those with different
// classes first, then the larger.
type DoubleList struct {
	Left   int          `json:"left" doc:"How many groups there are"`
	Done   int          `json:"done" doc:"Pictures compared so far, while they are"`
	Of     int          `json:"of" doc:"Of so many; 0 when all are compared. Until then the groups are those found before"`
	Groups []DoubleView `json:"groups"`
}

// DoubleView is one of them.
type DoubleView struct {
	Size   int        `json:"size"`
	Differ bool       `json:"differ" doc:"Answers settled different classes"`
	Items  []ItemView `json:"items" doc:"At most 20"`
}

func (a *room) routeDoubles() {
	type list struct {
		door.InProject
		Limit int `query:"limit" minimum:"0" maximum:"200"`
	}
	door.Register(a.Door, "doubles", func(ctx context.Context, in *list) (*door.Body[DoubleList], error) {
		return door.Answer(a.doubles(ctx, door.CallerIn(ctx), in.Project, in.Limit))
	})
}

func (a *room) doubles(ctx context.Context, c *door.Caller, project akhra.ProjectID, limit int) (DoubleList, error) {
	t := c.Tenant(project)
	out := DoubleList{Groups: []DoubleView{}}
	if _, err := a.Known(ctx, t); err != nil {
		return out, err
	}
	found, far, err := a.Engine.Sight.Doubles(ctx, t)
	if err != nil {
		return out, fmt.Errorf("find nearly the same pictures: %w", err)
	}
	if limit == 0 {
		limit = doublesShown
	}
	out.Left, out.Done, out.Of = len(found), far.Done, far.Of
	for _, one := range found[:min(limit, len(found))] {
		views, err := a.viewsOf(ctx, c, t, one.Items[:min(membersShown, len(one.Items))])
		if err != nil {
			return out, err
		}
		out.Groups = append(out.Groups, DoubleView{len(one.Items), one.Differ, views})
	}
	return out, nil
}
