package queue

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the queue needs kept.
type Store interface {
	// Lease gives the annotator at most n tasks: her open leases, renewed, then
	// the given places in their order, except tasks she holds or answered.
	Lease(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error)
	// Leases streams the open assignments of a project.
	Leases(ctx context.Context, t akhra.Tenant, fn func(akhra.Assignment) error) error
	// ReleaseExpired ends the leases that ran out and counts them.
	ReleaseExpired(ctx context.Context, org akhra.OrgID, now akhra.Millis) (int, error)
}

// Ranking says what to ask next: for each task one slot per answer it still
// wants, leases not considered, most useful first.
type Ranking interface {
	Rank(ctx context.Context, t akhra.Tenant, n int) ([]akhra.Slot, error)
}
