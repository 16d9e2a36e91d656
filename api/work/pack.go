package work

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// PackBody asks for a pack.
type PackBody struct {
	N int `json:"n" minimum:"1" maximum:"1000" doc:"Pictures in it at most"`
}

// PackView is a pack that is out: its tasks are hers until a moment.
type PackView struct {
	Until       akhra.Millis     `json:"until" doc:"Until when the pictures are hers; answers that come later still count"`
	Assignments []AssignmentView `json:"assignments" doc:"What is not answered yet"`
}

// PackRow is a pack in a list.
type PackRow struct {
	ID    akhra.PackID `json:"id"`
	Taken akhra.Millis `json:"taken"`
	Until akhra.Millis `json:"until"`
	Size  int          `json:"size"`
	Open  int          `json:"open" doc:"Pictures that are not answered"`
}

// PackList is one's own packs of a project that are out, oldest first.
type PackList struct {
	Packs []PackRow `json:"packs"`
}

// Returned is what became of a pack that was given back.
type Returned struct {
	Open int `json:"open" doc:"Pictures that were not answered and go to others"`
}

// OnePack names a pack of a project.
type OnePack struct {
	door.InProject
	Pack akhra.PackID `path:"pack" maxLength:"40"`
}

func (a *room) routePacks() {
	type taking struct {
		OnePack
		Body PackBody
	}
	door.Register(a.Door, "take-pack", func(ctx context.Context, in *taking) (*door.Body[PackView], error) {
		return door.Answer(a.takePack(ctx, door.CallerIn(ctx), in.Project, in.Pack, in.Body.N))
	})
	door.Register(a.Door, "packs", func(ctx context.Context, in *door.InProject) (*door.Body[PackList], error) {
		return door.Answer(a.packs(ctx, door.CallerIn(ctx), in.Project))
	})
	door.Register(a.Door, "return-pack", func(ctx context.Context, in *OnePack) (*door.Body[Returned], error) {
		return door.Answer(a.returnPack(ctx, door.CallerIn(ctx), in.Project, in.Pack))
	})
}

// takePack takes a pack or fills it up: the id is the device's, so that asking
// again after a cut line is harmless.
func (a *room) takePack(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.PackID, n int) (PackView, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return PackView{}, err
	}
	now := a.Now()
	p := akhra.Pack{ID: id, Annotator: c.User.ID, Size: n, Taken: akhra.MillisOf(now), Until: akhra.MillisOf(now.Add(akhra.PackLease))}
	leased, err := a.Engine.Queue.TakePack(ctx, t, p)
	if err != nil {
		return PackView{}, fmt.Errorf("take a pack: %w", err)
	}
	views, err := a.assignments(ctx, t, leased)
	return PackView{Until: p.Until, Assignments: views}, err
}

func (a *room) returnPack(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.PackID) (Returned, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return Returned{}, err
	}
	n, err := a.Engine.Queue.ReturnPack(ctx, t, c.User.ID, id)
	return Returned{n}, err
}

func (a *room) packs(ctx context.Context, c *door.Caller, project akhra.ProjectID) (PackList, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return PackList{}, err
	}
	out := PackList{Packs: []PackRow{}}
	packs, err := a.DB.Packs(ctx, t, c.User.ID)
	for _, p := range packs {
		out.Packs = append(out.Packs, PackRow{p.ID, p.Taken, p.Until, p.Size, p.Open})
	}
	return out, err
}
