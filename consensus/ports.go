package consensus

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the room reads of a project and the posteriors and skills it
// writes.
type Store interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Standing(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	Model(ctx context.Context, t akhra.Tenant) (akhra.Model, error)
	OutOfFold(ctx context.Context, t akhra.Tenant, version int64, fn func(akhra.Prediction) error) error
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
	PutConsensus(ctx context.Context, t akhra.Tenant, rows []akhra.Consensus) error
	PutSkills(ctx context.Context, t akhra.Tenant, skills []akhra.Skill) error
}
