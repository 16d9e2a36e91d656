package door

import (
	"context"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// LabelSetView is the newest version of a project's classes.
type LabelSetView struct {
	Version int           `json:"version"`
	Classes []akhra.Class `json:"classes"`
}

// ViewLabels shows a label set.
func ViewLabels(l akhra.LabelSet) LabelSetView { return LabelSetView{l.Version, l.Classes} }

// InProject is the input of an operation on a project.
type InProject struct {
	Project akhra.ProjectID `path:"project" maxLength:"40"`
}

// projectCache remembers projects and their classes for at most sessionFresh,
// for the hot path.
type projectCache struct {
	now  func() time.Time
	mu   sync.RWMutex
	kept map[akhra.Tenant]KnownProject
}

// KnownProject is a project as it was at most 2 seconds ago.
type KnownProject struct {
	Project akhra.Project
	Labels  akhra.LabelSet
	Live    map[akhra.ClassID]bool
	until   time.Time
}

func newProjectCache(now func() time.Time) *projectCache {
	return &projectCache{now: now, kept: map[akhra.Tenant]KnownProject{}}
}

// ForgetProject drops the memory of a project, after it changed.
func (a *Door) ForgetProject(t akhra.Tenant) {
	c := a.projects
	c.mu.Lock()
	delete(c.kept, t)
	c.mu.Unlock()
	a.left.forget(t)
}

// Known returns a project from memory or the store; not found when the
// organisation has no such project.
func (a *Door) Known(ctx context.Context, t akhra.Tenant) (KnownProject, error) {
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
	if p.State == akhra.ProjectErasing {
		return KnownProject{Project: p}, akhra.Errorf(akhra.NotFound, "There is no such project.")
	}
	k = KnownProject{Project: p, Labels: labels, Live: map[akhra.ClassID]bool{}, until: c.now().Add(sessionFresh)}
	for _, class := range labels.Classes {
		if !class.Deleted {
			k.Live[class.ID] = true
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= MaxCached {
		clear(c.kept)
	}
	c.kept[t] = k
	return k, nil
}

// KnownBatch fails where a project has no such batch; none at all is fine.
func (a *Door) KnownBatch(ctx context.Context, t akhra.Tenant, id akhra.BatchID) error {
	if id == "" {
		return nil
	}
	_, err := a.DB.Batch(ctx, t, id)
	if akhra.CodeOf(err) == akhra.NotFound {
		return akhra.InvalidField("batch", "This project has no such batch.")
	}
	return err
}
