package storetest

import (
	"cmp"
	"slices"
	"time"

	"akhra.dev/akhra"
)

func (w *world) pack(t akhra.Tenant, p akhra.Pack, places []akhra.Slot) []akhra.Assignment {
	w.Helper()
	got, err := w.TakePack(w.ctx(), t, p, places)
	w.must(err)
	return got
}

func inOrder(all []akhra.Assignment) []akhra.Assignment {
	return slices.SortedFunc(slices.Values(all), func(a, b akhra.Assignment) int { return cmp.Compare(a.ID, b.ID) })
}

func packs(w *world) {
	t, l := w.project("Leaves")
	asha, binita := w.person("asha"), w.person("binita")
	open := places(w.tasks(t, 8))
	p := akhra.Pack{ID: akhra.PackID(w.NewID()), Annotator: asha.ID, Size: 4, Taken: w.now(), Until: w.now() + 48*3600_000}
	first := w.pack(t, p, open[:6])
	if len(first) != 4 {
		w.Fatalf("the pack has %d tasks, want 4", len(first))
	}
	if again := w.pack(t, p, open); !slices.Equal(inOrder(again), inOrder(first)) {
		w.Errorf("taken again it is %+v, want %+v", again, first)
	}
	leased := w.lease(t, asha, 3, open)
	for _, a := range leased {
		if a.Pack != "" || slices.ContainsFunc(first, func(b akhra.Assignment) bool { return b.Task == a.Task }) {
			w.Errorf("a lease gave %+v, which is in her pack", a)
		}
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(first[0], l.Classes[0].ID)))
	filled := w.pack(t, p, open)
	if len(filled) != 4 || slices.ContainsFunc(filled, func(a akhra.Assignment) bool { return a.Task == first[0].Task }) {
		w.Errorf("filled up it is %+v", filled)
	}
	stolen := p
	stolen.Annotator = binita.ID
	_, err := w.TakePack(w.ctx(), t, stolen, open)
	w.wantCode(akhra.NotFound, err, "the pack of somebody else")
	_, err = w.ReturnPack(w.ctx(), t, binita.ID, p.ID)
	w.wantCode(akhra.NotFound, err, "giving back the pack of somebody else")
	returned(w, t, l, asha, p, filled)
}

// returned: leases of half an hour end and a pack's do not; what is given back
// is anybody's, and an answer that comes then still counts.
func returned(w *world, t akhra.Tenant, l akhra.LabelSet, asha akhra.User, p akhra.Pack, held []akhra.Assignment) {
	w.clock = w.clock.Add(12 * time.Hour)
	n, err := w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	if out := w.packsOut(t, asha.ID); n != 3 || len(out) != 1 || out[0].Open != 4 || out[0].Until != p.Until {
		w.Errorf("%d leases ended, packs out: %+v", n, out)
	}
	open, err := w.ReturnPack(w.ctx(), t, asha.ID, p.ID)
	w.must(err)
	again, err := w.ReturnPack(w.ctx(), t, asha.ID, p.ID)
	w.must(err)
	if len(open) != 4 || len(again) != 0 || len(w.packsOut(t, "")) != 0 {
		w.Errorf("gave back %d tasks, then %d; out: %+v", len(open), len(again), w.packsOut(t, ""))
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(held[1], l.Classes[0].ID)))
	brought(w, t, l, asha, held[2:])
}

func (w *world) packsOut(t akhra.Tenant, of akhra.UserID) []akhra.Pack {
	w.Helper()
	out, err := w.Packs(w.ctx(), t, of)
	w.must(err)
	return out
}

// brought: answers from a file are hers, count once however often they come,
// and the log tells who brought them.
func brought(w *world, t akhra.Tenant, l akhra.LabelSet, asha akhra.User, held []akhra.Assignment) {
	boss := w.person("boss")
	said := []akhra.Annotation{w.said(held[0], l.Classes[0].ID), w.said(held[1], "nothing")}
	for _, want := range []akhra.Outcome{akhra.Stored, akhra.Duplicate} {
		from, err := w.Head(w.ctx(), t.Org)
		w.must(err)
		v, err := w.Bring(w.ctx(), t, boss.ID, asha.ID, said)
		w.must(err)
		w.wantOutcome(want, v[0])
		w.wantOutcome(akhra.Refused, v[1])
		events, err := w.Events(w.ctx(), t.Org, from, 10)
		w.must(err)
		if want == akhra.Stored && (len(events) != 2 || events[0].Actor != asha.ID || events[1].Kind != akhra.EventOutboxBrought || events[1].Actor != boss.ID) {
			w.Errorf("the log tells %+v", events)
		}
		if want == akhra.Duplicate && len(events) != 0 {
			w.Errorf("bringing it again is told as %+v", events)
		}
	}
	v, err := w.Bring(w.ctx(), t, boss.ID, boss.ID, []akhra.Annotation{w.said(held[1], l.Classes[0].ID)})
	w.must(err)
	w.wantOutcome(akhra.Refused, v[0])
}
