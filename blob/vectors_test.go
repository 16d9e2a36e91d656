package blob_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const (
	org     = "01990000-0000-7000-8000-000000000001"
	project = "01990000-0000-7000-8000-000000000002"
)

func TestVectorsComeBackInTheirOrderWithinHalfPrecision(t *testing.T) {
	s, version := open(t, t.TempDir()), int64(0)
	rapid.Check(t, func(r *rapid.T) {
		version++
		dim := rapid.IntRange(1, 9).Draw(r, "dim")
		var seqs []int64
		var rows [][]float32
		for range rapid.IntRange(1, 3).Draw(r, "writes") {
			part := rapid.SliceOfN(rapid.SliceOfN(rapid.Float32Range(-60000, 60000), dim, dim), 0, 5).Draw(r, "rows")
			at := int64(len(seqs))
			more := make([]int64, len(part))
			for i := range more {
				more[i] = at + int64(i)
			}
			if err := s.WriteVectors(org, project, version, more, dim, part); err != nil {
				r.Fatal(err)
			}
			seqs, rows = append(seqs, more...), append(rows, part...)
		}
		gotSeqs, gotDim, got, err := s.ReadVectors(org, project, version)
		if err != nil || gotDim != dim || !slices.Equal(gotSeqs, seqs) {
			r.Fatalf("read %v of %d dimensions, %v; want %v of %d", gotSeqs, gotDim, err, seqs, dim)
		}
		for i := range rows {
			for j, want := range rows[i] {
				if gap := math.Abs(float64(got[i][j] - want)); gap > math.Abs(float64(want))/2048+1.0/(1<<25) {
					r.Fatalf("row %d: %g came back as %g", i, want, got[i][j])
				}
			}
		}
	})
}

func TestARowThatAKillCutShortIsDropped(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	write := func(seq int64) {
		if err := s.WriteVectors(org, project, 1, []int64{seq}, 2, [][]float32{{1, -2}}); err != nil {
			t.Fatal(err)
		}
	}
	write(1)
	write(2)
	name := filepath.Join(dir, "vectors", org, project, "1")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, info.Size()-3); err != nil {
		t.Fatal(err)
	}
	write(3)
	seqs, _, rows, err := s.ReadVectors(org, project, 1)
	if err != nil || !slices.Equal(seqs, []int64{1, 3}) || !slices.Equal(rows[1], []float32{1, -2}) {
		t.Errorf("read %v %v, %v", seqs, rows, err)
	}
}

func TestRowsOfAnotherLengthAreRefused(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.WriteVectors(org, project, 1, []int64{1}, 2, [][]float32{{1, 2}}); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"shorter than said": s.WriteVectors(org, project, 1, []int64{2}, 2, [][]float32{{1}}),
		"other than before": s.WriteVectors(org, project, 1, []int64{2}, 3, [][]float32{{1, 2, 3}}),
		"no place":          s.WriteVectors(org, project, 1, nil, 2, [][]float32{{1, 2}}),
		"no project":        s.WriteVectors(org, "../..", 1, nil, 2, nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
