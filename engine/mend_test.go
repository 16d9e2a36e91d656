package engine_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"akhra.dev/akhra/sight"
)

// TestMend_MakesEveryVectorFit plants damage in the files of a project. What
// was wrong is counted, what comes of it is what was there before, and there
// is nothing to mend after it.
func TestMend_MakesEveryVectorFit(t *testing.T) {
	t.Parallel()
	const all = 30
	for name, row := range map[string]struct {
		harm func(w *world, vectors, recipe string)
		want sight.Mended
	}{
		"nothing":                            {func(*world, string, string) {}, sight.Mended{}},
		"the file is gone":                   {func(w *world, vectors, _ string) { w.must(os.Remove(vectors)) }, sight.Mended{Missing: all}},
		"the file is cut short":              {func(w *world, vectors, _ string) { w.cut(vectors) }, sight.Mended{Missing: all / 2}},
		"its head names another length":      {func(w *world, vectors, _ string) { w.turn(vectors, 1, 0x40) }, sight.Mended{Missing: all}},
		"an exponent rots":                   {func(w *world, vectors, _ string) { w.turn(vectors, 4+8+1, 0x40) }, sight.Mended{Wrong: 1}},
		"a vector belongs to nobody":         {func(w *world, vectors, _ string) { w.turn(vectors, 4+7, 0x40) }, sight.Mended{Missing: 1}},
		"the recipe rots":                    {func(w *world, _, recipe string) { w.turn(recipe, 100, 1) }, sight.Mended{Missing: all}},
		"the recipe is gone":                 {func(w *world, _, recipe string) { w.must(os.Remove(recipe)) }, sight.Mended{Missing: all}},
		"a small copy is gone, no vector is": {func(w *world, _, _ string) { w.must(os.Remove(w.blobAt(w.thumb(3)))) }, sight.Mended{Unseen: 1}},
		"a small copy rots with its vector": {func(w *world, vectors, _ string) { w.turn(w.blobAt(w.thumb(29)), 100, 1); w.cut(vectors) },
			sight.Mended{Missing: all/2 - 1, Unseen: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, settings(1, 3), 2, 1)
			w.pictures(all)
			w.drain()
			w.work(0, 24)
			before := w.vectors()
			_, version, err := w.db.Recipe(t.Context(), w.tenant)
			w.must(err)
			if version != 1 || len(before) != all {
				t.Fatalf("%d vectors of version %d", len(before), version)
			}
			hash, _, _ := w.db.Recipe(t.Context(), w.tenant)
			w.close()
			row.harm(w, filepath.Join(w.dir, "blobs", "vectors", string(w.tenant.Org), string(w.tenant.Project), "1"), w.blobAt(hash))
			w.open()
			row.want.Pictures = all
			if got := w.mend(); got != row.want {
				t.Errorf("mended %+v, want %+v", got, row.want)
			}
			after, lost := w.vectors(), 0
			for seq, was := range before {
				if is, there := after[seq]; !there {
					lost++
				} else if gap := distance(was, is); !(gap < 0.01) {
					t.Errorf("the vector of picture %d is %.3f from what it was", seq, gap)
				}
			}
			if lost > row.want.Unseen {
				t.Errorf("%d pictures have no vector, %d cannot be seen", lost, row.want.Unseen)
			}
			if got, want := w.mend(), (sight.Mended{Pictures: all, Unseen: row.want.Unseen}); got != want {
				t.Errorf("mended again: %+v, want %+v", got, want)
			}
			w.drain()
			if m, err := w.db.Model(t.Context(), w.tenant); err != nil || m.Taught == 0 {
				t.Errorf("the model after it: %+v, %v", m.Version, err)
			}
		})
	}
}

func (w *world) mend() sight.Mended {
	w.t.Helper()
	all, err := w.e.Mend(w.t.Context())
	w.must(err)
	if len(all) != 1 || all[0].Problem != "" {
		w.t.Fatalf("mended %+v", all)
	}
	return all[0].Mended
}

// vectors are those on the disk, by the place of their picture.
func (w *world) vectors() map[int64][]float32 {
	w.t.Helper()
	_, version, err := w.db.Recipe(w.t.Context(), w.tenant)
	w.must(err)
	seqs, _, rows, err := w.blobs.ReadVectors(string(w.tenant.Org), string(w.tenant.Project), version)
	w.must(err)
	all := map[int64][]float32{}
	for i, seq := range seqs {
		all[seq] = rows[i]
	}
	return all
}

// thumb is the small copy of the picture that came nth, from 0.
func (w *world) thumb(nth int64) string {
	w.t.Helper()
	w.open()
	defer w.close()
	items, err := w.db.Items(w.t.Context(), w.tenant, nth, 1)
	w.must(err)
	return items[0].Thumb
}

func (w *world) blobAt(hash string) string {
	return filepath.Join(w.dir, "blobs", hash[:2], hash[2:4], hash)
}

// turn changes one byte of a file.
func (w *world) turn(path string, at int, bits byte) {
	w.t.Helper()
	body, err := os.ReadFile(path)
	w.must(err)
	body[at] ^= bits
	w.must(os.WriteFile(path, body, 0o600))
}

// cut leaves the first half of a vector file.
func (w *world) cut(path string) {
	w.t.Helper()
	info, err := os.Stat(path)
	w.must(errors.Join(err, os.Truncate(path, 4+(info.Size()-4)/2)))
}

// distance is how far two vectors lie apart, as a share of the first's length.
func distance(a, b []float32) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	var apart, length float64
	for i := range a {
		apart, length = apart+float64(a[i]-b[i])*float64(a[i]-b[i]), length+float64(a[i])*float64(a[i])
	}
	return math.Sqrt(apart / length)
}
