// Package sight turns the pictures of a project into vectors and finds by them
// what looks alike. It fits the recipe, computes what lacks a vector, checks the
// stored ones, and groups pictures that are nearly the same. It keeps vectors on
// the disk; those in force live in the learner's memory, which it asks and gives.
// It neither trains nor asks anybody.
//
//	room := sight.New(learner, db, blobs, networks, time.Now, log)
//	err := room.Vectors(ctx, tenant, progress)
//	like, err := room.Similar(ctx, tenant, item, 12)
package sight

import (
	"context"
	"fmt"
	"image"
	"log/slog"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
)

// Learner is who learns from the vectors and holds those in force.
type Learner interface {
	// Sights calls each for every picture and tells by what they are seen.
	Sights(ctx context.Context, t akhra.Tenant, each func(loop.Sight)) (loop.Seeing, error)
	// Settled gives the classes of those pictures that answers of people settled.
	Settled(ctx context.Context, t akhra.Tenant, ids []akhra.ItemID) (map[akhra.ItemID]akhra.ClassID, error)
	// Give gives pictures vectors by the recipe in force.
	Give(ctx context.Context, t akhra.Tenant, rows map[akhra.ItemID][]float32) error
	// Renew puts a new recipe in force, with the vectors of all pictures.
	Renew(ctx context.Context, t akhra.Tenant, to loop.Recipe, rows map[akhra.ItemID][]float32) error
	// Regroup finds near-duplicates anew where the project wants it.
	Regroup(ctx context.Context, t akhra.Tenant) error
	// Reload reads the vectors on disk again.
	Reload(ctx context.Context, t akhra.Tenant) error
}

// Store keeps which recipe is in force and the log.
type Store interface {
	PutRecipe(ctx context.Context, t akhra.Tenant, blob string) (int64, error)
	Append(ctx context.Context, e akhra.Event) (akhra.Seq, error)
}

// Blobs keeps recipes, small copies of pictures and vector files.
type Blobs interface {
	Get(ctx context.Context, hash string) ([]byte, error)
	PutBytes(ctx context.Context, body []byte) (string, error)
	WriteVectors(org, project string, version int64, seqs []int64, dim int, rows [][]float32) error
	ReplaceVectors(org, project string, version int64, seqs []int64, dim int, rows [][]float32) error
	ReadVectors(org, project string, version int64) (seqs []int64, dim int, rows [][]float32, err error)
}

// Embedder gives the features of pictures by a trained network; it is safe for
// concurrent use.
type Embedder interface {
	Dim() int
	Embed(ctx context.Context, pictures []image.Image) ([][]float32, error)
}

// Networks opens the trained network of some name.
type Networks func(ctx context.Context, org akhra.OrgID, name string) (Embedder, error)

// Room sees the pictures of every project. It is safe for concurrent use.
type Room struct {
	learner  Learner
	store    Store
	blobs    Blobs
	networks Networks
	now      func() time.Time
	log      *slog.Logger

	mu       sync.Mutex
	projects map[akhra.Tenant]*project
}

// project is what goes on in one project.
type project struct {
	seeing  sync.Mutex // one run over its pictures at a time
	doubles doubles
}

// New makes the room beside a learner, over a store, the blobs and the trained
// networks that projects may name.
func New(learner Learner, store Store, blobs Blobs, networks Networks, now func() time.Time, log *slog.Logger) *Room {
	return &Room{learner: learner, store: store, blobs: blobs, networks: networks, now: now, log: log, projects: map[akhra.Tenant]*project{}}
}

func (r *Room) project(t akhra.Tenant) *project {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.projects[t]
	if p == nil {
		p = &project{}
		r.projects[t] = p
	}
	return p
}

// seeing tells by what the pictures of a project are seen.
func (r *Room) seeing(ctx context.Context, t akhra.Tenant) (loop.Seeing, error) {
	return r.learner.Sights(ctx, t, func(loop.Sight) {})
}

// tell logs that pictures got their vectors.
func (r *Room) tell(ctx context.Context, t akhra.Tenant, version int64, pictures int) error {
	_, err := r.store.Append(ctx, akhra.Event{Org: t.Org, Project: t.Project, Kind: akhra.EventVectorsReady,
		Body: fmt.Sprintf(`{"version":%d,"items":%d}`, version, pictures), At: akhra.MillisOf(r.now())})
	if err != nil {
		return fmt.Errorf("log vectors: %w", err)
	}
	return nil
}
