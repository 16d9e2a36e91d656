package loop

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the loop reads of a project and the little it writes.
type Store interface {
	Facts
	Models
	Promises
}

// Promises are what is promised of a project's pictures.
type Promises interface {
	Promises(ctx context.Context, t akhra.Tenant) ([]akhra.Promise, error)
	Accepted(ctx context.Context, t akhra.Tenant, fn func(akhra.Accepted) error) error
}

// Facts are the pictures, batches, tasks, answers and posteriors of a project.
type Facts interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Items(ctx context.Context, t akhra.Tenant, afterSeq int64, limit int) ([]akhra.Item, error)
	Tasks(ctx context.Context, t akhra.Tenant, fn func(akhra.Task) error) error
	Batches(ctx context.Context, t akhra.Tenant) ([]akhra.Batch, error)
	Standing(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	Consensus(ctx context.Context, t akhra.Tenant, tasks []akhra.TaskID, fn func(akhra.Consensus) error) error
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
	Skills(ctx context.Context, t akhra.Tenant) ([]akhra.Skill, error)
}

// Models are what the loop keeps: versions, out-of-fold probabilities, the
// learning curve and blind answers; and the recipe it reads vectors by.
type Models interface {
	SwapModel(ctx context.Context, t akhra.Tenant, m akhra.Model, outOfFold []akhra.Prediction, point *akhra.CurvePoint) error
	Model(ctx context.Context, t akhra.Tenant) (akhra.Model, error)
	OutOfFold(ctx context.Context, t akhra.Tenant, version int64, fn func(akhra.Prediction) error) error
	Curve(ctx context.Context, t akhra.Tenant) ([]akhra.CurvePoint, error)
	PutBlind(ctx context.Context, t akhra.Tenant, blinds []akhra.Blind) error
	Blinds(ctx context.Context, t akhra.Tenant) ([]akhra.Blind, error)
	Recipe(ctx context.Context, t akhra.Tenant) (blob string, version int64, err error)
}

// Blobs keeps recipes and vector files.
type Blobs interface {
	Get(ctx context.Context, hash string) ([]byte, error)
	ReadVectors(org, project string, version int64) (seqs []int64, dim int, rows [][]float32, err error)
}
