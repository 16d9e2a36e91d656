package sim

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// Kinds of id a simulation makes itself.
const (
	kindClass = iota + 1
	kindUser
	kindItem
	kindProject
)

// anonymousCrowd is how many people take turns when answers carry no name.
const anonymousCrowd = 5

// leastOverlap is how many people answer each picture before any doubt where
// no model speaks and people are known by name (docs/TRUTH.md 7).
const leastOverlap = 2

// clock is a virtual clock.
type clock struct{ millis atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMilli(c.millis.Load()) }
func (c *clock) advance(d time.Duration) { c.millis.Add(d.Milliseconds()) }

// world is one platform in a temporary folder: a store, an engine, a project
// with its pictures, and people who answer.
type world struct {
	o       Options
	data    *data
	dir     string
	clock   clock
	chance  *rand.ChaCha8
	db      *store.DB
	blobs   *blob.Store
	engine  *engine.Engine
	tenant  akhra.Tenant
	people  []akhra.UserID
	at      map[akhra.ItemID]int // index in the pool
	given   []int                // answers given per picture
	audit   []bool               // pictures drawn for the audit
	audited int                  // answers to them

	proposals Proposals
	expert    akhra.UserID // adjudicates audit pictures

	delivered bool // nothing was left to ask; what is asked now is beyond the promise
	test      [][]float32
	cache     *Cache
	dice      *rand.Rand
	noise     *noise // of simulated answers, nil when all are right

	embedder string // of the project, its networks by name
}

func newWorld(ctx context.Context, o Options, d *data) (w *world, err error) {
	w = &world{o: o, data: d, cache: o.Cache, at: map[akhra.ItemID]int{}, given: make([]int, len(d.pool)), audit: make([]bool, len(d.pool))}
	if w.cache == nil {
		w.cache = &Cache{}
	}
	w.clock.millis.Store(1_700_000_000_000)
	w.chance = rand.NewChaCha8([32]byte{1: byte(o.Seed), 2: byte(o.Seed >> 8), 3: byte(o.Seed >> 16), 4: byte(o.Seed >> 24)})
	w.dice = rand.New(rand.NewPCG(o.Seed, 14))
	if w.noise, err = noiseOf(o, d.classes); err != nil {
		return nil, err
	}
	if d.byName() {
		d.shuffle(w.dice)
	}
	if w.dir, err = os.MkdirTemp("", "akhra-simulate-"); err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	if err = w.build(ctx); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *world) build(ctx context.Context) (err error) {
	w.db, err = store.Open(ctx, w.dir, store.Options{Now: w.clock.now, Chance: w.chance, Synchronous: "OFF"})
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if w.blobs, err = blob.Open(filepath.Join(w.dir, "blobs")); err != nil {
		return fmt.Errorf("open blobs: %w", err)
	}
	w.start()
	org, err := w.db.EnsureOrg(ctx, "Simulation")
	if err != nil {
		return fmt.Errorf("make organisation: %w", err)
	}
	w.tenant = akhra.Tenant{Org: org.ID, Project: akhra.ProjectID(id(kindProject, 1))}
	if err := w.addPeople(ctx); err != nil {
		return err
	}
	if err := w.addNetworks(ctx); err != nil {
		return err
	}
	if err := w.addProject(ctx); err != nil {
		return err
	}
	return w.addPictures(ctx)
}

// perfect tells whether one answer settles a picture.
func (w *world) perfect() bool { return !w.data.recorded && w.noise == nil }

func (w *world) addPeople(ctx context.Context) error {
	crowd := anonymousCrowd
	switch {
	case w.perfect():
		crowd = 1
	case w.data.byName():
		crowd = len(w.data.people)
	case len(w.o.Skills) > 0:
		crowd = len(w.o.Skills)
	}
	for n := range crowd {
		who, err := w.addUser(ctx, n, fmt.Sprintf("Annotator %d", n+1), akhra.Annotator)
		if err != nil {
			return err
		}
		w.people = append(w.people, who)
	}
	var err error
	w.expert, err = w.addUser(ctx, crowd, "Expert", akhra.Reviewer)
	return err
}

func (w *world) addUser(ctx context.Context, n int, name string, role akhra.Role) (akhra.UserID, error) {
	user := akhra.User{ID: akhra.UserID(id(kindUser, n)), Org: w.tenant.Org, Name: name, Login: fmt.Sprintf("user%d", n+1),
		Role: role, Created: akhra.MillisOf(w.clock.now())}
	if err := w.db.AddUser(ctx, user); err != nil {
		return "", fmt.Errorf("add a person: %w", err)
	}
	return user.ID, nil
}

