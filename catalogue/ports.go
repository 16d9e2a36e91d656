package catalogue

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the catalogue reads.
type Store interface {
	// Entries streams the entries of pictures by arrival, the newest round last.
	Entries(ctx context.Context, t akhra.Tenant, after, last int64, fn func(akhra.Entry) error) error
	Entry(ctx context.Context, t akhra.Tenant, item akhra.ItemID) (akhra.Entry, error)
	// Voices streams all answers in the order they were stored.
	Voices(ctx context.Context, t akhra.Tenant, fn func(akhra.Voice) error) error
	VoicesOf(ctx context.Context, t akhra.Tenant, item akhra.ItemID, fn func(akhra.Voice) error) error
	Task(ctx context.Context, t akhra.Tenant, id akhra.TaskID) (akhra.Task, error)
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Events(ctx context.Context, org akhra.OrgID, after akhra.Seq, limit int) ([]akhra.Event, error)
	Head(ctx context.Context, org akhra.OrgID) (akhra.Seq, error)
}

// Model is the learner, which alone knows what it thinks of every picture now.
type Model interface {
	Predictions(ctx context.Context, t akhra.Tenant, fn func(akhra.Prediction)) error
}
