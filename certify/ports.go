package certify

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the room reads of a project and the promises it writes.
type Store interface {
	Facts
	Promises(ctx context.Context, t akhra.Tenant) ([]akhra.Promise, error)
	User(ctx context.Context, org akhra.OrgID, id akhra.UserID) (akhra.User, error)
	// DrawAudit stores promises, makes tasks audit tasks and others ordinary again.
	DrawAudit(ctx context.Context, t akhra.Tenant, promises []akhra.Promise, audit, free []akhra.TaskID) error
	// StoreLook stores a promise after a look, with the pictures it accepts.
	StoreLook(ctx context.Context, t akhra.Tenant, p akhra.Promise, accepted []akhra.Accepted) error
}

// Facts are the tasks of a project, what people said and what became of it.
type Facts interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Tasks(ctx context.Context, t akhra.Tenant, fn func(akhra.Task) error) error
	Standing(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
	// Asked streams for which reasons somebody was asked who answered a picture.
	Asked(ctx context.Context, t akhra.Tenant, fn func(akhra.ItemID, akhra.Why) error) error
}

// Model says what it thinks of every picture, all by one version; of pictures
// that taught it, out of fold.
type Model interface {
	Predictions(ctx context.Context, t akhra.Tenant, fn func(akhra.Prediction)) error
}

// Judge tells the class that the ordinary rule of stopping would have delivered
// of audit tasks, had the model said this of them.
type Judge interface {
	Replay(ctx context.Context, t akhra.Tenant, said map[akhra.TaskID][]float64) (map[akhra.TaskID]akhra.ClassID, error)
}
