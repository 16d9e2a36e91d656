package sight

import (
	"context"
	"math"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/numeric"
)

// Mended is what was wrong with the vectors of a project, and is right now.
type Mended struct {
	Pictures int `json:"pictures"`
	Missing  int `json:"missing"` // had no vector
	Wrong    int `json:"wrong"`   // had one that their pixels do not give
	Unseen   int `json:"unseen"`  // have none, or one that nobody can check: their small copy is lost
}

// misfit is how far a stored vector may lie from a fresh one, as a share of its
// length: half precision and other processors cost a thousandth.
const misfit = 0.01

// Mend computes every vector of a project and writes their file anew when it
// lacks some or holds others; the model is taught again then. Cost: that of
// giving every picture its vector.
func (r *Room) Mend(ctx context.Context, t akhra.Tenant) (m Mended, err error) {
	if m, err = r.mend(ctx, t); err != nil || m.Missing+m.Wrong == 0 {
		return m, err
	}
	if err := r.Vectors(ctx, t, nil); err != nil { // fits a recipe where that is lost
		return m, err
	}
	by, err := r.seeing(ctx, t)
	if err != nil {
		return m, err
	}
	return m, r.tell(ctx, t, by.Version, m.Missing+m.Wrong)
}

// mend writes the file of the recipe in force and has it read again.
func (r *Room) mend(ctx context.Context, t akhra.Tenant) (m Mended, err error) {
	p := r.project(t)
	p.seeing.Lock()
	defer p.seeing.Unlock()
	var all []loop.Sight
	by, err := r.learner.Sights(ctx, t, func(s loop.Sight) { all = append(all, s) })
	if m.Pictures = len(all); err != nil || by.Recipe.Recipe == nil {
		m.Missing = len(all)
		return m, err
	}
	seqs, rows, err := r.compareVectors(ctx, t, all, by.Recipe, &m)
	if err != nil || m.Missing+m.Wrong == 0 {
		return m, err
	}
	if err := r.blobs.ReplaceVectors(string(t.Org), string(t.Project), by.Version, seqs, by.Dim(), rows); err != nil {
		return m, err
	}
	return m, r.learner.Reload(ctx, t)
}

// compareVectors looks at every picture, counts what is wrong with its stored
// vector and gives the vectors there should be.
func (r *Room) compareVectors(ctx context.Context, t akhra.Tenant, pictures []loop.Sight, recipe loop.Recipe, m *Mended) (seqs []int64, rows [][]float32, err error) {
	eyes, err := r.eyesOf(ctx, t.Org, recipe.Builtin(), recipe.Networks())
	if err != nil {
		return nil, nil, err
	}
	stored := r.storedVectors(t, recipe.Version)
	for batch := range slices.Chunk(pictures, embedBatch) {
		glances, err := r.look(ctx, eyes, batch)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		fresh := make([][]float32, len(batch))
		numeric.Share(len(batch), func(i int) {
			if glances[i] != nil {
				fresh[i] = glances[i].vector(recipe.Recipe)
			}
		})
		for i, one := range batch {
			if row := m.judge(stored[one.Seq], fresh[i], recipe.Dim()); row != nil {
				seqs, rows = append(seqs, one.Seq), append(rows, row)
			}
		}
	}
	return seqs, rows, nil
}

// storedVectors reads a file by the place of the pictures; one that cannot be
// read is as good as none.
func (r *Room) storedVectors(t akhra.Tenant, version int64) map[int64][]float32 {
	seqs, _, rows, err := r.blobs.ReadVectors(string(t.Org), string(t.Project), version)
	if err != nil {
		r.log.Warn("vectors cannot be read and are computed again", "project", t.Project, "error", err)
	}
	stored := make(map[int64][]float32, len(seqs))
	for i, seq := range seqs {
		stored[seq] = rows[i]
	}
	return stored
}

// judge counts what is wrong with a stored vector and gives the one to keep, nil
// for none; fresh is nil when the picture cannot be seen.
func (m *Mended) judge(old, fresh []float32, dim int) []float32 {
	switch {
	case fresh == nil && len(old) != dim:
		m.Unseen++
		return nil
	case fresh == nil:
		m.Unseen++
		return old
	case old == nil:
		m.Missing++
		return fresh
	case !fits(old, fresh):
		m.Wrong++
		return fresh
	}
	return old
}

func fits(old, fresh []float32) bool {
	if len(old) != len(fresh) {
		return false
	}
	var apart, length float64
	for i, v := range fresh {
		gap := float64(old[i]) - float64(v)
		apart, length = apart+gap*gap, length+float64(v)*float64(v)
	}
	return math.Sqrt(apart) <= misfit*math.Sqrt(length) // false for what is no number
}
