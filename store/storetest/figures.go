package storetest

import (
	"cmp"
	"reflect"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/census"
)

// figures: what people's answers add up to is kept per project and person; a
// row takes the place of the one before, and all of them that of all.
func figures(w *world) {
	t, _ := w.project("Leaves")
	other, _ := w.project("Birds")
	asha, binita := w.person("asha"), w.person("binita")
	of := func(who akhra.User, n int) akhra.Figures {
		return akhra.Figures{Annotator: who.ID, Version: 1, Seq: akhra.Seq(n), Sums: census.Sums{Said: []int{n, 0}, Shared: []int{0, n}, Same: int64(n) * census.Unit, Known: 2 * n, Right: n, Took: census.Spread{0, n}}}
	}
	want := func(why string, rows ...akhra.Figures) {
		w.Helper()
		got, err := w.Figures(w.ctx(), t)
		w.must(err)
		slices.SortFunc(rows, func(a, b akhra.Figures) int { return cmp.Compare(a.Annotator, b.Annotator) }) // ids of one moment come in any order
		if !reflect.DeepEqual(got, rows) {
			w.Errorf("%s: %+v, want %+v", why, got, rows)
		}
	}
	want("before any")
	w.must(w.PutFigures(w.ctx(), t, []akhra.Figures{of(asha, 1), of(binita, 2)}, false))
	w.must(w.PutFigures(w.ctx(), other, []akhra.Figures{of(asha, 9)}, false))
	w.must(w.PutFigures(w.ctx(), t, []akhra.Figures{of(asha, 3)}, false))
	want("one anew", of(asha, 3), of(binita, 2))
	w.must(w.PutFigures(w.ctx(), t, []akhra.Figures{of(binita, 4)}, true))
	want("all anew", of(binita, 4))
	w.must(w.PutFigures(w.ctx(), t, nil, true))
	want("nobody")
}
