package project

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// ProjectList is the projects a person works in.
type ProjectList struct {
	Projects []ProjectCard `json:"projects"`
}

// ProjectCard is one project in the list.
type ProjectCard struct {
	ID         akhra.ProjectID   `json:"id"`
	Name       string            `json:"name"`
	Question   string            `json:"question"`
	Items      int               `json:"items"`
	Answers    int               `json:"answers"`
	Done       int               `json:"done"`
	Cover      *string           `json:"cover" doc:"A picture of it, null while it has none"`
	Family     string            `json:"family" doc:"Projects of one family ask about the same pictures, one class each"`
	About      string            `json:"about" doc:"The class that a project of a family asks about"`
	AboutNames map[string]string `json:"aboutNames,omitempty" doc:"Its name by language"`

	State   akhra.ProjectState `json:"state" enum:"active,paused,archived,removed"`
	StateAt akhra.Millis       `json:"stateAt" doc:"Since when"`
}

// ProjectView is one project with its classes and counts.
type ProjectView struct {
	ID         akhra.ProjectID    `json:"id"`
	Name       string             `json:"name"`
	Question   string             `json:"question"`
	Settings   akhra.Settings     `json:"settings"`
	LabelSet   door.LabelSetView  `json:"labelSet"`
	Counts     CountsView         `json:"counts"`
	Family     string             `json:"family"`
	About      string             `json:"about"`
	AboutNames map[string]string  `json:"aboutNames,omitempty"`
	Guide      GuidelineNow       `json:"guideline" doc:"What people are told before they answer"`
	State      akhra.ProjectState `json:"state" enum:"active,paused,archived,removed"`
	StateAt    akhra.Millis       `json:"stateAt" doc:"Since when"`
	Rev        string             `json:"rev" doc:"Send it back as If-Match to change only what you saw"`
}

// CountsView is how much there is of everything.
type CountsView struct {
	Items      int `json:"items"`
	Answers    int `json:"answers"`
	Done       int `json:"done"`
	Review     int `json:"review"`
	Open       int `json:"open"`
	Annotators int `json:"annotators"`
}

// NewProject is what creates a project. The id is made by the client and makes
// the request safe to repeat.
type NewProject struct {
	ID       akhra.ProjectID `json:"id"`
	Name     string          `json:"name"`
	Question string          `json:"question"`
	Classes  []akhra.Class   `json:"classes"`
	Settings *SettingsChange `json:"settings,omitempty"`
}

// ProjectChange is what of a project may change; what is absent stays.
type ProjectChange struct {
	Name     *string         `json:"name,omitempty"`
	Question *string         `json:"question,omitempty"`
	Settings *SettingsChange `json:"settings,omitempty"`
}

// SettingsChange is what of a project's rules may change; what is absent stays.
type SettingsChange struct {
	Overlap   *int     `json:"overlap,omitempty"`
	Cap       *int     `json:"cap,omitempty"`
	StopAt    *float64 `json:"stopAt,omitempty"`
	Explore   *float64 `json:"explore,omitempty"`
	Pilot     *float64 `json:"pilot,omitempty"`
	GoldShare *float64 `json:"goldShare,omitempty"`
	ShowModel *bool    `json:"showModel,omitempty"`
	Propose   *bool    `json:"propose,omitempty"`
	Target    *float64 `json:"target,omitempty"`
	Delta     *float64 `json:"delta,omitempty"`
	Audit     *int     `json:"audit,omitempty"`
	Looks     *int     `json:"looks,omitempty"`
	Strategy  *string  `json:"strategy,omitempty" maxLength:"100"`
	Embedder  *string  `json:"embedder,omitempty" maxLength:"200"`
	Started   *bool    `json:"started,omitempty"`
	Seed      *uint64  `json:"seed,omitempty"`
}

