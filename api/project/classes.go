package project

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// ClassUses is what names each class of a project: what to know before one is
// merged, split or deleted.
type ClassUses struct {
	Classes []ClassUseView `json:"classes"`
	Audit   string         `json:"audit" enum:"none,open,kept" doc:"Whether a promise is being proved or is proved: adding, merging, splitting or deleting a class ends it"`
}

// ClassUseView is how much names one live class.
type ClassUseView struct {
	ID       akhra.ClassID `json:"id"`
	Answers  int           `json:"answers"`
	Pictures int           `json:"pictures" doc:"Whose class it is now; these are asked again when it is split or deleted"`
	Known    int           `json:"known" doc:"Known answers; they go with a class that is split or deleted"`
	Accepted int           `json:"accepted" doc:"Pictures the model decided by a certificate"`
}

func (a *room) routeClasses() {
	door.Register(a.Door, "class-uses", func(ctx context.Context, in *door.InProject) (*door.Body[ClassUses], error) {
		return door.Answer(a.classUses(ctx, door.CallerIn(ctx).Tenant(in.Project)))
	})
	type classes struct {
		door.InProject
		IfMatch string `header:"If-Match"`
		Body    struct {
			Classes []akhra.Class `json:"classes"`
		}
	}
	door.Register(a.Door, "set-classes", func(ctx context.Context, in *classes) (*door.Body[ProjectView], error) {
		return door.Answer(a.setClasses(ctx, door.CallerIn(ctx), in.Project, in.IfMatch, in.Body.Classes))
	})
}

func (a *room) classUses(ctx context.Context, t akhra.Tenant) (ClassUses, error) {
	uses, err := a.Engine.ClassUses(ctx, t)
	if err != nil {
		return ClassUses{}, err
	}
	promises, err := a.DB.Promises(ctx, t)
	if err != nil {
		return ClassUses{}, fmt.Errorf("read promises: %w", err)
	}
	out := ClassUses{Classes: []ClassUseView{}, Audit: "none"}
	for _, u := range uses {
		out.Classes = append(out.Classes, ClassUseView{u.Class, u.Answers, u.Pictures, u.Known, u.Accepted})
	}
	for _, p := range promises {
		switch {
		case p.State == akhra.PromiseKept:
			out.Audit = "kept"
		case p.Open() && out.Audit == "none":
			out.Audit = "open"
		}
	}
	return out, nil
}

// setClasses stores the next version of the classes with all that follows from
// it. A class that is absent from the new list is deleted; the answers that
// name it stay.
func (a *room) setClasses(ctx context.Context, c *door.Caller, project akhra.ProjectID, match string, classes []akhra.Class) (ProjectView, error) {
	t := c.Tenant(project)
	if _, _, err := a.matching(ctx, t, match); err != nil {
		return ProjectView{}, err
	}
	if _, err := a.DB.SetLabels(ctx, t, classes); err != nil {
		return ProjectView{}, fmt.Errorf("set classes: %w", err)
	}
	a.ForgetProject(t)
	return a.viewProject(ctx, c, project)
}
