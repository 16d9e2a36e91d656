package api

import (
	"context"
	"fmt"
	"strconv"

	"akhra.dev/akhra"
)

// LeaseBody asks for tasks to answer.
type LeaseBody struct {
	N     int `json:"n" minimum:"1" maximum:"100"`
	Width int `json:"width,omitempty" doc:"Of the place for the picture, in device pixels"`
}

// LeaseView is the tasks leased, hers first.
type LeaseView struct {
	Assignments []AssignmentView `json:"assignments"`
	Left        int              `json:"left" doc:"Pictures of the project that still want answers, some seconds old"`
}

// AssignmentView is one task to answer. Why it is asked is not said: audit
// tasks look like all others.
type AssignmentView struct {
	ID         akhra.AssignmentID `json:"id"`
	Task       akhra.TaskID       `json:"task"`
	Item       akhra.ItemID       `json:"item"`
	LeaseUntil akhra.Millis       `json:"leaseUntil"`
	Pictures   map[string]string  `json:"pictures" doc:"URL by long side"`
	Width      int                `json:"width"`
	Height     int                `json:"height"`
}

func (a *API) routeLease() {
	type input struct {
		InProject
		Body LeaseBody
	}
	register(a, "lease", func(ctx context.Context, in *input) (*body[LeaseView], error) {
		return answer(a.lease(ctx, callerIn(ctx), in.Project, in.Body.N))
	})
}

func (a *API) lease(ctx context.Context, c *caller, project akhra.ProjectID, n int) (LeaseView, error) {
	t := c.tenant(project)
	p, err := a.known(ctx, t)
	if err != nil {
		return LeaseView{}, err
	}
	leased, err := a.Engine.Queue.Lease(ctx, t, c.user.ID, n)
	if err != nil {
		return LeaseView{}, fmt.Errorf("lease: %w", err)
	}
	out := LeaseView{Assignments: make([]AssignmentView, 0, len(leased))}
	for _, one := range leased {
		item, err := a.DB.Item(ctx, t, one.Item)
		if err != nil {
			return out, fmt.Errorf("read a leased picture: %w", err)
		}
		out.Assignments = append(out.Assignments, AssignmentView{ID: one.ID, Task: one.Task, Item: one.Item, LeaseUntil: one.LeaseUntil,
			Pictures: pictureURLs(project, one.Item), Width: item.Width, Height: item.Height})
	}
	out.Left = p.open
	return out, nil
}

// pictureURL is where an item's variant is served.
func pictureURL(project akhra.ProjectID, item akhra.ItemID, variant int) string {
	return "/api/pictures/" + string(project) + "/" + string(item) + "/" + strconv.Itoa(akhra.VariantSides[variant])
}

func pictureURLs(project akhra.ProjectID, item akhra.ItemID) map[string]string {
	urls := make(map[string]string, len(akhra.VariantSides))
	for i, side := range akhra.VariantSides {
		urls[strconv.Itoa(side)] = pictureURL(project, item, i)
	}
	return urls
}