func (s *SettingsChange) apply(to *akhra.Settings) {
	if s == nil {
		return
	}
	set(&to.Overlap, s.Overlap)
	if s.Overlap != nil && s.Cap == nil && to.Cap < to.Overlap {
		to.Cap = to.Overlap
	}
	set(&to.Cap, s.Cap)
	set(&to.StopAt, s.StopAt)
	set(&to.Explore, s.Explore)
	set(&to.Pilot, s.Pilot)
	set(&to.GoldShare, s.GoldShare)
	set(&to.ShowModel, s.ShowModel)
	set(&to.Propose, s.Propose)
	set(&to.Target, s.Target)
	set(&to.Delta, s.Delta)
	set(&to.Audit, s.Audit)
	set(&to.Looks, s.Looks)
	set(&to.Strategy, s.Strategy)
	set(&to.Embedder, s.Embedder)
	set(&to.Started, s.Started)
	set(&to.Seed, s.Seed)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (a *room) routeProjects() {
	door.Register(a.Door, "projects", func(ctx context.Context, _ *door.None) (*door.Body[ProjectList], error) {
		return door.Answer(a.listProjects(ctx, door.CallerIn(ctx)))
	})
	type create struct{ Body NewProject }
	door.Register(a.Door, "add-project", func(ctx context.Context, in *create) (*door.Body[ProjectView], error) {
		return door.Answer(a.addProject(ctx, door.CallerIn(ctx), in.Body))
	})
	door.Register(a.Door, "project", func(ctx context.Context, in *door.InProject) (*door.Body[ProjectView], error) {
		return door.Answer(a.viewProject(ctx, door.CallerIn(ctx), in.Project))
	})
	type change struct {
		door.InProject
		IfMatch string `header:"If-Match"`
		Body    ProjectChange
	}
	door.Register(a.Door, "change-project", func(ctx context.Context, in *change) (*door.Body[ProjectView], error) {
		return door.Answer(a.changeProject(ctx, door.CallerIn(ctx), in.Project, in.IfMatch, in.Body))
	})
}

func (a *room) listProjects(ctx context.Context, c *door.Caller) (ProjectList, error) {
	all, err := a.DB.Projects(ctx, c.User.Org)
	if err != nil {
		return ProjectList{}, fmt.Errorf("list projects: %w", err)
	}
	out := ProjectList{Projects: make([]ProjectCard, 0, len(all))}
	for _, p := range all {
		if !c.Sees(p.ID) || !lists(c, p) {
			continue
		}
		card, err := a.card(ctx, p)
		if err != nil {
			return out, err
		}
		out.Projects = append(out.Projects, card)
	}
	return out, nil
}

func (a *room) card(ctx context.Context, p akhra.Project) (ProjectCard, error) {
	t := akhra.Tenant{Org: p.Org, Project: p.ID}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return ProjectCard{}, fmt.Errorf("count a project: %w", err)
	}
	card := ProjectCard{ID: p.ID, Name: p.Name, Question: p.Question, Items: n.Items, Answers: n.Answers, Done: n.Done, Family: p.Family, About: p.About, AboutNames: p.AboutNames, State: p.State, StateAt: p.StateAt}
	first, err := a.DB.Items(ctx, t, 0, 1)
	if err != nil {
		return card, fmt.Errorf("find a cover: %w", err)
	}
	if len(first) > 0 {
		url := door.PictureURL(p.ID, first[0].ID, 0)
		card.Cover = &url
	}
	return card, nil
}

