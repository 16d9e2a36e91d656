package queue

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the queue needs kept.
type Store interface {
	// ReplaceAvail swaps the open places of a project.
	ReplaceAvail(ctx context.Context, t akhra.Tenant, slots []akhra.Slot) error
	// Lease gives the annotator her open leases first, then open places; never
	// a task she holds or answered.
	Lease(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis) ([]akhra.Assignment, error)
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
