package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// ViewList is the named searches of a project.
type ViewList struct {
	Views []ViewView `json:"views"`
}

// ViewView is one of them.
type ViewView struct {
	ID     akhra.ViewID `json:"id"`
	Name   string       `json:"name"`
	Search akhra.Search `json:"search"`
	Yours  bool         `json:"yours" doc:"Made by the caller, who may take it away"`
}

// ViewBody names a search.
type ViewBody struct {
	Name   string       `json:"name"`
	Search akhra.Search `json:"search"`
}

func (a *room) routeViews() {
	door.Register(a.Door, "views", func(ctx context.Context, in *door.InProject) (*door.Body[ViewList], error) {
		return door.Answer(a.views(ctx, door.CallerIn(ctx), in.Project))
	})
	type one struct {
		door.InProject
		View akhra.ViewID `path:"view" maxLength:"40"`
	}
	type put struct {
		door.InProject
		View akhra.ViewID `path:"view" maxLength:"40"`
		Body ViewBody
	}
	door.Register(a.Door, "put-view", func(ctx context.Context, in *put) (*struct{}, error) {
		return nil, a.putView(ctx, door.CallerIn(ctx), in.Project, akhra.View{ID: in.View, Name: in.Body.Name, Search: in.Body.Search})
	})
	door.Register(a.Door, "remove-view", func(ctx context.Context, in *one) (*struct{}, error) {
		return nil, a.removeView(ctx, door.CallerIn(ctx), in.Project, in.View)
	})
}

// views leaves out the searches for what the caller may not know.
func (a *room) views(ctx context.Context, c *door.Caller, project akhra.ProjectID) (ViewList, error) {
	t := c.Tenant(project)
	out := ViewList{Views: []ViewView{}}
	if _, err := a.Known(ctx, t); err != nil {
		return out, err
	}
	all, err := a.DB.Views(ctx, t)
	if err != nil {
		return out, fmt.Errorf("read views: %w", err)
	}
	for _, v := range all {
		if mayAsk(c, &v.Search) == nil {
			out.Views = append(out.Views, ViewView{v.ID, v.Name, v.Search, mayChange(c, v)})
		}
	}
	return out, nil
}

// mayChange tells whether a view is the caller's, or she leads.
func mayChange(c *door.Caller, v akhra.View) bool {
	return v.By == c.User.ID || akhra.May(c.User.Role, akhra.ActManageProject)
}

func (a *room) putView(ctx context.Context, c *door.Caller, project akhra.ProjectID, v akhra.View) error {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return err
	}
	if err := mayAsk(c, &v.Search); err != nil {
		return err
	}
	if old, err := a.view(ctx, t, v.ID); err == nil && !mayChange(c, old) {
		return akhra.Errorf(akhra.Forbidden, "Somebody else made this view. Keep yours under another name.")
	}
	v.By = c.User.ID
	return a.DB.PutView(ctx, t, v)
}

func (a *room) removeView(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.ViewID) error {
	t := c.Tenant(project)
	v, err := a.view(ctx, t, id)
	if err != nil {
		return err
	}
	if !mayChange(c, v) {
		return akhra.Errorf(akhra.Forbidden, "Only who made a view, or leads the project, takes it away.")
	}
	return a.DB.RemoveView(ctx, t, id, c.User.ID)
}

func (a *room) view(ctx context.Context, t akhra.Tenant, id akhra.ViewID) (akhra.View, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return akhra.View{}, err
	}
	all, err := a.DB.Views(ctx, t)
	if err != nil {
		return akhra.View{}, fmt.Errorf("read views: %w", err)
	}
	for _, v := range all {
		if v.ID == id {
			return v, nil
		}
	}
	return akhra.View{}, akhra.Errorf(akhra.NotFound, "There is no such view.")
}
