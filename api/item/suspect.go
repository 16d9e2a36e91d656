package item

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// mostSuspects is how many suspected pictures are looked at in all.
const mostSuspects = 1000

// SuspectList is the settled pictures whose class may be wrong, the likeliest
// to be wrong first. What the model says instead is left out: whoever looks
// again looks blind.
type SuspectList struct {
	Left  int           `json:"left" doc:"How many there are; at most 1,000 are counted"`
	Items []SuspectView `json:"items"`
}

// SuspectView is one of them.
type SuspectView struct {
	ItemView
	Task  akhra.TaskID `json:"task"`
	Asked bool         `json:"asked" doc:"Somebody asked for a person to look again"`
}

// AskReviewBody sends a suspected picture to the second look.
type AskReviewBody struct {
	Task akhra.TaskID `json:"task" maxLength:"40"`
}

func (a *room) routeSuspects() {
	type list struct {
		door.InProject
		Limit int `query:"limit" minimum:"0" maximum:"200"`
	}
	door.Register(a.Door, "suspects", func(ctx context.Context, in *list) (*door.Body[SuspectList], error) {
		return door.Answer(a.suspects(ctx, door.CallerIn(ctx), in.Project, in.Limit))
	})
	type ask struct {
		door.InProject
		Body AskReviewBody
	}
	door.Register(a.Door, "ask-review", func(ctx context.Context, in *ask) (*struct{}, error) {
		return nil, a.askReview(ctx, door.CallerIn(ctx), in.Project, in.Body.Task)
	})
}

func (a *room) suspects(ctx context.Context, c *door.Caller, project akhra.ProjectID, limit int) (SuspectList, error) {
	t := c.Tenant(project)
	out := SuspectList{Items: []SuspectView{}}
	found, err := a.suspected(ctx, t)
	if err != nil {
		return out, err
	}
	if limit == 0 {
		limit = defaultPage
	}
	out.Left = len(found)
	found = found[:min(limit, len(found))]
	ids := make([]akhra.ItemID, len(found))
	for i, s := range found {
		ids[i] = s.Item
	}
	views, err := a.viewsOf(ctx, c, t, ids)
	if err != nil {
		return out, err
	}
	asked := map[akhra.TaskID]bool{}
	if err := a.DB.Appeals(ctx, t, func(p akhra.Appeal) error { asked[p.Task] = true; return nil }); err != nil {
		return out, fmt.Errorf("read appeals: %w", err)
	}
	for i, s := range found {
		out.Items = append(out.Items, SuspectView{views[i], s.Task, asked[s.Task]})
	}
	return out, nil
}

// suspected lists the suspected tasks of a project.
func (a *room) suspected(ctx context.Context, t akhra.Tenant) ([]akhra.Slot, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return nil, err
	}
	found, err := a.Engine.Loop.Suspects(ctx, t, mostSuspects)
	if err != nil {
		return nil, fmt.Errorf("list suspects: %w", err)
	}
	return found, nil
}

// askReview takes only what is suspected: no audit task, none somebody decided.
func (a *room) askReview(ctx context.Context, c *door.Caller, project akhra.ProjectID, task akhra.TaskID) error {
	t := c.Tenant(project)
	found, err := a.suspected(ctx, t)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(found, func(s akhra.Slot) bool { return s.Task == task }) {
		return akhra.Errorf(akhra.NotFound, "This picture is not among those that may be wrong.")
	}
	return a.DB.AskReview(ctx, t, c.User.ID, task)
}
