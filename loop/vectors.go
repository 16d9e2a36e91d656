package loop

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
)

const (
	fitOn      = 3000 // pictures a recipe is fitted on, at most
	embedBatch = 256
	fitSeed    = 1 // the same pictures make the same recipe
	refitAt    = 4 // refit when the project has grown this many times
)

// Lacking counts the pictures that have no vector yet.
func (r *Room) Lacking(ctx context.Context, t akhra.Tenant) (int, error) {
	p, err := r.open(ctx, t)
	if err != nil {
		return 0, err
	}
	defer p.mu.Unlock()
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			return 0, err
		}
	}
	n := 0
	for _, it := range p.items {
		if it.vector == nil {
			n++
		}
	}
	if p.outgrown() {
		n = len(p.items)
	}
	return n, nil
}

// outgrown tells whether the recipe was fitted on far fewer pictures than
// there are now.
func (p *project) outgrown() bool {
	return p.recipe != nil && p.fittedOn < fitOn && len(p.items) >= refitAt*p.fittedOn
}

// Vectors gives every picture of a project its vector, fitting the recipe
// first when there is none or the project has outgrown it. It may be stopped
// and run again: pictures that have a vector are not read.
func (r *Room) Vectors(ctx context.Context, t akhra.Tenant, progress func(done, total int)) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	p.mu.Unlock()
	p.vectors.Lock()
	defer p.vectors.Unlock()
	job, err := r.plan(ctx, p)
	if err != nil || len(job.todo) == 0 {
		return err
	}
	for from := 0; from < len(job.todo); from += embedBatch {
		batch := job.todo[from:min(from+embedBatch, len(job.todo))]
		if err := r.embed(ctx, p, job, batch); err != nil {
			return err
		}
		if progress != nil {
			progress(from+len(batch), len(job.todo))
		}
	}
	p.mu.Lock()
	p.take(job)
	p.mu.Unlock()
	_, err = r.store.Append(ctx, akhra.Event{Org: t.Org, Project: t.Project, Kind: akhra.EventVectorsReady,
		Body: fmt.Sprintf(`{"version":%d,"items":%d}`, job.version, len(job.todo)), At: akhra.MillisOf(r.now())})
	if err != nil {
		return fmt.Errorf("log vectors: %w", err)
	}
	return nil
}

// embedding is one run over the pictures without a vector.
type embedding struct {
	recipe   *embed.Recipe
	blob     string
	version  int64
	fittedOn int
	fresh    bool // the recipe is new: its vectors are swapped in whole at the end
	todo     []*item
	rows     map[*item][]float32
}

func (r *Room) plan(ctx context.Context, p *project) (*embedding, error) {
	p.mu.Lock()
	if p.behind {
		if err := r.readItems(ctx, p); err != nil {
			p.mu.Unlock()
			return nil, err
		}
	}
	items := append([]*item(nil), p.items...)
	job := &embedding{recipe: p.recipe, blob: p.blob, version: p.version, fittedOn: p.fittedOn, rows: map[*item][]float32{}}
	job.fresh = p.recipe == nil || p.outgrown()
	p.mu.Unlock()
	for _, it := range items {
		if job.fresh || it.vector == nil {
			job.todo = append(job.todo, it)
		}
	}
	if job.fresh && len(items) > 0 {
		return job, r.fit(ctx, p.tenant, job, items)
	}
	return job, nil
}

// fit makes a new recipe from random pictures of the project.
func (r *Room) fit(ctx context.Context, t akhra.Tenant, job *embedding, items []*item) error {
	order := rand.New(rand.NewPCG(fitSeed, uint64(len(items)))).Perm(len(items))
	var thumbs [][]byte
	for _, i := range order[:min(fitOn, len(order))] {
		thumb, err := r.blobs.Get(ctx, items[i].thumb)
		if err != nil {
			return fmt.Errorf("read small picture: %w", err)
		}
		thumbs = append(thumbs, thumb)
	}
	recipe, err := embed.Fit(thumbs, fitSeed)
	if err != nil {
		return fmt.Errorf("fit recipe: %w", err)
	}
	body, err := recipe.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write recipe: %w", err)
	}
	hash, err := r.blobs.PutBytes(ctx, body)
	if err != nil {
		return fmt.Errorf("keep recipe: %w", err)
	}
	version, err := r.store.PutRecipe(ctx, t, hash)
	if err != nil {
		return fmt.Errorf("keep recipe: %w", err)
	}
	job.recipe, job.blob, job.version, job.fittedOn = recipe, hash, version, len(items)
	return nil
}

// embed computes and keeps the vectors of one batch, on every core.
func (r *Room) embed(ctx context.Context, p *project, job *embedding, batch []*item) error {
	rows, seqs, errs := make([][]float32, len(batch)), make([]int64, len(batch)), make([]error, len(batch))
	each(len(batch), func(i int) {
		thumb, err := r.blobs.Get(ctx, batch[i].thumb)
		if err != nil {
			errs[i] = fmt.Errorf("read small picture: %w", err)
			return
		}
		rows[i], seqs[i] = make([]float32, job.recipe.Dim()), batch[i].seq
		job.recipe.Vector(thumb, rows[i])
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	t := p.tenant
	if err := r.blobs.WriteVectors(string(t.Org), string(t.Project), job.version, seqs, job.recipe.Dim(), rows); err != nil {
		return fmt.Errorf("keep vectors: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, it := range batch {
		job.rows[it] = rows[i]
		if !job.fresh {
			p.give(it, rows[i])
		}
	}
	return ctx.Err()
}

// give sets a picture's vector and, with a model of the same recipe, its say.
func (p *project) give(it *item, row []float32) {
	it.vector = row
	if p.model.head != nil && p.model.recipe == p.version {
		it.hear(p.model.probabilities(p.model.head, row))
	}
}

// take swaps a new recipe and its vectors in whole.
func (p *project) take(job *embedding) {
	if !job.fresh {
		return
	}
	p.recipe, p.blob, p.version, p.fittedOn = job.recipe, job.blob, job.version, job.fittedOn
	for it, row := range job.rows {
		it.vector = row
	}
	p.fresh += retrainAfter(p.answers) // old heads do not read the new vectors
}

// readVectors reads the recipe and the vectors that are on disk.
func (r *Room) readVectors(ctx context.Context, p *project) error {
	hash, version, err := r.store.Recipe(ctx, p.tenant)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	body, err := r.blobs.Get(ctx, hash)
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

// each runs do for 0..n-1 on every core.
func each(n int, do func(i int)) {
	var wait sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for w := range workers {
		wait.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wait.Wait()
}
