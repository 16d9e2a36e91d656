package loop

import (
	"context"
	"errors"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
)

// Recipe is what turns pictures into vectors, and where it is kept.
type Recipe struct {
	*embed.Recipe        // nil while there is none
	Blob          string // hash of its bytes
	Version       int64
	FittedOn      int // how many pictures there were
}

// Seeing is by what the pictures of a project are seen.
type Seeing struct {
	Recipe
	Embedder string // what the project's rules ask for
	Seed     uint64
}

// Sight is a picture as it is seen.
type Sight struct {
	Item   akhra.ItemID
	Seq    int64
	Thumb  string    // blob of its 64-pixel copy
	Small  string    // blob of its smallest variant
	Vector []float32 // nil while it has none; replaced, never changed
}

// Sights calls each for every picture, by order of arrival and under the
// project's lock.
func (r *Room) Sights(ctx context.Context, t akhra.Tenant, each func(Sight)) (Seeing, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return Seeing{}, err
	}
	defer p.mu.Unlock()
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			return Seeing{}, err
		}
	}
	for _, it := range p.items {
		each(Sight{it.id, it.seq, it.thumb, it.picture, it.vector})
	}
	return Seeing{Recipe{p.recipe, p.blob, p.version, p.fittedOn}, p.settings.Embedder, p.settings.Seed}, nil
}

// Give gives pictures their vectors by the recipe in force, and with a model
// of that recipe its say.
func (r *Room) Give(ctx context.Context, t akhra.Tenant, rows map[akhra.ItemID][]float32) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	for id, row := range rows {
		if it := p.at[id]; it != nil {
			p.give(it, row)
		}
	}
	return nil
}

func (p *project) give(it *item, row []float32) {
	it.vector = row
	if p.model.Head != nil && p.model.recipe == p.version {
		it.hear(p.model.probabilities(row))
	}
}

// Renew puts a new recipe in force and swaps its vectors in whole; a retrain is
// due then.
func (r *Room) Renew(ctx context.Context, t akhra.Tenant, to Recipe, rows map[akhra.ItemID][]float32) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	p.recipe, p.blob, p.version, p.fittedOn = to.Recipe, to.Blob, to.Version, to.FittedOn
	for id, row := range rows {
		if it := p.at[id]; it != nil {
			it.vector = row
		}
	}
	p.fresh += retrainAfter(p.answers) // old heads do not read the new vectors
	return nil
}

// Reload reads a project anew: its vectors on disk are others now.
func (r *Room) Reload(ctx context.Context, t akhra.Tenant) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	p.loaded = false
	return r.load(ctx, p)
}

// readVectors reads the recipe and the vectors that are on disk.
func (r *Room) readVectors(ctx context.Context, p *project) error {
	p.recipe, p.blob, p.version, p.fittedOn = nil, "", 0, 0
	hash, version, err := r.store.Recipe(ctx, p.tenant)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	body, err := r.blobs.Get(ctx, hash)
	if e, told := errors.AsType[*akhra.Error](err); told && (e.Code == akhra.NotFound || e.Code == akhra.Internal) {
		r.log.Warn("the recipe of the vectors is lost: another is fitted, and the model taught anew", "project", p.tenant.Project)
		return nil
	}
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	recipe := new(embed.Recipe)
	if err := recipe.UnmarshalBinary(body); err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	p.recipe, p.blob, p.version, p.fittedOn = recipe, hash, version, len(p.items)
	seqs, _, rows, err := r.blobs.ReadVectors(string(p.tenant.Org), string(p.tenant.Project), version)
	if err != nil {
		r.log.Warn("vectors are missing and will be computed again", "project", p.tenant.Project, "error", err)
		return nil
	}
	bySeq := make(map[int64][]float32, len(seqs))
	for i, seq := range seqs {
		bySeq[seq] = rows[i]
	}
	for _, it := range p.items {
		if row := bySeq[it.seq]; len(row) == recipe.Dim() {
			it.vector = row
		}
	}
	return nil
}
