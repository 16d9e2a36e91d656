package storetest

import (
	"encoding/json"
	"slices"
	"time"

	"akhra.dev/akhra"
)

func answers(w *world) {
	t, l := w.project("Leaves")
	asha, binita := w.person("asha"), w.person("binita")
	leases := w.lease(t, asha, 3, places(w.tasks(t, 3)))
	said := w.said(leases[0], l.Classes[0].ID)
	first := w.submit(t, asha, said)
	w.wantOutcome(akhra.Stored, first)
	again := w.submit(t, asha, said)
	w.wantOutcome(akhra.Duplicate, again)
	if again.Seq != first.Seq {
		w.Errorf("the duplicate has seq %d, want %d", again.Seq, first.Seq)
	}
	short := said
	short.Task = "" // the assignment tells
	w.wantOutcome(akhra.Duplicate, w.submit(t, asha, short))
	changed := said
	changed.Class = l.Classes[1].ID
	refusals := map[string]struct {
		who  akhra.User
		said akhra.Annotation
		code akhra.Code
	}{
		"the same id with another body": {asha, changed, akhra.Conflict},
		"a second answer":               {asha, w.said(leases[0], l.Classes[1].ID), akhra.Conflict},
		"a task of someone else":        {binita, w.said(leases[1], l.Classes[0].ID), akhra.NotFound},
		"a class that there is not":     {asha, w.said(leases[1], akhra.ClassID(w.NewID())), akhra.Invalid},
		"another task's assignment":     {asha, w.said(akhra.Assignment{ID: leases[1].ID, Task: leases[2].Task}, l.Classes[0].ID), akhra.NotFound},
		"an undo of nothing":            {asha, w.undone(w.said(leases[1], "")), akhra.NotFound},
		"an answer that is none":        {asha, akhra.Annotation{ID: akhra.AnnotationID(w.NewID())}, akhra.Invalid},
	}
	for name, r := range refusals {
		v := w.submit(t, r.who, r.said)
		if v.Outcome != akhra.Refused || v.Problem == nil || v.Problem.Code != r.code {
			w.Errorf("%s: %s, %v, want refused as %s", name, v.Outcome, v.Problem, r.code)
		}
	}
	batch(w, t, l, asha, leases[1:])
	lastEvent(w, t, asha, leases[2])
}

// batch: one bad answer does not hold back those beside it, and an answer
// that comes after its lease ran out is kept.
func batch(w *world, t akhra.Tenant, l akhra.LabelSet, asha akhra.User, leases []akhra.Assignment) {
	w.clock = w.clock.Add(time.Hour)
	_, err := w.ReleaseExpired(w.ctx(), t.Org, w.now())
	w.must(err)
	late, bad, good := w.said(leases[0], l.Classes[0].ID), w.said(leases[0], "nothing"), w.said(leases[1], l.Classes[1].ID)
	v, err := w.Submit(w.ctx(), t, asha.ID, []akhra.Annotation{late, bad, good})
	w.must(err)
	w.wantOutcome(akhra.Stored, v[0])
	w.wantOutcome(akhra.Refused, v[1])
	w.wantOutcome(akhra.Stored, v[2])
	if v[2].Seq <= v[0].Seq {
		w.Errorf("seqs %d, %d do not grow", v[0].Seq, v[2].Seq)
	}
}

// lastEvent: an answer's event tells the whole answer.
func lastEvent(w *world, t akhra.Tenant, asha akhra.User, lease akhra.Assignment) {
	head, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	events, err := w.Events(w.ctx(), t.Org, head-1, 10)
	w.must(err)
	var body struct {
		akhra.Annotation
		Annotator akhra.UserID `json:"annotator"`
		Item      akhra.ItemID `json:"item"`
		Why       akhra.Why    `json:"why"`
	}
	w.must(json.Unmarshal([]byte(events[0].Body), &body))
	if events[0].Kind != akhra.EventAnswerStored || body.Task != lease.Task || body.Item != lease.Item || body.Annotator != asha.ID || body.Why != akhra.WhyNew {
		w.Errorf("event %+v tells %+v", events[0], body)
	}
}

func undo(w *world) {
	t, l := w.project("Leaves")
	asha := w.person("asha")
	lease := w.lease(t, asha, 1, places(w.tasks(t, 1)))[0]
	said := w.said(lease, l.Classes[0].ID)
	back := w.undone(said)
	better := w.said(lease, l.Classes[1].ID)
	w.wantOutcome(akhra.Stored, w.submit(t, asha, said))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, back))
	if got := w.standing(t); len(got) != 0 {
		w.Errorf("after the undo %v stand", got)
	}
	if got := w.lease(t, asha, 1, nil); len(got) != 1 || got[0].ID != lease.ID {
		w.Errorf("after the undo she holds %+v, want the picture again", got)
	}
	w.wantOutcome(akhra.Refused, w.submit(t, asha, w.undone(said)))
	w.wantOutcome(akhra.Refused, w.submit(t, asha, w.undone(back)))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, better))
	w.wantOutcome(akhra.Duplicate, w.submit(t, asha, better))
	w.wantOutcome(akhra.Duplicate, w.submit(t, asha, said))
	corrected := w.said(lease, l.Classes[0].ID)
	corrected.Replaces = better.ID
	w.wantOutcome(akhra.Stored, w.submit(t, asha, corrected))
	if got := w.standing(t); !slices.Equal(got, []akhra.AnnotationID{corrected.ID}) {
		w.Errorf("%v stand, want the last one alone", got)
	}
	var all int
	w.must(w.Annotations(w.ctx(), t, func(akhra.Annotation) error { all++; return nil }))
	if all != 4 {
		w.Errorf("%d answers are kept, want all 4", all)
	}
	if hers, err := w.Answered(w.ctx(), t, asha.ID, []akhra.ItemID{lease.Item, "none"}); err != nil || !hers[lease.Item] || hers["none"] {
		w.Errorf("she answered %v, %v", hers, err)
	}
}

func counts(w *world) {
	t, l := w.project("Leaves")
	asha := w.person("asha")
	leases := w.lease(t, asha, 4, places(w.tasks(t, 4)))
	said := w.said(leases[0], l.Classes[0].ID)
	skip := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: leases[1].ID, Task: leases[1].Task, Answer: akhra.AnswerSkip, Reason: "broken"}
	unsure := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: leases[2].ID, Task: leases[2].Task, Answer: akhra.AnswerNotSure}
	for _, a := range []akhra.Annotation{said, said, skip, unsure} {
		w.submit(t, asha, a)
	}
	c, err := w.Counts(w.ctx(), t)
	w.must(err)
	if c.Items != 4 || c.Answers != 2 || c.Classed != 1 || c.NotSure != 1 || c.Skips != 1 || c.Annotators != 1 || c.Open != 4 {
		w.Errorf("counts = %+v", c)
	}
	w.submit(t, asha, w.undone(said))
	per, err := w.PerAnnotator(w.ctx(), t)
	w.must(err)
	if len(per) != 1 || per[0].Answers != 1 || per[0].Name != "ASHA" {
		w.Errorf("per person %+v, want one answer left", per)
	}
}
