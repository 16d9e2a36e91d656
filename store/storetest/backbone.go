package storetest

import (
	"reflect"

	"akhra.dev/akhra"
)

func backbones(w *world) {
	t, _ := w.project("Leaves")
	b := akhra.Backbone{Org: t.Org, Name: "mobile", Blob: "ab", Dim: 3, Input: akhra.DefaultBackboneInput(),
		Check: []float32{.25, -1, 3e-7}, Created: w.now()}
	from, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	w.must(w.AddBackbone(w.ctx(), b))
	again := b
	again.Created++
	w.must(w.AddBackbone(w.ctx(), again))
	for _, change := range []func(*akhra.Backbone){
		func(b *akhra.Backbone) { b.Blob = "cd" },
		func(b *akhra.Backbone) { b.Input.BGR = true },
	} {
		other := b
		change(&other)
		w.wantCode(akhra.Conflict, w.AddBackbone(w.ctx(), other), "another network under a name")
	}
	if got, err := w.Backbone(w.ctx(), t.Org, "mobile"); err != nil || !reflect.DeepEqual(got, b) {
		w.Errorf("network = %+v, %v, want %+v", got, err, b)
	}
	second := b
	second.Name = "alpha"
	w.must(w.AddBackbone(w.ctx(), second))
	if all, err := w.Backbones(w.ctx(), t.Org); err != nil || !reflect.DeepEqual(all, []akhra.Backbone{second, b}) {
		w.Errorf("networks = %+v, %v", all, err)
	}
	_, err = w.Backbone(w.ctx(), akhra.OrgID(w.NewID()), "mobile")
	w.wantCode(akhra.NotFound, err, "a network of another organisation")
	w.wantBodies(akhra.Tenant{Org: t.Org}, from, akhra.EventBackboneAdded, "", "")
}
