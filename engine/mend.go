package engine

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/sight"
)

// Mended is what became of the vectors of one project.
type Mended struct {
	Project string `json:"project"`
	sight.Mended
	Problem string `json:"problem,omitempty"` // why they could not be looked at
}

// Mend compares the vectors of every project with its pictures and makes those
// anew that are missing or do not fit. It may run beside Run.
func (e *Engine) Mend(ctx context.Context) ([]Mended, error) {
	org, err := e.db.EnsureOrg(ctx, "Akhra")
	if err != nil {
		return nil, fmt.Errorf("find the organisation: %w", err)
	}
	projects, err := e.db.Projects(ctx, org.ID)
	if err != nil {
		return nil, fmt.Errorf("read projects: %w", err)
	}
	all := []Mended{}
	for _, p := range projects {
		if p.State == akhra.ProjectErasing {
			continue
		}
		m, err := e.Sight.Mend(ctx, akhra.Tenant{Org: org.ID, Project: p.ID})
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		one := Mended{Project: p.Name, Mended: m}
		if err != nil {
			one.Problem = err.Error()
		}
		all = append(all, one)
	}
	return all, nil
}
