package loop

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
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
	if p.stale() {
		n = len(p.items)
	}
	return n, nil
}

// stale tells whether the recipe was fitted on far fewer pictures than there are now,
// or reads other things of them than the project's rules say.
func (p *project) stale() bool {
	if p.recipe == nil {
		return false
	}
	builtin, names, err := akhra.ParseEmbedder(p.settings.Embedder)
	other := err == nil && (p.recipe.Builtin() != builtin || !slices.Equal(p.recipe.Networks(), names))
	return other || p.fittedOn < fitOn && len(p.items) >= refitAt*p.fittedOn
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
	if err := r.regroup(ctx, p); err != nil {
		return err
	}
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
	glances  map[*item]*glance // of the pictures it was fitted on
	eyes     eyes
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
	job.fresh = p.recipe == nil || p.stale()
	rules := p.settings.Embedder
	p.mu.Unlock()
	for _, it := range items {
		if job.fresh || it.vector == nil {
			job.todo = append(job.todo, it)
		}
	}
	if len(job.todo) == 0 {
		return job, nil
	}
	if job.fresh {
		return job, r.fit(ctx, p.tenant, rules, job, items)
	}
	var err error
	job.eyes, err = r.eyesOf(ctx, p.tenant.Org, job.recipe.Builtin(), job.recipe.Networks())
	return job, err
}

// fit makes a new recipe from random pictures of the project.
func (r *Room) fit(ctx context.Context, t akhra.Tenant, rules string, job *embedding, items []*item) error {
	builtin, names, err := akhra.ParseEmbedder(rules)
	if err != nil {
		return err
	}
	if job.eyes, err = r.eyesOf(ctx, t.Org, builtin, names); err != nil {
		return err
	}
	order := rand.New(rand.NewPCG(fitSeed, uint64(len(items)))).Perm(len(items))
	var chosen []*item
	for _, i := range order[:min(fitOn, len(order))] {
		chosen = append(chosen, items[i])
	}
	glances, err := r.look(ctx, job.eyes, chosen)
	if err != nil {
		return err
	}
	if job.keep(chosen, glances); len(job.glances) == 0 {
		r.log.Warn("no picture of the project can be read: there is nothing to learn from", "project", t.Project)
		job.todo = nil
		return nil
	}
	recipe, err := job.eyes.fit(glances)
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

// keep remembers what was seen while fitting: networks cost more than the rest.
func (job *embedding) keep(items []*item, glances []*glance) {
	job.glances = map[*item]*glance{}
	for i, g := range glances {
		if g != nil {
			job.glances[items[i]] = g
		}
	}
}

// embed computes and keeps the vectors of one batch, on every core.
func (r *Room) embed(ctx context.Context, p *project, job *embedding, batch []*item) error {
	glances, errs := make([]*glance, len(batch)), make([]error, len(batch))
	every := make([][]float32, len(batch))
	each(len(batch), func(i int) {
		if glances[i] = job.glances[batch[i]]; glances[i] == nil {
			glances[i], errs[i] = r.glance(ctx, job.eyes, batch[i])
		}
		if glances[i] != nil {
			every[i] = glances[i].vector(job.recipe)
		}
	})
	if err := errors.Join(errs...); err != nil {
		return err
	}
	var rows [][]float32
	var seqs []int64
	for i, row := range every {
		if row != nil {
			rows, seqs = append(rows, row), append(seqs, batch[i].seq)
		}
	}
	if lost := len(batch) - len(rows); lost > 0 {
		r.log.Warn("small copies of pictures are lost: the model learns without them", "project", p.tenant.Project, "pictures", lost)
	}
	t := p.tenant
	if err := r.blobs.WriteVectors(string(t.Org), string(t.Project), job.version, seqs, job.recipe.Dim(), rows); err != nil {
		return fmt.Errorf("keep vectors: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, it := range batch {
		if every[i] == nil {
			continue
		}
		job.rows[it] = every[i]
		if !job.fresh {
			p.give(it, every[i])
		}
	}
	return ctx.Err()
}

// give sets a picture's vector and, with a model of the same recipe, its say.
func (p *project) give(it *item, row []float32) {
	it.vector = row
	if p.model.Head != nil && p.model.recipe == p.version {
		it.hear(p.model.probabilities(row))
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
	p.recipe, p.blob, p.version, p.fittedOn = nil, "", 0, 0
	hash, version, err := r.store.Recipe(ctx, p.tenant)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	body, err := r.read(ctx, hash)
	if err != nil {
		return fmt.Errorf("read recipe: %w", err)
	}
	if body == nil {
		r.log.Warn("the recipe of the vectors is lost: another is fitted, and the model taught anew", "project", p.tenant.Project)
		return nil
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
