package storetest

import (
	"reflect"

	"akhra.dev/akhra"
)

// datasets: versions are numbered in their project, named once, told in the
// log, and the same bytes are the same version.
func datasets(w *world) {
	t, _ := w.project("Leaves")
	by := w.person("asha")
	from, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	first := w.freeze(t, akhra.Dataset{Format: akhra.FormatConsensus, Blob: "aa", Size: 7, By: by.ID, Card: akhra.Card{Project: "Leaves", Pictures: 3, Licence: "CC0"}})
	if first.No != 1 || first.Name != "v1" || first.Created != w.now() {
		w.Errorf("the first version is %+v", first)
	}
	if got, err := w.Dataset(w.ctx(), t, first.ID); err != nil || !reflect.DeepEqual(got, first) {
		w.Errorf("version = %+v, %v, want %+v", got, err, first)
	}
	again := first
	again.ID, again.Name = akhra.DatasetID(w.NewID()), ""
	if got, err := w.AddDataset(w.ctx(), t, again); err != nil || !reflect.DeepEqual(got, first) {
		w.Errorf("the same bytes again are %+v, %v, want %+v", got, err, first)
	}
	again.Card.Licence = "by contract"
	second := w.freeze(t, again)
	third := w.freeze(t, akhra.Dataset{Name: "for the client", Format: akhra.FormatVotes, Blob: "aa", Named: true})
	if second.No != 2 || third.No != 3 || third.Name != "for the client" {
		w.Errorf("versions %+v and %+v", second, third)
	}
	_, err = w.AddDataset(w.ctx(), t, akhra.Dataset{ID: akhra.DatasetID(w.NewID()), Name: "for the client", Format: akhra.FormatVotes, Blob: "bb"})
	w.wantCode(akhra.Conflict, err, "a name that is taken")
	_, err = w.AddDataset(w.ctx(), t, akhra.Dataset{ID: akhra.DatasetID(w.NewID()), Format: "xls", Blob: "bb"})
	w.wantCode(akhra.Invalid, err, "a format there is not")
	other, _ := w.project("Beetles")
	if all, err := w.Datasets(w.ctx(), other); err != nil || len(all) != 0 {
		w.Errorf("another project has %+v, %v", all, err)
	}
	_, err = w.Dataset(w.ctx(), other, first.ID)
	w.wantCode(akhra.NotFound, err, "a version of another project")
	if all, err := w.Datasets(w.ctx(), t); err != nil || !reflect.DeepEqual(all, []akhra.Dataset{third, second, first}) {
		w.Errorf("versions = %+v, %v", all, err)
	}
	events, err := w.Events(w.ctx(), t.Org, from, 100)
	w.must(err)
	told := 0
	for _, e := range events {
		if e.Kind == akhra.EventExported {
			told++
		}
	}
	if told != 3 {
		w.Errorf("the log tells %d versions, want 3", told)
	}
}

func (w *world) freeze(t akhra.Tenant, d akhra.Dataset) akhra.Dataset {
	w.Helper()
	d.ID = akhra.DatasetID(w.NewID())
	got, err := w.AddDataset(w.ctx(), t, d)
	w.must(err)
	return got
}
