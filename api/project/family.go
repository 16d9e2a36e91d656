package project

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// FamilyBody names the classes that are asked about one by one.
type FamilyBody struct {
	Classes []akhra.Class `json:"classes" doc:"Those that the family does not ask about yet are added"`
}

func (a *room) routeFamily() {
	type input struct {
		door.InProject
		Body FamilyBody
	}
	door.Register(a.Door, "ask-each", func(ctx context.Context, in *input) (*door.Body[ProjectList], error) {
		return door.Answer(a.askEach(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Body.Classes))
	})
}

// askEach makes a project the first question of a family, or adds questions to
// the one it is of, and gives every question the pictures. Repeating it does
// what is missing.
func (a *room) askEach(ctx context.Context, t akhra.Tenant, classes []akhra.Class) (ProjectList, error) {
	p, _, err := a.DB.Project(ctx, t)
	if err != nil {
		return ProjectList{}, err
	}
	name := p.Family
	if name == "" {
		name = p.Name
	}
	all, err := a.DB.Family(ctx, t.Org, name)
	if err != nil {
		return ProjectList{}, fmt.Errorf("list a family: %w", err)
	}
	if err := checkQuestions(classes, len(all)); err != nil {
		return ProjectList{}, err
	}
	projects, labels, err := a.questions(p, name, classes, all)
	if err != nil {
		return ProjectList{}, err
	}
	if err := a.DB.AskEach(ctx, t, projects, labels); err != nil {
		return ProjectList{}, err
	}
	a.ForgetProject(t)
	if err := a.share(ctx, t); err != nil {
		return ProjectList{}, err
	}
	return a.family(ctx, t.Org, name)
}

func checkQuestions(classes []akhra.Class, have int) error {
	if have+len(classes) == 0 || have+len(classes) > akhra.MaxFamily {
		return akhra.InvalidField("classes", "One to %d classes can be asked about one by one.", akhra.MaxFamily)
	}
	for _, c := range classes {
		if err := c.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// questions are the projects and label sets that a family lacks; the first is
// the given project while it is of none.
func (a *room) questions(p akhra.Project, family string, classes []akhra.Class, all []akhra.Project) (projects []akhra.Project, labels []akhra.LabelSet, err error) {
	asked := map[string]bool{}
	for _, one := range all {
		asked[one.About] = true
	}
	for _, class := range classes {
		if asked[class.Name] {
			continue
		}
		asked[class.Name] = true
		next, ids := p, [4]string{}
		for i := range ids {
			if ids[i], err = a.NewID(); err != nil {
				return nil, nil, fmt.Errorf("make an id: %w", err)
			}
		}
		if len(projects) > 0 || p.Family != "" {
			next.ID, next.LabelSet, next.Settings.Target = akhra.ProjectID(ids[0]), akhra.LabelSetID(ids[1]), 0
			next.Created = p.Created + akhra.Millis(len(all)+len(projects)) // in the order of the classes
		}
		one, l := next.YesNo(family, class, akhra.ClassID(ids[2]), akhra.ClassID(ids[3]))
		projects, labels = append(projects, one), append(labels, l)
	}
	return projects, labels, nil
}

// share gives the pictures of a project to the others of its family.
func (a *room) share(ctx context.Context, t akhra.Tenant) error {
	for last := int64(0); ; {
		page, err := a.DB.Items(ctx, t, last, sharePage)
		if err != nil {
			return fmt.Errorf("list pictures: %w", err)
		}
		live := page[:0:0]
		for _, item := range page {
			if last = item.Seq; item.Removed == 0 {
				live = append(live, item)
			}
		}
		if _, err := a.DB.AddItems(ctx, t, live); err != nil {
			return fmt.Errorf("share pictures: %w", err)
		}
		if len(page) < sharePage {
			return nil
		}
	}
}

// sharePage is how many pictures the questions of a family get at once.
const sharePage = 500

func (a *room) family(ctx context.Context, org akhra.OrgID, name string) (ProjectList, error) {
	all, err := a.DB.Family(ctx, org, name)
	if err != nil {
		return ProjectList{}, fmt.Errorf("list a family: %w", err)
	}
	out := ProjectList{Projects: make([]ProjectCard, 0, len(all))}
	for _, p := range all {
		card, err := a.card(ctx, p)
		if err != nil {
			return out, err
		}
		out.Projects = append(out.Projects, card)
	}
	return out, nil
}
