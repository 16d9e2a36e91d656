package loop

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
)

func TestSimilarLooksThroughEveryPictureButItself(t *testing.T) {
	t.Parallel()
	tenant := akhra.Tenant{Org: "o", Project: "p"}
	p := &project{tenant: tenant, loaded: true, at: map[akhra.ItemID]*item{}}
	for i, row := range [][]float32{{1, 0}, {0, 2}, {3, 0}, nil, {1, 1}, {-4, 0}} {
		it := &item{id: akhra.ItemID(fmt.Sprint(i)), vector: row, audit: i == 2}
		p.items, p.at[it.id] = append(p.items, it), it
	}
	r := New(nil, nil, nil, time.Now, slog.Default())
	r.projects[tenant] = p
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
		like, err := r.Similar(t.Context(), tenant, row.of, row.n)
		if err != nil {
			t.Fatal(err)
		}
		var got []akhra.ItemID
		for _, one := range like {
			got = append(got, one.Item)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", row.rule, got, row.want)
		}
	}
	if like, _ := r.Similar(t.Context(), tenant, "0", 2); !like[0].Same || like[1].Same {
		t.Errorf("nearly the same: %+v", like)
	}
}
