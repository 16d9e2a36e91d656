package sight

import (
	"fmt"
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
)

func TestSimilarLooksThroughEveryPictureButItself(t *testing.T) {
	t.Parallel()
	var all gallery
	for i, row := range [][]float32{{1, 0}, {0, 2}, {3, 0}, nil, {1, 1}, {-4, 0}} {
		all.hang(loop.Sight{Item: akhra.ItemID(fmt.Sprint(i)), Vector: row})
	}
	rows := []struct {
		rule string
		of   akhra.ItemID
		n    int
		want []akhra.ItemID
	}{
		{"the likest first", "0", 9, []akhra.ItemID{"2", "4", "1", "5"}},
		{"no more than asked for", "0", 2, []akhra.ItemID{"2", "4"}},
		{"itself is left out though another comes before it", "2", 1, []akhra.ItemID{"0"}},
		{"a picture without a vector is like none", "3", 9, nil},
		{"a picture that is not there", "9", 9, nil},
	}
	for _, row := range rows {
		var got []akhra.ItemID
		for _, one := range all.likest(row.of, row.n) {
			got = append(got, one.Item)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", row.rule, got, row.want)
		}
	}
	if like := all.likest("0", 2); !like[0].Same || like[1].Same {
		t.Errorf("nearly the same: %+v", like)
	}
}
