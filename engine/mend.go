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
	all := []Mended{}
	err := e.eachProject(ctx, func(t akhra.Tenant, name string) error {
		m, err := e.Sight.Mend(ctx, t)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		one := Mended{Project: name, Mended: m}
		if err != nil {
			one.Problem = err.Error()
		}
		all = append(all, one)
		return nil
	})
	return all, err
}

// eachProject calls do with every project that is not being erased.
func (e *Engine) eachProject(ctx context.Context, do func(t akhra.Tenant, name string) error) error {
	org, err := e.db.EnsureOrg(ctx, "Akhra")
	if err != nil {
		return fmt.Errorf("find the organisation: %w", err)
	}
	projects, err := e.db.Projects(ctx, org.ID)
	if err != nil {
		return fmt.Errorf("read projects: %w", err)
	}
	for _, p := range projects {
		if p.State == akhra.ProjectErasing {
			continue
		}
		if err := do(akhra.Tenant{Org: org.ID, Project: p.ID}, p.Name); err != nil {
			return err
		}
	}
	return nil
}
