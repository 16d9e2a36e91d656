package sight

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/numeric"
)

// embedBatch is how many pictures are looked at before their vectors are kept.
const embedBatch = 256

// Lacking counts the pictures that have no vector yet.
func (r *Room) Lacking(ctx context.Context, t akhra.Tenant) (int, error) {
	all, lacking := 0, 0
	by, err := r.learner.Sights(ctx, t, func(s loop.Sight) {
		if all++; s.Vector == nil {
			lacking++
		}
	})
	if err == nil && stale(by, all) {
		lacking = all
	}
	return lacking, err
}

// Vectors gives every picture of a project its vector, fitting the recipe
// first when there is none or the project has outgrown it. It may be stopped
// and run again: pictures that have a vector are not read.
func (r *Room) Vectors(ctx context.Context, t akhra.Tenant, progress func(done, total int)) error {
	p := r.project(t)
	p.seeing.Lock()
	defer p.seeing.Unlock()
	job, err := r.plan(ctx, t)
	if err != nil || len(job.todo) == 0 {
		return err
	}
	for from := 0; from < len(job.todo); from += embedBatch {
		batch := job.todo[from:min(from+embedBatch, len(job.todo))]
		if err := r.embed(ctx, job, batch); err != nil {
			return err
		}
		if progress != nil {
			progress(from+len(batch), len(job.todo))
		}
	}
	if job.fresh {
		if err := r.learner.Renew(ctx, t, job.recipe, job.rows); err != nil {
			return err
		}
	}
	if err := r.learner.Regroup(ctx, t); err != nil {
		return err
	}
	return r.tell(ctx, t, job.recipe.Version, len(job.todo))
}

// embedding is one run over the pictures without a vector.
type embedding struct {
	tenant  akhra.Tenant
	recipe  loop.Recipe
	fresh   bool // the recipe is new: its vectors are swapped in whole at the end
	todo    []loop.Sight
	rows    map[akhra.ItemID][]float32 // of a new recipe
	glances map[akhra.ItemID]*glance   // of the pictures it was fitted on
	eyes    eyes
}

func (r *Room) plan(ctx context.Context, t akhra.Tenant) (*embedding, error) {
	job, all := &embedding{tenant: t, rows: map[akhra.ItemID][]float32{}}, 0
	by, err := r.learner.Sights(ctx, t, func(s loop.Sight) {
		if all++; s.Vector == nil {
			job.todo = append(job.todo, s)
		}
	})
	if err != nil {
		return nil, err
	}
	job.recipe = by.Recipe
	if job.fresh = by.Recipe.Recipe == nil || stale(by, all); job.fresh && all > 0 {
		job.todo = nil
		if by, err = r.learner.Sights(ctx, t, func(s loop.Sight) { job.todo = append(job.todo, s) }); err != nil {
			return nil, err
		}
		return job, r.fit(ctx, job, by.Embedder)
	}
	if len(job.todo) == 0 {
		return job, nil
	}
	job.eyes, err = r.eyesOf(ctx, t.Org, job.recipe.Builtin(), job.recipe.Networks())
	return job, err
}

// keep remembers what was seen while fitting: networks cost more than the rest.
func (job *embedding) keep(pictures []loop.Sight, glances []*glance) {
	job.glances = map[akhra.ItemID]*glance{}
	for i, g := range glances {
		if g != nil {
			job.glances[pictures[i].Item] = g
		}
	}
}

// embed computes and keeps the vectors of one batch, on every core.
func (r *Room) embed(ctx context.Context, job *embedding, batch []loop.Sight) error {
	every, err := r.vectorsOf(ctx, job, batch)
	if err != nil {
		return err
	}
	rows, seqs, given := [][]float32{}, []int64{}, map[akhra.ItemID][]float32{}
	for i, row := range every {
		if row != nil {
			rows, seqs, given[batch[i].Item] = append(rows, row), append(seqs, batch[i].Seq), row
		}
	}
	t := job.tenant
	if lost := len(batch) - len(rows); lost > 0 {
		r.log.Warn("small copies of pictures are lost: the model learns without them", "project", t.Project, "pictures", lost)
	}
	if err := r.blobs.WriteVectors(string(t.Org), string(t.Project), job.recipe.Version, seqs, job.recipe.Dim(), rows); err != nil {
		return fmt.Errorf("keep vectors: %w", err)
	}
	if job.fresh {
		maps.Copy(job.rows, given)
	} else if err := r.learner.Give(ctx, t, given); err != nil {
		return err
	}
	return ctx.Err()
}

// vectorsOf computes the vectors of some pictures; a lost one has none.
func (r *Room) vectorsOf(ctx context.Context, job *embedding, pictures []loop.Sight) ([][]float32, error) {
	rows, errs := make([][]float32, len(pictures)), make([]error, len(pictures))
	numeric.Share(len(pictures), func(i int) {
		g := job.glances[pictures[i].Item]
		if g == nil {
			g, errs[i] = r.glance(ctx, job.eyes, pictures[i])
		}
		if g != nil {
			rows[i] = g.vector(job.recipe.Recipe)
		}
	})
	return rows, errors.Join(errs...)
}
