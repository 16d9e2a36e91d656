package engine_test

import (
	"fmt"
	"testing"

	"akhra.dev/akhra"
)

// promising are the rules of a project that promises a share of right classes.
func promising(target float64, audit int) akhra.Settings {
	s := settings(1, 1)
	s.Target, s.Delta, s.Audit, s.Explore = target, .1, audit, .2
	return s
}

func (w *world) promise() akhra.Promise {
	w.t.Helper()
	all, err := w.db.Promises(w.t.Context(), w.tenant)
	w.must(err)
	if len(all) == 0 {
		w.t.Fatal("there is no promise")
	}
	return all[len(all)-1]
}

// audit are the pictures drawn.
func (w *world) audit() map[akhra.ItemID]bool {
	w.t.Helper()
	drawn := map[akhra.ItemID]bool{}
	w.must(w.db.Tasks(w.t.Context(), w.tenant, func(one akhra.Task) error {
		if one.Purpose == akhra.ForAudit {
			drawn[one.Item] = true
		}
		return nil
	}))
	return drawn
}

func TestPromise_IsCertifiedAndThePicturesItCoversAreNotAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 40), 3, 1)
	w.pictures(400)
	w.drain()
	if n := len(w.audit()); n != 40 {
		t.Fatalf("%d pictures were drawn before the first answer, want 40", n)
	}
	given := w.finish()
	p := w.promise()
	look := p.Kept()
	if look == nil {
		t.Fatalf("the promise is not kept: %+v", p)
	}
	if look.Accepted == 0 || given+look.Accepted != 400 {
		t.Errorf("%d answers and %d accepted pictures, want 400 in all", given, look.Accepted)
	}
	if look.By != w.people[0] || look.Audit != 40 || look.Bound > .1 {
		t.Errorf("the look is %+v", look)
	}
	wrong := 0
	w.must(w.db.Rows(t.Context(), w.tenant, func(r akhra.Row) error {
		if r.Class != fmt.Sprintf("class %d", w.truth[r.Item]) {
			wrong++
		}
		return nil
	}))
	if wrong > 40 {
		t.Errorf("%d of 400 are delivered wrong, at most 40 were promised", wrong)
	}
	w.close()
	w.open()
	w.drain()
	if got := w.lease(0, 20); len(got) != 0 {
		t.Errorf("after a restart %d accepted pictures are asked", len(got))
	}
}

func TestPromise_TheAuditIsNeverTrainedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 60), 3, 1)
	w.pictures(200)
	w.drain()
	drawn := w.audit()
	w.finish()
	m, err := w.db.Model(t.Context(), w.tenant)
	w.must(err)
	taught := 0
	w.must(w.db.OutOfFold(t.Context(), w.tenant, m.Version, func(p akhra.Prediction) error {
		if taught++; drawn[p.Item] {
			t.Errorf("picture %s of the audit taught the model", p.Item)
		}
		return nil
	}))
	blinds, err := w.db.Blinds(t.Context(), w.tenant)
	w.must(err)
	for _, b := range blinds {
		if drawn[b.Item] {
			t.Errorf("picture %s of the audit counts as exploration", b.Item)
		}
	}
	if taught == 0 || len(blinds) == 0 {
		t.Errorf("taught by %d, %d asked by chance: nothing was tested", taught, len(blinds))
	}
}

func TestPromise_OfTooFewPicturesIsNotTested(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.95, 0), 2, 1)
	w.pictures(30)
	w.drain()
	if p := w.promise(); p.State != akhra.PromiseSmall || len(w.audit()) != 0 {
		t.Errorf("of 30 pictures %d were drawn, the promise is %s", len(w.audit()), p.State)
	}
	w.pictures(60)
	w.drain()
	if p := w.promise(); p.State != akhra.PromiseOpen || len(w.audit()) != 45 || p.Items != 90 {
		t.Errorf("of 90 pictures %d were drawn for a promise about %d that is %s, want 45 of 90", len(w.audit()), p.Items, p.State)
	}
}

func TestPromise_PicturesThatComeBeforeTheLookJoinThePopulation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 40), 3, 1)
	w.pictures(100)
	w.drain()
	before := w.audit()
	w.pictures(300)
	w.drain()
	after, late := w.audit(), 0
	for item := range after {
		if !before[item] {
			late++
		}
	}
	if p := w.promise(); p.No != 1 || p.Items != 400 || len(after) != 40 {
		t.Errorf("promise %d about %d pictures, %d drawn", p.No, p.Items, len(after))
	}
	if late < 20 || late > 38 {
		t.Errorf("%d of 40 drawn are of the later 300 of 400, want about 30", late)
	}
}

func TestPromise_PicturesThatComeAfterTheLookHaveOneOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 40), 3, 1)
	w.pictures(200)
	w.drain()
	w.finish()
	first := w.promise()
	w.pictures(100)
	w.drain()
	next := w.promise()
	if next.No != first.No+1 || next.First != 200 || next.Items != 100 || next.State != akhra.PromiseOpen || len(next.Taken) != 0 {
		t.Errorf("after %+v comes %+v", first, next)
	}
}

func TestPromise_OtherClassesVoidIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 40), 3, 1)
	w.pictures(200)
	w.drain()
	_, labels, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	labels.Classes[0].Name = "first class"
	_, err = w.db.SetLabels(t.Context(), w.tenant, labels.Classes)
	w.must(err)
	w.drain()
	if p := w.promise(); p.No != 1 {
		t.Errorf("a new name voids the promise: %+v", p)
	}
	w.finish()
	_, err = w.db.SetLabels(t.Context(), w.tenant, append(labels.Classes, akhra.Class{ID: akhra.ClassID(w.db.NewID()), Name: "another"}))
	w.must(err)
	w.drain()
	all, err := w.db.Promises(t.Context(), w.tenant)
	w.must(err)
	if all[0].State != akhra.PromiseVoid {
		t.Errorf("with another class the promise is %s", all[0].State)
	}
	w.must(w.db.Accepted(t.Context(), w.tenant, func(a akhra.Accepted) error {
		if a.Promise == 1 {
			t.Errorf("picture %s is still accepted", a.Item)
		}
		return nil
	}))
}

func TestPromise_WithdrawnTheAuditTeaches(t *testing.T) {
	t.Parallel()
	w := newWorld(t, promising(.9, 40), 3, 1)
	w.pictures(200)
	w.drain()
	p, _, err := w.db.Project(t.Context(), w.tenant)
	w.must(err)
	p.Settings.Target = 0
	w.must(w.db.UpdateProject(t.Context(), w.tenant, p))
	w.drain()
	if n := len(w.audit()); n != 0 || w.promise().State != akhra.PromiseVoid {
		t.Errorf("%d pictures are still of the audit, the promise is %s", n, w.promise().State)
	}
}
