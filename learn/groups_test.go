package learn

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akhra.dev/akhra/numeric"
)

// frames are scenes of which each is shown several times with a little noise, mixed up.
func frames(scenes, each, dim int, seed uint64) (x *numeric.Matrix, scene []int) {
	chance := rand.New(rand.NewPCG(seed, 1))
	base := numeric.NewMatrix(scenes, dim)
	for i := range base.Data {
		base.Data[i] = float32(chance.NormFloat64())
	}
	x = numeric.NewMatrix(scenes*each, dim)
	scene = make([]int, x.Rows)
	for i, at := range chance.Perm(x.Rows) {
		scene[at] = i / each
		for j, v := range base.Row(i / each) {
			x.Row(at)[j] = 3 * (v + .03*float32(chance.NormFloat64()))
		}
	}
	return x, scene
}

func TestGroupsAreTheScenes(t *testing.T) {
	t.Parallel()
	x, scene := frames(150, 5, 32, 7) // more rows than one block
	leader := Groups(x, .98, 1, nil)
	first := map[int]int{}
	for i, s := range scene {
		if _, seen := first[s]; !seen {
			first[s] = i
		}
		if leader[i] != first[s] {
			t.Fatalf("row %d of scene %d is led by %d, want %d", i, s, leader[i], first[s])
		}
	}
}

func TestASlowChangeDoesNotEndInOneGroup(t *testing.T) {
	t.Parallel()
	x := numeric.NewMatrix(100, 2) // a quarter turn in steps of less than a degree
	for i := range x.Rows {
		x.Row(i)[0], x.Row(i)[1] = 1-float32(i)/99, float32(i)/99
	}
	leader := Groups(x, .98, 1, nil)
	if leader[99] == 0 || leader[1] != 0 {
		t.Errorf("leaders %v", leader)
	}
	for i, l := range leader {
		if leader[l] != l {
			t.Errorf("row %d is led by %d, who is led by %d", i, l, leader[l])
		}
	}
}

func TestCellsFindWhatAllPairsFind(t *testing.T) {
	t.Parallel()
	x, _ := frames(200, 4, 24, 9)
	want := Groups(x, .98, 1, nil)
	got := make([]int, x.Rows)
	u := unitRows(x)
	for _, cell := range cells(u, 1) {
		lead(u, cell, .98, got, nil)
	}
	same := 0
	for i := range want {
		if got[i] == want[i] {
			same++
		}
	}
	if same < x.Rows*97/100 {
		t.Errorf("%d of %d rows have the same leader", same, x.Rows)
	}
}

func TestRowsOfNothingAreNoDuplicates(t *testing.T) {
	t.Parallel()
	if leader := Groups(numeric.NewMatrix(3, 4), .98, 1, nil); !slices.Equal(leader, []int{0, 1, 2}) {
		t.Errorf("leaders %v", leader)
	}
}
