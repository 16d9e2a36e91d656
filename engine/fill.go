package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"akhra.dev/akhra"
	"akhra.dev/akhra/catalogue"
)

// filling is how far the pictures are read after a start.
type filling struct {
	done, total atomic.Int64
	over        atomic.Bool
}

// Filling tells how many pictures were read since the start, of how many, and
// whether that is over, so that the first look at a project finds it in memory.
func (e *Engine) Filling() (done, total int, over bool) {
	return int(e.filling.done.Load()), int(e.filling.total.Load()), e.filling.over.Load()
}

// fill reads the pictures of the projects, those answered last first, as many as
// stay in memory. What fails here is said to whoever looks.
func (e *Engine) fill(ctx context.Context) {
	if e.filling.over.Load() {
		return
	}
	defer e.filling.over.Store(true)
	tenants, err := e.liveliest(ctx)
	if err != nil {
		e.log.Warn("pictures are not read ahead", "error", err)
		return
	}
	for _, t := range tenants {
		if err := e.Catalogue.Fill(ctx, t, func(n int) { e.filling.done.Add(int64(n)) }); err != nil && ctx.Err() == nil {
			e.log.Warn("pictures of a project are not read ahead", "project", t.Project, "error", err)
		}
	}
}

// liveliest are the projects whose pictures stay in memory, and counts them.
func (e *Engine) liveliest(ctx context.Context) (tenants []akhra.Tenant, err error) {
	projects, err := e.db.Projects(ctx, e.org)
	if err != nil {
		return nil, fmt.Errorf("read projects: %w", err)
	}
	last := make(map[akhra.ProjectID]akhra.Millis, len(projects))
	for _, p := range projects {
		people, err := e.db.PerAnnotator(ctx, akhra.Tenant{Org: e.org, Project: p.ID})
		if err != nil {
			return nil, fmt.Errorf("read when a project was answered: %w", err)
		}
		last[p.ID] = p.Created
		for _, one := range people {
			last[p.ID] = max(last[p.ID], one.Last)
		}
	}
	slices.SortStableFunc(projects, func(a, b akhra.Project) int { return cmp.Compare(last[b.ID], last[a.ID]) })
	for _, p := range projects {
		t := akhra.Tenant{Org: e.org, Project: p.ID}
		n, err := e.db.Counts(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("count a project: %w", err)
		}
		if e.filling.total.Load()+int64(n.Items) <= catalogue.Kept {
			e.filling.total.Add(int64(n.Items))
			tenants = append(tenants, t)
		}
	}
	return tenants, nil
}
