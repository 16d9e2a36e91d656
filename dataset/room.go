package dataset

import (
	"context"
	"io"

	"akhra.dev/akhra"
)

// Store is what the room reads of a project and the versions it writes.
type Store interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	Item(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (akhra.Item, error)
	Rows(ctx context.Context, t akhra.Tenant, fn func(akhra.Row) error) error
	Votes(ctx context.Context, t akhra.Tenant, fn func(akhra.Vote) error) error
	VotesOf(ctx context.Context, t akhra.Tenant, item akhra.ItemID) ([]akhra.Vote, error)
	AddDataset(ctx context.Context, t akhra.Tenant, d akhra.Dataset) (akhra.Dataset, error)
	NewID() string
}

// Blobs keeps frozen bytes and has the pictures.
type Blobs interface {
	Put(ctx context.Context, r io.Reader) (hash string, size int64, err error)
	Get(ctx context.Context, hash string) ([]byte, error)
}

// Child is what the model says of pictures nobody was asked about, how well it
// knows each class, and what is certified.
type Child interface {
	// Version is that of the model in force, 0 while there is none.
	Version(ctx context.Context, t akhra.Tenant) (int64, error)
	// Says tells the model's probabilities of every picture, by live class.
	Says(ctx context.Context, t akhra.Tenant, fn func(item akhra.ItemID, probabilities []float64)) error
	// Foreseen counts blind answers of each class: foreseen, and in all.
	Foreseen(ctx context.Context, t akhra.Tenant) (map[akhra.ClassID][2]int, error)
	// Certificate is the newest; not found while nothing is certified.
	Certificate(ctx context.Context, t akhra.Tenant) (akhra.Certificate, error)
}

// Room freezes what projects deliver.
type Room struct {
	store Store
	blobs Blobs
	child Child
}

// New makes the room over a store, a place for bytes and what the model knows.
func New(store Store, blobs Blobs, child Child) *Room {
	return &Room{store: store, blobs: blobs, child: child}
}
