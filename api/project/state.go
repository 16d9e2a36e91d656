package project

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// StateBody is what a project shall be.
type StateBody struct {
	State akhra.ProjectState `json:"state" enum:"active,paused,archived,removed"`
	Name  string             `json:"name,omitempty" maxLength:"500" doc:"Its name as it stands, typed to remove it"`
}

func (a *room) routeState() {
	type set struct {
		door.InProject
		Body StateBody
	}
	door.Register(a.Door, "set-state", func(ctx context.Context, in *set) (*door.Body[ProjectView], error) {
		return door.Answer(a.setState(ctx, door.CallerIn(ctx), in.Project, in.Body))
	})
	type erase struct {
		door.InProject
		Body struct {
			Name string `json:"name" maxLength:"500" doc:"Its name as it stands"`
		}
	}
	door.Register(a.Door, "erase-project", func(ctx context.Context, in *erase) (*struct{}, error) {
		c := door.CallerIn(ctx)
		return nil, a.erase(ctx, c, c.Tenant(in.Project), in.Body.Name)
	})
}

// setState changes what a project is. Removing it wants its name typed, so that
// it is not the wrong one.
func (a *room) setState(ctx context.Context, c *door.Caller, project akhra.ProjectID, in StateBody) (ProjectView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return ProjectView{}, err
	}
	if in.State == akhra.ProjectRemoved && in.Name != p.Project.Name {
		return ProjectView{}, errName
	}
	if err := a.DB.SetProjectState(ctx, t, in.State, c.User.ID); err != nil {
		return ProjectView{}, err
	}
	a.ForgetProject(t)
	return a.viewProject(ctx, c, project)
}

var errName = akhra.InvalidField("name", "Type the name of the project just as it stands.")

// erase deletes a project for good.
func (a *room) erase(ctx context.Context, c *door.Caller, t akhra.Tenant, name string) error {
	p, err := a.Known(ctx, t)
	if err != nil {
		return err
	}
	if name != p.Project.Name {
		return errName
	}
	err = a.Engine.Erase(ctx, t, c.User.ID)
	a.ForgetProject(t)
	return err
}

// lists tells whether a project is in somebody's list: what is archived is out
// of the way of those who only work, what is removed is seen by those who lead.
func lists(c *door.Caller, p akhra.Project) bool {
	switch p.State {
	case akhra.ProjectArchived:
		return akhra.May(c.User.Role, akhra.ActExport)
	case akhra.ProjectRemoved:
		return akhra.May(c.User.Role, akhra.ActManageProject)
	case akhra.ProjectErasing:
		return false
	}
	return true
}
