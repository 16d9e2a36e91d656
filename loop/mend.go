package loop

import (
	"context"
	"fmt"
	"math"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
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
	p, err := r.open(ctx, t)
	if err != nil {
		return m, err
	}
	p.mu.Unlock()
	if m, err = r.mend(ctx, p); err != nil || m.Missing+m.Wrong == 0 {
		return m, err
	}
	if err := r.Vectors(ctx, t, nil); err != nil { // fits a recipe where that is lost
		return m, err
	}
	_, version, err := r.Recipe(ctx, t)
	if err != nil {
		return m, err
	}
	_, err = r.store.Append(ctx, akhra.Event{Org: t.Org, Project: t.Project, Kind: akhra.EventVectorsReady,
		Body: fmt.Sprintf(`{"version":%d,"items":%d}`, version, m.Missing+m.Wrong), At: akhra.MillisOf(r.now())})
	return m, err
}

// mend writes the file of the recipe in force and reads the project again.
func (r *Room) mend(ctx context.Context, p *project) (m Mended, err error) {
	p.vectors.Lock()
	defer p.vectors.Unlock()
	p.mu.Lock()
	err = r.readItems(ctx, p)
	items, recipe, version := slices.Clone(p.items), p.recipe, p.version
	p.mu.Unlock()
	if m.Pictures = len(items); err != nil || recipe == nil {
		m.Missing = len(items)
		return m, err
	}
	seqs, rows, err := r.compareVectors(ctx, p.tenant, items, recipe, version, &m)
	if err != nil || m.Missing+m.Wrong == 0 {
		return m, err
	}
	if err := r.blobs.ReplaceVectors(string(p.tenant.Org), string(p.tenant.Project), version, seqs, recipe.Dim(), rows); err != nil {
		return m, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded = false
	return m, r.load(ctx, p)
}

// compareVectors looks at every picture, counts what is wrong with its stored
// vector and gives the vectors there should be.
func (r *Room) compareVectors(ctx context.Context, t akhra.Tenant, items []*item, recipe *embed.Recipe, version int64, m *Mended) (seqs []int64, rows [][]float32, err error) {
	eyes, err := r.eyesOf(ctx, t.Org, recipe.Builtin(), recipe.Networks())
	if err != nil {
		return nil, nil, err
	}
	stored := r.storedVectors(t, version)
	for batch := range slices.Chunk(items, embedBatch) {
		glances, err := r.look(ctx, eyes, batch)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		fresh := make([][]float32, len(batch))
		each(len(batch), func(i int) {
			if glances[i] != nil {
				fresh[i] = glances[i].vector(recipe)
			}
		})
		for i, it := range batch {
			if row := m.judge(stored[it.seq], fresh[i], recipe.Dim()); row != nil {
				seqs, rows = append(seqs, it.seq), append(rows, row)
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