func (w *world) addProject(ctx context.Context) error {
	s := akhra.DefaultSettings()
	s.Embedder = w.embedder
	s.Strategy, s.Seed, s.Target, s.Delta, s.Audit = w.o.Strategy, w.o.Seed, w.o.Target, w.o.Delta, w.o.Audit
	s.Propose = w.o.Propose
	s.Cap = min(akhra.DefaultCap, len(w.people))
	if w.perfect() {
		s.Cap = 1
	}
	if w.data.recorded {
		s.Cap = min(w.data.most, akhra.MaxOverlap)
		s.Pooled = w.data.anonymous
	}
	if w.o.Images == "" && (w.data.byName() || w.noise != nil) {
		s.Overlap = min(leastOverlap, s.Cap)
	}
	labels := akhra.LabelSet{ID: akhra.LabelSetID(id(kindProject, 2)), Version: 1}
	for k, name := range w.data.classes {
		labels.Classes = append(labels.Classes, akhra.Class{ID: w.class(k), Name: name})
	}
	project := akhra.Project{ID: w.tenant.Project, Org: w.tenant.Org, Name: "Simulation", Question: "What is it?",
		LabelSet: labels.ID, Settings: s, Created: akhra.MillisOf(w.clock.now())}
	if err := w.db.AddProject(ctx, w.tenant, project, labels); err != nil {
		return fmt.Errorf("add project: %w", err)
	}
	return nil
}

func (w *world) class(k int) akhra.ClassID { return akhra.ClassID(id(kindClass, k)) }

const addBatch = 500

// addPictures brings the pool in. The score needs no variants, so pictures
// come as the small squares that embedders read, and as they are for networks.
func (w *world) addPictures(ctx context.Context) error {
	pool, err := w.copies("pool", w.data.pool)
	if err != nil {
		return err
	}
	var items []akhra.Item
	for i, p := range w.data.pool {
		item := akhra.Item{ID: akhra.ItemID(id(kindItem, i)), Blob: fmt.Sprintf("%064x", i), Name: p.file,
			Width: side, Height: side, Created: akhra.MillisOf(w.clock.now())}
		if pool != nil {
			if err := w.keep(ctx, &item, pool[i]); err != nil {
				return err
			}
		}
		w.at[item.ID] = i
		items = append(items, item)
	}
	for from := 0; from < len(items); from += addBatch {
		if _, err := w.db.AddItems(ctx, w.tenant, items[from:min(from+addBatch, len(items))]); err != nil {
			return fmt.Errorf("add pictures: %w", err)
		}
	}
	if pool == nil {
		return nil
	}
	return w.embed(ctx)
}

func (w *world) keep(ctx context.Context, item *akhra.Item, c copied) (err error) {
	if item.Thumb, err = w.blobs.PutBytes(ctx, c.thumb); err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	if w.embedder == "builtin" {
		return nil
	}
	if item.Variants[0], err = w.blobs.PutBytes(ctx, c.body); err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	return nil
}

func (w *world) copies(part string, list []picture) ([]copied, error) {
	if w.o.Images == "" || len(list) == 0 {
		return nil, nil
	}
	return w.cache.copiesOf(w.key(part), w.o.Images, list)
}

func (w *world) key(part string) string {
	return fmt.Sprintf("%s|%s|%s|%d|%s|%s", part, w.o.Images, w.o.Labels, w.o.Limit, w.o.Split, w.o.Embedder)
}

// embed gives the pool its vectors: from the cache if an earlier run of this
// process made them, else through the loop, as the server does.
func (w *world) embed(ctx context.Context) error {
	known := w.cache.get(w.key("pool"))
	if known != nil {
		hash, err := w.blobs.PutBytes(ctx, known.recipe)
		if err != nil {
			return fmt.Errorf("keep recipe: %w", err)
		}
		version, err := w.db.PutRecipe(ctx, w.tenant, hash)
		if err != nil {
			return fmt.Errorf("keep recipe: %w", err)
		}
		err = w.blobs.WriteVectors(string(w.tenant.Org), string(w.tenant.Project), version, known.seqs, known.dim, known.rows)
		if err != nil {
			return fmt.Errorf("keep vectors: %w", err)
		}
	} else if err := w.embedAnew(ctx); err != nil {
		return err
	}
	test, err := w.copies("test", w.data.test)
	if err != nil || test == nil {
		return err
	}
	pictures, err := asPictures(test)
	if err != nil {
		return err
	}
	w.test, err = w.engine.Sight.VectorsOf(ctx, w.tenant, pictures)
	return err
}

func (w *world) embedAnew(ctx context.Context) error {
	if err := w.engine.Sight.Vectors(ctx, w.tenant, nil); err != nil {
		return err
	}
	hash, version, err := w.db.Recipe(ctx, w.tenant)
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	e := &embedded{}
	if e.recipe, err = w.blobs.Get(ctx, hash); err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	e.seqs, e.dim, e.rows, err = w.blobs.ReadVectors(string(w.tenant.Org), string(w.tenant.Project), version)
	if err != nil {
		return fmt.Errorf("read vectors: %w", err)
	}
	w.cache.put(w.key("pool"), e)
	w.start() // reads the vectors as they were kept, like a run from the cache
	return nil
}

func (w *world) start() {
	w.engine = engine.New(engine.Config{DB: w.db, Blobs: w.blobs, Now: w.clock.now, Chance: w.chance, Log: slog.New(slog.DiscardHandler)})
}

func (w *world) close() {
	if w.db != nil {
		_ = w.db.Close() // the folder goes at once
	}
	_ = os.RemoveAll(w.dir)
}
