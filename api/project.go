package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// ProjectList is the projects a person works in.
type ProjectList struct {
	Projects []ProjectCard `json:"projects"`
}

// ProjectCard is one project in the list.
type ProjectCard struct {
	ID       akhra.ProjectID `json:"id"`
	Name     string          `json:"name"`
	Question string          `json:"question"`
	Items    int             `json:"items"`
	Answers  int             `json:"answers"`
	Done     int             `json:"done"`
	Cover    *string         `json:"cover" doc:"A picture of it, null while it has none"`
}

// ProjectView is one project with its classes and counts.
type ProjectView struct {
	ID       akhra.ProjectID `json:"id"`
	Name     string          `json:"name"`
	Question string          `json:"question"`
	Settings akhra.Settings  `json:"settings"`
	LabelSet LabelSetView    `json:"labelSet"`
	Counts   CountsView      `json:"counts"`
	Rev      string          `json:"rev" doc:"Send it back as If-Match to change only what you saw"`
}

// LabelSetView is the newest version of a project's classes.
type LabelSetView struct {
	Version int           `json:"version"`
	Classes []akhra.Class `json:"classes"`
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
	ShowModel *bool    `json:"showModel,omitempty"`
	Target    *float64 `json:"target,omitempty"`
	Delta     *float64 `json:"delta,omitempty"`
	Audit     *int     `json:"audit,omitempty"`
	Strategy  *string  `json:"strategy,omitempty" enum:",full,margin,random"`
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
	set(&to.ShowModel, s.ShowModel)
	set(&to.Target, s.Target)
	set(&to.Delta, s.Delta)
	set(&to.Audit, s.Audit)
	set(&to.Strategy, s.Strategy)
	set(&to.Started, s.Started)
	set(&to.Seed, s.Seed)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

type InProject struct {
	Project akhra.ProjectID `path:"project" maxLength:"40"`
}

func (a *API) routeProjects() {
	register(a, "projects", func(ctx context.Context, _ *none) (*body[ProjectList], error) {
		return answer(a.listProjects(ctx, callerIn(ctx)))
	})
	type create struct{ Body NewProject }
	register(a, "add-project", func(ctx context.Context, in *create) (*body[ProjectView], error) {
		return answer(a.addProject(ctx, callerIn(ctx), in.Body))
	})
	register(a, "project", func(ctx context.Context, in *InProject) (*body[ProjectView], error) {
		return answer(a.viewProject(ctx, callerIn(ctx).tenant(in.Project)))
	})
	type change struct {
		InProject
		IfMatch string `header:"If-Match"`
		Body    ProjectChange
	}
	register(a, "change-project", func(ctx context.Context, in *change) (*body[ProjectView], error) {
		return answer(a.changeProject(ctx, callerIn(ctx).tenant(in.Project), in.IfMatch, in.Body))
	})
	type classes struct {
		InProject
		IfMatch string `header:"If-Match"`
		Body    struct {
			Classes []akhra.Class `json:"classes"`
		}
	}
	register(a, "set-classes", func(ctx context.Context, in *classes) (*body[ProjectView], error) {
		return answer(a.setClasses(ctx, callerIn(ctx).tenant(in.Project), in.IfMatch, in.Body.Classes))
	})
}

func (a *API) listProjects(ctx context.Context, c *caller) (ProjectList, error) {
	all, err := a.DB.Projects(ctx, c.user.Org)
	if err != nil {
		return ProjectList{}, fmt.Errorf("list projects: %w", err)
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

func (a *API) card(ctx context.Context, p akhra.Project) (ProjectCard, error) {
	t := akhra.Tenant{Org: p.Org, Project: p.ID}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return ProjectCard{}, fmt.Errorf("count a project: %w", err)
	}
	card := ProjectCard{ID: p.ID, Name: p.Name, Question: p.Question, Items: n.Items, Answers: n.Answers, Done: n.Done}
	first, err := a.DB.Items(ctx, t, 0, 1)
	if err != nil {
		return card, fmt.Errorf("find a cover: %w", err)
	}
	if len(first) > 0 {
		url := pictureURL(p.ID, first[0].ID, 0)
		card.Cover = &url
	}
	return card, nil
}

func (a *API) addProject(ctx context.Context, c *caller, in NewProject) (ProjectView, error) {
	if !akhra.ValidID(string(in.ID)) {
		return ProjectView{}, akhra.InvalidField("id", "The project has no valid id.")
	}
	p := akhra.Project{ID: in.ID, Org: c.user.Org, Name: strings.TrimSpace(in.Name), Question: strings.TrimSpace(in.Question),
		Settings: akhra.DefaultSettings(), Created: akhra.MillisOf(a.Now())}
	in.Settings.apply(&p.Settings)
	labels := akhra.LabelSet{Version: 1, Classes: in.Classes}
	if err := p.Validate(); err != nil {
		return ProjectView{}, err
	}
	if err := labels.Validate(); err != nil {
		return ProjectView{}, err
	}
	if stored, _, err := a.DB.Project(ctx, c.tenant(in.ID)); err == nil && stored.Name == p.Name && stored.Question == p.Question {
		return a.viewProject(ctx, c.tenant(in.ID))
	}
	id, err := a.id()
	if err != nil {
		return ProjectView{}, fmt.Errorf("make a label set's id: %w", err)
	}
	labels.ID = akhra.LabelSetID(id)
	p.LabelSet = labels.ID
	if err := a.DB.AddProject(ctx, c.tenant(p.ID), p, labels); err != nil {
		return ProjectView{}, err
	}
	return a.viewProject(ctx, c.tenant(p.ID))
}

func (a *API) viewProject(ctx context.Context, t akhra.Tenant) (ProjectView, error) {
	p, labels, err := a.DB.Project(ctx, t)
	if err != nil {
		return ProjectView{}, err
	}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return ProjectView{}, fmt.Errorf("count a project: %w", err)
	}
	return ProjectView{ID: p.ID, Name: p.Name, Question: p.Question, Settings: p.Settings,
		LabelSet: LabelSetView{labels.Version, labels.Classes}, Rev: rev(p, labels),
		Counts: viewCounts(n)}, nil
}

func (a *API) changeProject(ctx context.Context, t akhra.Tenant, match string, in ProjectChange) (ProjectView, error) {
	p, _, err := a.matching(ctx, t, match)
	if err != nil {
		return ProjectView{}, err
	}
	set(&p.Name, in.Name)
	set(&p.Question, in.Question)
	in.Settings.apply(&p.Settings)
	if err := p.Validate(); err != nil {
		return ProjectView{}, err
	}
	if err := a.DB.UpdateProject(ctx, t, p); err != nil {
		return ProjectView{}, fmt.Errorf("change project: %w", err)
	}
	a.projects.drop(t)
	return a.viewProject(ctx, t)
}

// setClasses stores the next version of the classes. A class that is absent
// from the new list is kept as deleted: answers name it.
func (a *API) setClasses(ctx context.Context, t akhra.Tenant, match string, classes []akhra.Class) (ProjectView, error) {
	_, labels, err := a.matching(ctx, t, match)
	if err != nil {
		return ProjectView{}, err
	}
	next := akhra.LabelSet{Classes: classes}
	for _, old := range labels.Classes {
		if _, kept := next.Class(old.ID); !kept {
			old.Deleted = true
			next.Classes = append(next.Classes, old)
		}
	}
	if err := next.Validate(); err != nil {
		return ProjectView{}, err
	}
	if _, err := a.DB.SetLabels(ctx, t, next.Classes); err != nil {
		return ProjectView{}, fmt.Errorf("set classes: %w", err)
	}
	a.projects.drop(t)
	return a.viewProject(ctx, t)
}

func (a *API) matching(ctx context.Context, t akhra.Tenant, match string) (akhra.Project, akhra.LabelSet, error) {
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

// projectCache remembers projects and their classes for at most sessionFresh,
// for the hot path.
type projectCache struct {
	now  func() time.Time
	mu   sync.RWMutex
	kept map[akhra.Tenant]keptProject
}

type keptProject struct {
	project akhra.Project
	labels  akhra.LabelSet
	live    map[akhra.ClassID]bool
	open    int // pictures that want answers
	until   time.Time
}

func newProjectCache(now func() time.Time) *projectCache {
	return &projectCache{now: now, kept: map[akhra.Tenant]keptProject{}}
}

func (c *projectCache) drop(t akhra.Tenant) {
	c.mu.Lock()
	delete(c.kept, t)
	c.mu.Unlock()
}

// known returns a project from memory or the store; not found when the
// organisation has no such project.
func (a *API) known(ctx context.Context, t akhra.Tenant) (keptProject, error) {
	c := a.projects
	c.mu.RLock()
	k, ok := c.kept[t]
	c.mu.RUnlock()
	if ok && c.now().Before(k.until) {
		return k, nil
	}
	p, labels, err := a.DB.Project(ctx, t)
	if err != nil {
		return k, err
	}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return k, err
	}
	k = keptProject{project: p, labels: labels, live: map[akhra.ClassID]bool{}, open: n.Open, until: c.now().Add(sessionFresh)}
	for _, class := range labels.Classes {
		if !class.Deleted {
			k.live[class.ID] = true
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= maxCached {
		clear(c.kept)
	}
	c.kept[t] = k
	return k, nil
}
