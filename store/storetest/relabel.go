package storetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"akhra.dev/akhra"
)

// relabels: whatever is merged, split, deleted and added while people answer,
// no answer is lost or changed, every picture that said a class that is gone is
// asked again and no other.
func relabels(w *world) {
	asha := w.person("asha")
	rapid.Check(w.T, func(r *rapid.T) {
		t, l := w.project(w.NewID())
		tasks := w.tasks(t, 12)
		said := map[akhra.AnnotationID]akhra.Annotation{}
		for step := range rapid.IntRange(1, 6).Draw(r, "steps") {
			w.answerSome(r, t, l, asha, said)
			before := w.uses(t)
			next := draw(r, w, l, fmt.Sprint(step))
			change := l.Change(&next)
			rounds := len(w.allTasks(t))
			stored, err := w.SetLabels(w.ctx(), t, next.Classes)
			w.must(err)
			want := 0
			for _, id := range change.Reasked() {
				want += before[id].Pictures
			}
			if got := len(w.allTasks(t)) - rounds; got != want {
				r.Fatalf("%d pictures are asked again, of %d", got, want)
			}
			after := w.uses(t)
			for _, id := range change.Merged {
				heir := stored.Heir(id)
				if after[heir].Answers < before[id].Answers {
					r.Fatalf("an heir has %d answers, who went into it had %d", after[heir].Answers, before[id].Answers)
				}
			}
			l = stored
		}
		if len(w.allTasks(t)) < len(tasks) {
			r.Fatal("a task is gone")
		}
		kept := 0
		w.must(w.Annotations(w.ctx(), t, func(a akhra.Annotation) error {
			if was := said[a.ID]; was.Class != a.Class || was.Task != a.Task {
				r.Fatalf("an answer became %+v, it was %+v", a, was)
			}
			kept++
			return nil
		}))
		if kept != len(said) {
			r.Fatalf("%d answers are there, %d were given", kept, len(said))
		}
	})
}

// answerSome answers some of the newest tasks that she has not answered.
func (w *world) answerSome(r *rapid.T, t akhra.Tenant, l akhra.LabelSet, who akhra.User, said map[akhra.AnnotationID]akhra.Annotation) {
	newest := map[akhra.ItemID]akhra.Task{}
	for _, one := range w.allTasks(t) {
		newest[one.Item] = one
	}
	var open []akhra.Task
	for _, one := range w.allTasks(t) {
		if newest[one.Item].ID == one.ID {
			open = append(open, one)
		}
	}
	for _, a := range w.lease(t, who, rapid.IntRange(0, 6).Draw(r, "answers"), places(open)) {
		one := w.said(a, rapid.SampledFrom(l.Live()).Draw(r, "class"))
		w.wantOutcome(akhra.Stored, w.submit(t, who, one))
		said[one.ID] = one
	}
}

// uses counts what names each live class: the answers, and the pictures by the
// first answer to their newest task.
func (w *world) uses(t akhra.Tenant) map[akhra.ClassID]akhra.ClassUse {
	_, labels, err := w.Project(w.ctx(), t)
	w.must(err)
	newest, by := map[akhra.ItemID]akhra.TaskID{}, map[akhra.ClassID]akhra.ClassUse{}
	for _, one := range w.allTasks(t) {
		newest[one.Item] = one.ID
	}
	w.must(w.Standing(w.ctx(), t, func(a akhra.Annotation) error {
		u := by[labels.Heir(a.Class)]
		if u.Answers++; newest[a.Item] == a.Task {
			u.Pictures++
			delete(newest, a.Item)
		}
		by[labels.Heir(a.Class)] = u
		return nil
	}))
	return by
}

// draw is a next version: one class merged, split, deleted or renamed, or one
// more.
func draw(r *rapid.T, w *world, l akhra.LabelSet, mark string) akhra.LabelSet {
	next := akhra.LabelSet{Classes: slices.Clone(l.Classes)}
	live := l.Live()
	id := rapid.SampledFrom(live).Draw(r, "changed")
	at := slices.IndexFunc(next.Classes, func(c akhra.Class) bool { return c.ID == id })
	one := &next.Classes[at]
	switch kind := rapid.SampledFrom([]string{"merge", "split", "delete", "rename", "add"}).Draw(r, "kind"); {
	case kind == "merge" && len(live) > 2:
		other := live[(slices.Index(live, id)+1)%len(live)]
		one.Deleted, one.Into = true, []akhra.ClassID{other}
	case kind == "split":
		a, b := w.class("left "+mark), w.class("right "+mark)
		one.Deleted, one.Into = true, []akhra.ClassID{a.ID, b.ID}
		next.Classes = append(next.Classes, a, b)
	case kind == "delete" && len(live) > 2:
		one.Deleted = true
	case kind == "rename":
		one.Name = "renamed " + mark
	default:
		next.Classes = append(next.Classes, w.class("more "+mark))
	}
	return next
}

// heirs: a merged class's answers are right where its heir is, and known
// answers follow.
func heirs(w *world) {
	t, l := w.project("leaves")
	l, err := w.SetLabels(w.ctx(), t, append(l.Classes, w.class("beetle")))
	w.must(err)
	asha, boss := w.person("asha"), w.person("boss")
	held := w.lease(t, asha, 2, places(w.tasks(t, 2)))
	pest, leaf, beetle := l.Classes[0].ID, l.Classes[1].ID, l.Classes[2].ID
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(held[0], pest)))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(held[1], leaf)))
	w.must(w.SetGold(w.ctx(), t, []akhra.Gold{{Item: held[0].Item, Class: pest, Source: akhra.GoldConsensus, By: boss.ID},
		{Item: held[1].Item, Class: leaf, Source: akhra.GoldConsensus, By: boss.ID}}))
	l.Classes[0].Deleted, l.Classes[0].Into = true, []akhra.ClassID{beetle}
	l, err = w.SetLabels(w.ctx(), t, l.Classes)
	w.must(err)
	if right, of, err := w.KnownScore(w.ctx(), t, asha.ID, 10); err != nil || right != 2 || of != 2 {
		w.Errorf("after a merge %d of %d are right, %v", right, of, err)
	}
	if uses, err := w.GoldUses(w.ctx(), t); err != nil || len(uses) != 2 || uses[beetle] != 1 || uses[leaf] != 1 {
		w.Errorf("known answers by class %+v, %v", uses, err)
	}
	gold, err := w.GoldOf(w.ctx(), t, []akhra.ItemID{held[0].Item})
	if err != nil || gold[held[0].Item].Class != beetle {
		w.Errorf("the known answer is %+v, %v", gold, err)
	}
	more := w.class("moth")
	l.Classes[1].Deleted = true
	_, err = w.SetLabels(w.ctx(), t, append(l.Classes, more))
	w.must(err)
	if gold, err = w.GoldOf(w.ctx(), t, []akhra.ItemID{held[1].Item}); err != nil || len(gold) != 0 {
		w.Errorf("a known answer outlived its class: %+v, %v", gold, err)
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.undone(w.lastSaid(t, held[1]))))
}

func (w *world) lastSaid(t akhra.Tenant, a akhra.Assignment) (said akhra.Annotation) {
	w.Helper()
	w.must(w.Standing(w.ctx(), t, func(one akhra.Annotation) error {
		if one.Assignment == a.ID {
			said = one
		}
		return nil
	}))
	return said
}