func (a *room) addProject(ctx context.Context, c *door.Caller, in NewProject) (ProjectView, error) {
	if !akhra.ValidID(string(in.ID)) {
		return ProjectView{}, akhra.InvalidField("id", "The project has no valid id.")
	}
	p := akhra.Project{ID: in.ID, Org: c.User.Org, Name: strings.TrimSpace(in.Name), Question: strings.TrimSpace(in.Question),
		Settings: akhra.DefaultSettings(), Created: akhra.MillisOf(a.Now())}
	in.Settings.apply(&p.Settings)
	a.switched(false, &p.Settings)
	labels := akhra.LabelSet{Version: 1, Classes: in.Classes}
	if err := a.checkProject(ctx, p); err != nil {
		return ProjectView{}, err
	}
	if err := labels.Validate(); err != nil {
		return ProjectView{}, err
	}
	if stored, _, err := a.DB.Project(ctx, c.Tenant(in.ID)); err == nil && stored.Name == p.Name && stored.Question == p.Question {
		return a.viewProject(ctx, c, in.ID)
	}
	id, err := a.NewID()
	if err != nil {
		return ProjectView{}, fmt.Errorf("make a label set's id: %w", err)
	}
	labels.ID = akhra.LabelSetID(id)
	p.LabelSet = labels.ID
	if err := a.DB.AddProject(ctx, c.Tenant(p.ID), p, labels); err != nil {
		return ProjectView{}, err
	}
	return a.viewProject(ctx, c, p.ID)
}

func (a *room) viewProject(ctx context.Context, c *door.Caller, project akhra.ProjectID) (ProjectView, error) {
	t := c.Tenant(project)
	p, labels, err := a.DB.Project(ctx, t)
	if err != nil {
		return ProjectView{}, err
	}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return ProjectView{}, fmt.Errorf("count a project: %w", err)
	}
	guide, err := a.guidelineNow(ctx, t, c.User.ID)
	if err != nil {
		return ProjectView{}, err
	}
	return ProjectView{ID: p.ID, Name: p.Name, Question: p.Question, Settings: p.Settings,
		LabelSet: door.ViewLabels(labels), Rev: rev(p, labels),
		Counts: viewCounts(n), Family: p.Family, About: p.About, AboutNames: p.AboutNames, Guide: guide, State: p.State, StateAt: p.StateAt}, nil
}

func (a *room) changeProject(ctx context.Context, c *door.Caller, project akhra.ProjectID, match string, in ProjectChange) (ProjectView, error) {
	t := c.Tenant(project)
	p, _, err := a.matching(ctx, t, match)
	if err != nil {
		return ProjectView{}, err
	}
	before := p.Settings
	set(&p.Name, in.Name)
	set(&p.Question, in.Question)
	in.Settings.apply(&p.Settings)
	a.switched(before.Propose, &p.Settings)
	if err := a.checkProject(ctx, p); err != nil {
		return ProjectView{}, err
	}
	if err := a.untested(ctx, t, before, p.Settings); err != nil {
		return ProjectView{}, err
	}
	if err := a.DB.UpdateProject(ctx, t, p); err != nil {
		return ProjectView{}, fmt.Errorf("change project: %w", err)
	}
	a.ForgetProject(t)
	return a.viewProject(ctx, c, project)
}

// switched notes when proposals were switched on: how people took wrong ones
// before then counts no more.
func (a *room) switched(before bool, to *akhra.Settings) {
	if to.Propose && !before {
		to.Proposed = akhra.MillisOf(a.Now())
	}
}

// checkProject tells what is wrong with a project, a network that there is not included.
func (a *room) checkProject(ctx context.Context, p akhra.Project) error {
	if err := p.Validate(); err != nil {
		return err
	}
	_, names, err := akhra.ParseEmbedder(p.Settings.Embedder)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := a.DB.Backbone(ctx, p.Org, name); akhra.CodeOf(err) == akhra.NotFound {
			return akhra.InvalidField("embedder", "There is no network called %q here.", name)
		} else if err != nil {
			return fmt.Errorf("look for a network: %w", err)
		}
	}
	return nil
}

func (a *room) matching(ctx context.Context, t akhra.Tenant, match string) (akhra.Project, akhra.LabelSet, error) {
	p, labels, err := a.DB.Project(ctx, t)
	if err == nil && match != "" && strings.Trim(match, `"`) != rev(p, labels) {
		err = akhra.Errorf(akhra.Precondition, "Someone changed the project meanwhile. Please look again and repeat your change.")
	}
	return p, labels, err
}

func rev(p akhra.Project, l akhra.LabelSet) string {
	text, _ := json.Marshal([]any{p, l}) // plain strings and numbers always encode
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
