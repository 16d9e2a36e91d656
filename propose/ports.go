package propose

import (
	"context"

	"akhra.dev/akhra"
)

// Store is what the room reads of a project.
type Store interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	// BlindProposals streams what people said from whom a proposal was kept back.
	BlindProposals(ctx context.Context, t akhra.Tenant, after akhra.Seq, fn func(akhra.Blind) error) error
	// Plants lists the answers to what was wrong on purpose, oldest first.
	Plants(ctx context.Context, t akhra.Tenant) ([]akhra.Plant, error)
}

// Model tells what it thinks of pictures, out of fold where people answered
// them, and the classes in the order of its probabilities. It says nothing of
// audit pictures and of what is decided.
type Model interface {
	Tell(ctx context.Context, t akhra.Tenant, items []akhra.ItemID) (classes []akhra.ClassID, told []akhra.Prediction, err error)
}
