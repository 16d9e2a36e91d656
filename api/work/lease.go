package work

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// LeaseBody asks for tasks to answer.
type LeaseBody struct {
	N     int `json:"n" minimum:"1" maximum:"100"`
	Width int `json:"width,omitempty" doc:"Of the place for the picture, in device pixels"`
}

// LeaseView is the tasks leased, hers first.
type LeaseView struct {
	Closed      akhra.ProjectState `json:"closed,omitempty" enum:"paused,archived,removed" doc:"Why nothing is given out; absent while the project is active"`
	Assignments []AssignmentView   `json:"assignments"`
	Mine        int                `json:"mine" doc:"Pictures of the project she answered"`
	Left        int                `json:"left" doc:"Pictures that still want answers and that she had no say on; what others settled is up to a minute old"`
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
	Proposal   akhra.ClassID      `json:"proposal,omitempty" doc:"Class that the model offers; absent on a blind task. Some are wrong on purpose and look like the others"`
}

func (a *room) routeLease() {
	type input struct {
		door.InProject
		Body LeaseBody
	}
	door.Register(a.Door, "lease", func(ctx context.Context, in *input) (*door.Body[LeaseView], error) {
		return door.Answer(a.lease(ctx, door.CallerIn(ctx), in.Project, in.Body.N))
	})
}

func (a *room) lease(ctx context.Context, c *door.Caller, project akhra.ProjectID, n int) (LeaseView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return LeaseView{}, err
	}
	if p.Project.State != akhra.ProjectActive {
		return LeaseView{Closed: p.Project.State, Assignments: []AssignmentView{}}, nil
	}
	leased, err := a.Engine.Queue.Lease(ctx, t, c.User.ID, n)
	if err != nil {
		return LeaseView{}, fmt.Errorf("lease: %w", err)
	}
	out := LeaseView{}
	if out.Mine, out.Left, err = a.mine(ctx, t, c.User.ID); err != nil {
		return out, err
	}
	out.Assignments, err = a.assignments(ctx, t, leased)
	return out, err
}

// assignments shows leased tasks with their pictures.
func (a *room) assignments(ctx context.Context, t akhra.Tenant, leased []akhra.Assignment) ([]AssignmentView, error) {
	out, items := make([]AssignmentView, 0, len(leased)), make([]akhra.ItemID, len(leased))
	for i, one := range leased {
		items[i] = one.Item
	}
	sizes, err := a.DB.Sizes(ctx, t, items)
	if err != nil {
		return out, fmt.Errorf("read the sizes of leased pictures: %w", err)
	}
	for _, one := range leased {
		out = append(out, AssignmentView{ID: one.ID, Task: one.Task, Item: one.Item, LeaseUntil: one.LeaseUntil,
			Pictures: door.PictureURLs(t.Project, one.Item), Width: sizes[one.Item].Width, Height: sizes[one.Item].Height, Proposal: one.Offered()})
	}
	return out, nil
}
