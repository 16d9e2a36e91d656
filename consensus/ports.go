package consensus

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the room reads of a project and the posteriors and skills it
// writes.
type Store interface {
	Facts
	Model(ctx context.Context, t akhra.Tenant) (akhra.Model, error)
	OutOfFold(ctx context.Context, t akhra.Tenant, version int64, fn func(akhra.Prediction) error) error
	PutConsensus(ctx context.Context, t akhra.Tenant, rows []akhra.Consensus) error
	Append(ctx context.Context, e akhra.Event) (akhra.Seq, error)
	PutSkills(ctx context.Context, t akhra.Tenant, skills []akhra.Skill) error
	PutFigures(ctx context.Context, t akhra.Tenant, people []akhra.Figures, all bool) error
	Figures(ctx context.Context, t akhra.Tenant) ([]akhra.Figures, error)
}

// Facts are what is stored of a project, read when it is first needed.
type Facts interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Tasks(ctx context.Context, t akhra.Tenant, fn func(akhra.Task) error) error
	Standing(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	Gold(ctx context.Context, t akhra.Tenant, fn func(akhra.Gold) error) error
	// Overlaps streams the pictures after a place whose batch has an overlap of
	// its own.
	Overlaps(ctx context.Context, t akhra.Tenant, after int64, fn func(item akhra.ItemID, overlap int) error) error
	Plants(ctx context.Context, t akhra.Tenant) ([]akhra.Plant, error)
	Reviews(ctx context.Context, t akhra.Tenant, fn func(akhra.Review) error) error
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
}
