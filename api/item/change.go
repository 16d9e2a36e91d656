package item

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// MostChosen is how many pictures one request may name; more are asked for by a
// search.
const MostChosen = 5000

// ChangeBody does something to pictures: those named, or all that a search
// finds.
type ChangeBody struct {
	ID     akhra.ChangeID  `json:"id" doc:"Made by the page: the same id again is the same change"`
	Act    akhra.ChangeAct `json:"act" enum:"gold,ungold,reask,remove,restore,batch"`
	Class  akhra.ClassID   `json:"class,omitempty" doc:"Of gold; without it what each picture is settled as"`
	Batch  akhra.BatchID   `json:"batch,omitempty" doc:"Of batch: where they are put; without it they are taken out of theirs"`
	Items  []akhra.ItemID  `json:"items,omitempty" maxItems:"5000"`
	Search *akhra.Search   `json:"search,omitempty"`
}

// ChangeView is how far a change is.
type ChangeView struct {
	ID      akhra.ChangeID  `json:"id"`
	Act     akhra.ChangeAct `json:"act"`
	Planned int             `json:"planned" doc:"Pictures it is about"`
	Done    int             `json:"done"`
	Left    int             `json:"left" doc:"Pictures it could not be done to, or taken back from"`
	Undone  int             `json:"undone"`
	Job     akhra.JobID     `json:"job,omitempty" doc:"The job that goes on with it"`
}

func (a *room) routeChanges() {
	type change struct {
		door.InProject
		Body ChangeBody
	}
	door.Register(a.Door, "change-items", func(ctx context.Context, in *change) (*door.Body[ChangeView], error) {
		return door.Answer(a.change(ctx, door.CallerIn(ctx), in.Project, in.Body))
	})
	type one struct {
		door.InProject
		Change akhra.ChangeID `path:"change" maxLength:"40"`
	}
	door.Register(a.Door, "change", func(ctx context.Context, in *one) (*door.Body[ChangeView], error) {
		return door.Answer(a.viewChange(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Change))
	})
	door.Register(a.Door, "undo-change", func(ctx context.Context, in *one) (*door.Body[ChangeView], error) {
		return door.Answer(a.undoChange(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Change))
	})
}

func (a *room) change(ctx context.Context, c *door.Caller, project akhra.ProjectID, in ChangeBody) (ChangeView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return ChangeView{}, err
	}
	made := akhra.Change{ID: in.ID, Act: in.Act, Class: in.Class, Batch: in.Batch, By: c.User.ID}
	if err := made.Validate(); err != nil {
		return ChangeView{}, err
	}
	if !akhra.May(c.User.Role, in.Act.Act()) {
		return ChangeView{}, akhra.Errorf(akhra.Forbidden, "Your role does not allow this.")
	}
	if in.Class != "" && !p.Live[in.Class] {
		return ChangeView{}, akhra.InvalidField("class", "This class is no longer in the project.")
	}
	if err := a.KnownBatch(ctx, t, in.Batch); err != nil {
		return ChangeView{}, err
	}
	if (in.Search == nil) == (len(in.Items) == 0) {
		return ChangeView{}, akhra.InvalidField("items", "Choose pictures, or a search that finds them.")
	}
	if in.Search != nil {
		if err := mayAsk(c, in.Search); err != nil {
			return ChangeView{}, err
		}
	}
	n, job, err := a.Engine.Change(ctx, t, made, in.Items, in.Search)
	a.ForgetProject(t)
	return ChangeView{made.ID, made.Act, n.Planned, n.Done, n.Left, n.Undone, job}, err
}

func (a *room) viewChange(ctx context.Context, t akhra.Tenant, id akhra.ChangeID) (ChangeView, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return ChangeView{}, err
	}
	c, n, err := a.DB.Change(ctx, t, id)
	return ChangeView{ID: c.ID, Act: c.Act, Planned: n.Planned, Done: n.Done, Left: n.Left, Undone: n.Undone}, err
}

func (a *room) undoChange(ctx context.Context, t akhra.Tenant, id akhra.ChangeID) (ChangeView, error) {
	out, err := a.viewChange(ctx, t, id)
	if err != nil {
		return out, err
	}
	n, job, err := a.Engine.Undo(ctx, t, id)
	a.ForgetProject(t)
	return ChangeView{id, out.Act, n.Planned, n.Done, n.Left, n.Undone, job}, err
}
