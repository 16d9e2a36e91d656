package queue

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the queue needs kept.
type Store interface {
	// Lease gives the annotator at most n tasks: her open leases in no pack, renewed, then
	// the given places in their order, except tasks she holds or answered.
	Lease(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error)
	// TakePack gives the annotator a pack of at most p.Size tasks: those of it
	// that are open, renewed, then the given places likewise.
	TakePack(ctx context.Context, t akhra.Tenant, p akhra.Pack, places []akhra.Slot) ([]akhra.Assignment, error)
	// ReturnPack ends the open leases of a pack and lists them.
	ReturnPack(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, id akhra.PackID) ([]akhra.Assignment, error)
	// OpenGrid gives the tiles that the annotator has open, renewed, and counts
	// the questions of her last grid that come before the next one.
	OpenGrid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, until akhra.Millis) (tiles []akhra.Assignment, first int, err error)
	// TakeGrid gives the annotator a grid, and beside it the share that stays blind.
	TakeGrid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, until akhra.Millis, tiles, blind []akhra.Slot) ([]akhra.Assignment, error)
	// Leases streams the open assignments of a project.
	Leases(ctx context.Context, t akhra.Tenant, fn func(akhra.Assignment) error) error
	// Project reads a project's rules.
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	// GoldFor chooses at most n tasks with a known answer that the annotator
	// never had, least often asked first.
	GoldFor(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int) ([]akhra.Slot, error)
	// Appeals streams the open appeals of a project, oldest first.
	Appeals(ctx context.Context, t akhra.Tenant, fn func(akhra.Appeal) error) error
	// Reviewable tells which of some tasks a reviewer may decide now.
	Reviewable(ctx context.Context, t akhra.Tenant, reviewer akhra.UserID, tasks []akhra.TaskID) (map[akhra.TaskID]bool, error)
	// ReleaseExpired ends the leases that ran out and counts them.
	ReleaseExpired(ctx context.Context, org akhra.OrgID, now akhra.Millis) (int, error)
}

// Ranking says what to ask next: for each task one slot per answer it still
// wants, leases not considered, most useful first. Tasks that an annotator
// answered are left out when one is named.
type Ranking interface {
	Rank(ctx context.Context, t akhra.Tenant, n int, besides akhra.UserID) ([]akhra.Slot, error)
	// Sure lists for each of some classes at most n tasks that want an answer
	// and whose picture the model is sure shows it, as Rank would ask them.
	Sure(ctx context.Context, t akhra.Tenant, besides akhra.UserID, classes []akhra.ClassID, n int) (map[akhra.ClassID][]akhra.Slot, error)
	// Contested lists at most n tasks that a second person should decide, where
	// it matters most first.
	Contested(ctx context.Context, t akhra.Tenant, n int) ([]akhra.Slot, error)
}

// Proposer says what of the model's opinion goes with places that an annotator
// is about to get: it sets their Proposal.
type Proposer interface {
	Propose(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, places []akhra.Slot) error
	// Shown lists the classes that may be put to people.
	Shown(ctx context.Context, t akhra.Tenant) ([]akhra.ClassID, error)
	// Grid chooses the tiles of a grid of one class, and the share that stays blind.
	Grid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, sure map[akhra.ClassID][]akhra.Slot, class akhra.ClassID) (tiles, blind []akhra.Slot, err error)
}
